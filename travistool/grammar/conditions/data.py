"""What a condition is asked about: attributes of the event and the job, and environment variables.

Values are those of JSON. Source: travis-conditions lib/travis/conditions/{v0,v1}/data.rb at c5e8ab1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from travistool.grammar import shell_vars

_QUOTED = r"""(?m)^(["'])(.*)\1$"""
_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\x1b": "\\e", "\f": "\\f", "\v": "\\v", "\a": "\\a", "\b": "\\b"}


class DataError(ValueError):
    """The official code stops here. `is_expected` tells whether its callers know the error."""

    def __init__(self, message: str, is_expected: bool = False) -> None:
        super().__init__(message)
        self.is_expected = is_expected


class Data:
    """Attributes as given; `env` read into one table.

    `env` may be a map, a list of maps and texts such as `A=1 B=2` (later ones win), or nothing. A mere text is
    accepted by v1, yet every `env(...)` then fails. Raises DataError where v0 does.
    """

    __slots__ = ("attributes", "variables")

    variables: Any

    def __init__(self, data: Mapping[str, Any], version: str = "v1") -> None:
        self.attributes = data
        read = _variables_v0 if version == "v0" else _variables
        self.variables = read(data.get("env") or {})

    def attribute(self, name: str) -> Any:
        """Return the attribute, None if there is none."""
        return self.variables if name == "env" else self.attributes.get(name)

    def env(self, name: Any) -> Any:
        """Return the variable as v1 sees it, without quotes around each of its lines; None if there is none.

        Raises DataError if `name` is no text or the variables are no table.
        """
        if name is not None and not isinstance(name, str):
            raise DataError(f"{to_text(name)} is no name of a variable")
        if not isinstance(self.variables, dict):
            raise DataError("the variables are no map")
        value: Any = self.variables.get(name)
        return re.sub(_QUOTED, r"\2", value) if isinstance(value, str) else value


def cast(value: Any) -> Any:
    """Turn the texts `true` and `false`, in any case, into booleans."""
    if isinstance(value, str):
        lower = value.lower()
        return lower == "true" if lower in {"true", "false"} else value
    return value


def is_equal(left: Any, right: Any) -> bool:
    """Compare as Ruby does: unlike in Python, `true` is not 1."""
    match left, right:
        case (bool(), _) | (_, bool()):
            return left is right
        case list(), list():
            return len(left) == len(right) and all(map(is_equal, left, right))
        case dict(), dict():
            return left.keys() == right.keys() and all(is_equal(left[key], right[key]) for key in left)
        case _:
            return bool(left == right)


def to_text(value: Any) -> str:
    """Return what Ruby's `to_s` makes of a value: `` for None, `["a"]` and `{:a=>1}` for lists and maps."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case list() | dict():
            return _inspect(value)
        case _:
            return str(value)


def _inspect(value: Any) -> str:
    match value:
        case None:
            return "nil"
        case str():
            escaped = re.sub(r'["\\]|#(?=[{$@])', r"\\\g<0>", value)
            return '"' + "".join(_ESCAPES.get(character, character) for character in escaped) + '"'
        case list():
            return "[" + ", ".join(map(_inspect, value)) + "]"
        case dict():
            pairs = (f":{key if key.isidentifier() else _inspect(key)}=>{_inspect(one)}" for key, one in value.items())
            return "{" + ", ".join(pairs) + "}"
        case _:
            return to_text(value)


def _variables(env: Any) -> Any:
    if isinstance(env, dict):
        return env
    pairs = _pairs(env)
    return dict(pairs) if isinstance(env, list) else pairs


def _pairs(env: Any) -> list[tuple[str | None, Any]]:
    match env:
        case dict():
            return list(env.items())
        case list():
            return [pair for one in env for pair in _pairs(one)]
        case _:
            return _parse(to_text(env))


def _parse(text: str) -> list[tuple[str | None, Any]]:
    try:
        return [(name, cast(_unquote(value))) for name, value in shell_vars.parse(text)]
    except shell_vars.ShellVarsError:
        return []


def _unquote(text: str) -> str:
    """Return what the first quoted line holds, and nothing of other lines, or `text` if no line is quoted."""
    match = re.search(_QUOTED, text)
    return match[2] if match else text


def _variables_v0(env: Any) -> dict[str, Any]:
    if isinstance(env, dict):
        return env
    variables = {}
    for one in env if isinstance(env, list) else [env]:
        name, equal, value = to_text(one).partition("=")
        if not equal:
            raise DataError(f"{to_text(one)} has no =", is_expected=True)
        variables[name] = value
    return variables
