"""A rule's page as text for the terminal."""

from __future__ import annotations

from textwrap import fill, indent

from travistool.lint.catalog import Row, find
from travistool.lint.pages import FIXES, official, output, severity

_WIDTH = 80
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def explain(name: str, color: bool) -> str:
    """Return the page of a rule, by its name or official code, wrapped to 80 columns. Raises KeyError for no rule."""
    row = find(name)
    if row is None:
        raise KeyError(name)
    parts = [
        f"{_heading(row.name, color)}  ({severity(row)}, fix: {row.fix})",
        _wrapped(f"{row.summary[:1].upper()}{row.summary[1:]}."),
        _wrapped(row.why),
        *_examples(row, color),
        f"{_heading('Fix', color)}\n{_wrapped(FIXES[row.fix])}",
        f"{_heading('What Travis itself says', color)}\n{_wrapped(official(row))}",
        row.url,
    ]
    return "\n\n".join(parts) + "\n"


def _examples(row: Row, color: bool) -> list[str]:
    if not row.bad:
        return []
    said = "\n".join(_wrapped(line) for line in output(row).splitlines())
    return [
        f"{_heading('Bad', color)}\n{indent(row.bad, '    ').rstrip()}",
        said,
        f"{_heading('Good', color)}\n{indent(row.good, '    ').rstrip()}",
    ]


def _heading(text: str, color: bool) -> str:
    return f"{_BOLD}{text}{_PLAIN}" if color else text


def _wrapped(text: str) -> str:
    return fill(text.replace("`", "'"), _WIDTH, break_long_words=False, break_on_hyphens=False)
