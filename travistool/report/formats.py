"""The output formats of `lint`: one row each, its module loaded when it is chosen."""

from __future__ import annotations

from importlib import import_module

from travistool.report.layout import Format

FORMATS = ("text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit")


def output_format(name: str) -> Format:
    """Return a format by its name. Raises KeyError for a name that is not in FORMATS."""
    if name not in FORMATS:
        raise KeyError(name)
    found: Format = getattr(import_module(f"travistool.report.{name}"), name.upper())
    return found
