"""The toolkit for Travis CI configs: lint, plan, simulate, migrate."""

from __future__ import annotations

__version__ = "0.1.0"
