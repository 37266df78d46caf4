"""A real browser for the page."""

from tests.report.conftest import browser

__all__ = ["browser"]
