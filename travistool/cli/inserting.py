"""An encrypted text into a config: tried in the ways that keep its look, taken when Travis reads just that more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from travistool.diagnostics import Edit
from travistool.document.dialect import resolve
from travistool.document.insert import append, applied, beside_list, put
from travistool.document.parse import parse
from travistool.pipeline import read
from travistool.source import Source


def inserted(source: Source, path: tuple[str, ...], secure: str) -> Source | None:
    """Return the config with an encrypted text at a path; None when no small edit does it.

    Below `env` it becomes one more variable, elsewhere the value itself.
    """
    entry = f'secure: "{secure}"'
    for edits in _tries(source, path, entry):
        if not edits:
            continue
        after = applied(source, edits)
        fits = _adds_variable(source, after, path, secure) if path[0] == "env" else _sets(source, after, path, secure)
        if fits:
            return after
    return None


def _tries(source: Source, path: tuple[str, ...], entry: str) -> Iterator[tuple[Edit, ...]]:
    root = parse(source).root
    if path[0] != "env":
        yield put(source, root, path, entry)
        return
    yield append(source, root, path, entry)
    # The rows of the matrix have two names, and `env` itself may be their list.
    if path[1] == "global":
        yield beside_list(source, root, "env", ("global", "jobs"), entry)
    else:
        yield append(source, root, ("env", "matrix" if path[1] == "jobs" else "jobs"), entry)
        yield append(source, root, ("env",), entry)


def _adds_variable(before: Source, after: Source, path: tuple[str, ...], secure: str) -> bool:
    """Tell whether Travis reads the same config with one variable more."""
    wanted, found = _normal(before), _normal(after)
    if not isinstance(wanted, dict) or not isinstance(found, dict):
        return False
    env = wanted.setdefault("env", {})
    if not isinstance(env, dict):
        return False
    listed = env.setdefault("jobs" if path[1] == "matrix" else path[1], [])
    if not isinstance(listed, list):
        return False
    # A key without a value counts as a row without variables.
    listed[:] = [*(one for one in listed if one), {"secure": secure}]
    return wanted == found


def _normal(source: Source) -> Any:
    found = read(source)
    if found.normal is None:
        return {} if not source.text.strip() else None
    return None if found.broken() else found.normal.config()


def _sets(before: Source, after: Source, path: tuple[str, ...], secure: str) -> bool:
    """Tell whether the text reads the same but for the value at the path."""
    wanted, found = _plain(before), _plain(after)
    at = wanted
    for key in path[:-1]:
        at = _step(at, key)
        if at is None:
            return False
    last = path[-1]
    if isinstance(at, dict):
        at[last] = {"secure": secure}
    elif isinstance(at, list) and last.isdecimal() and int(last) < len(at):
        at[int(last)] = {"secure": secure}
    else:
        return False
    return bool(wanted == found)


def _step(at: Any, key: str) -> Any:
    if isinstance(at, list):
        return at[int(key)] if key.isdecimal() and int(key) < len(at) else None
    if not isinstance(at, dict):
        return None
    if at.get(key) is None:
        at[key] = {}
    return at[key]


def _plain(source: Source) -> Any:
    value, _ = resolve(parse(source))
    return {} if value is None else value.plain()
