"""`[tool.travistool]`: what a project says about linting, checked key by key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from travistool.diagnostics import Severity
from travistool.errors import UsageError
from travistool.grammar.similar import suggest
from travistool.lint.catalog import names
from travistool.lint.profile import PROFILES
from travistool.lint.selection import Layer, selectors

SEVERITIES = tuple(severity.label for severity in sorted(Severity, reverse=True))


class Settings(NamedTuple):
    """`profile`, `fail_on` and `baseline` are "" where they are not given. `per_path` has globs with what they ignore."""

    profile: str = ""
    fail_on: str = ""
    baseline: str = ""
    layer: Layer = Layer()
    severities: tuple[tuple[str, Severity], ...] = ()
    per_path: tuple[tuple[str, tuple[str, ...]], ...] = ()
    shell: bool = False

    def layers(self, path: str) -> tuple[Layer, ...]:
        """Return what holds for a file, given by its path from the folder of the config, with `/`."""
        ignored = [Layer(ignore=ignore) for glob, ignore in self.per_path if _pattern(glob).fullmatch(path)]
        return self.layer, *ignored


def settings(table: Mapping[str, Any], where: str) -> Settings:
    """Read the table. `where` is its file's name. Raises UsageError for the first key or value that is wrong."""
    _only(table, KEYS, where, "")
    layer = Layer(
        _selectors(table, "select", where) if "select" in table else None,
        _selectors(table, "extend-select", where),
        _selectors(table, "ignore", where),
    )
    return Settings(
        _one_of(table, "profile", tuple(PROFILES), where),
        _one_of(table, "fail-on", (*SEVERITIES, "never"), where),
        _text(table, "baseline", where),
        layer,
        _severities(table, where),
        _per_path(table, where),
        _checked(table, "shell", where, bool, "true or false", default=False),
    )


KEYS = (
    "profile",
    "select",
    "ignore",
    "extend-select",
    "severity",
    "per-path",
    "fail-on",
    "baseline",
    "shell",
    "simulate",
)
"""All keys of the table; `simulate` is the affair of another command."""

_PER_PATH = ("ignore",)


def _only(table: Mapping[str, Any], known: Iterable[str], where: str, inside: str) -> None:
    for key in table:
        if key not in known:
            raise UsageError(f"{where}: unknown key '{inside}{key}'", _hint(key, known))


def _hint(text: str, known: Iterable[str]) -> str:
    similar = suggest(known, text)
    return f"did you mean '{similar}'?" if similar else f"there are: {', '.join(known)}"


def _checked(table: Mapping[str, Any], key: str, where: str, wanted: type, name: str, default: Any) -> Any:
    value = table.get(key, default)
    if not isinstance(value, wanted):
        raise UsageError(f"{where}: '{key}' takes {name}, not {_shown(value)}")
    return value


def _shown(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case dict():
            return "a table"
        case list():
            return "a list"
    return f"'{value}'"


def _text(table: Mapping[str, Any], key: str, where: str) -> str:
    text: str = _checked(table, key, where, str, "a text", "")
    return text


def _one_of(table: Mapping[str, Any], key: str, choices: tuple[str, ...], where: str, inside: str = "") -> str:
    value = table.get(key, "")
    if key in table and value not in choices:
        hint = _hint(value, choices) if isinstance(value, str) else ""
        raise UsageError(f"{where}: '{inside}{key}' takes one of {', '.join(choices)}, not {_shown(value)}", hint)
    return value if isinstance(value, str) else ""


def _selectors(table: Mapping[str, Any], key: str, where: str, inside: str = "") -> tuple[str, ...]:
    listed = _checked(table, key, where, list, "a list of rules and groups", [])
    wrong = next((item for item in listed if not isinstance(item, str)), None)
    if wrong is not None:
        raise UsageError(f"{where}: '{inside}{key}' takes a list of rules and groups, not {_shown(wrong)} in it")
    return selectors(listed, f"{where}: '{inside}{key}'")


def _severities(table: Mapping[str, Any], where: str) -> tuple[tuple[str, Severity], ...]:
    given = _checked(table, "severity", where, dict, "a table of rules and severities", {})
    found = []
    for key in given:
        (rule,) = selectors((key,), f"{where}: 'severity'")
        if rule not in names():
            raise UsageError(f"{where}: 'severity' takes rules, not the group '{rule}'")
        found.append((rule, Severity[_one_of(given, key, SEVERITIES, where, "severity.").upper()]))
    return tuple(found)


def _per_path(table: Mapping[str, Any], where: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    given = _checked(table, "per-path", where, dict, "a table of globs", {})
    found = []
    for glob in given:
        inside = f"per-path.{glob}."
        entry = _checked(given, glob, where, dict, "a table such as { ignore = [...] }", {})
        _only(entry, _PER_PATH, where, inside)
        found.append((glob, _selectors(entry, "ignore", where, inside)))
    return tuple(found)


_PIECE = re.compile(r"\*\*/|/\*\*\Z|\*\*|\*|\?|.", re.DOTALL)
_MEANS = {"**/": "(?:.*/)?", "/**": "/.*", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def _pattern(glob: str) -> re.Pattern[str]:
    """Compile a glob: `*` and `?` stay within a name, `**` is any depth; without a `/` it is the name in any folder."""
    glob = glob.removeprefix("./")
    if "/" not in glob:
        glob = f"**/{glob}"
    if glob.endswith("/"):
        glob += "**"
    return re.compile("".join(_MEANS.get(piece) or re.escape(piece) for piece in _PIECE.findall(glob)), re.DOTALL)
