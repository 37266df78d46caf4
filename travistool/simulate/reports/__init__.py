"""Reports on a build that has run, for machines and people: one module per format, each with `text(result)`."""

from __future__ import annotations

from importlib import import_module

from travistool.simulate.result import BuildResult

FORMATS = ("junit", "json", "html", "md")
"""The formats, by the names of their modules."""


def render(format: str, result: BuildResult) -> str:  # noqa: A002  # as users say it
    """Return a report as text. The module is loaded when it is asked for."""
    text: str = import_module(f"{__name__}.{format}").text(result)
    return text
