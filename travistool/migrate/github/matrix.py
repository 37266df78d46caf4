"""Rows that differ in slots only become one job: with axes where these multiply to exactly the same rows, else a list."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from travistool.document.layout import Inline, Remark
from travistool.migrate.github.slots import filled, skeleton, values
from travistool.migrate.model import Row

_MOST = 256
_BOOLEAN = frozenset(("experimental",))
_ALONE = frozenset(("name", "job", "experimental"))
"""Columns that stand for nothing else, even where another one happens to have the same values."""


class Grouped(NamedTuple):
    """Rows that share one job. `key` is their condition and the job itself, matrix included."""

    rows: tuple[Row, ...]
    key: Any


def grouped(shapes: list[tuple[Row, tuple[Any, dict[Any, Any]]]]) -> list[Grouped]:
    """Return rows in groups that can share a job, in the order of their first rows."""
    if len(shapes) == 1:
        # As in every other config: nothing to compare.
        ((row, (when, data)),) = shapes
        return [Grouped((row,), (when, _plain(filled(data, frozenset()))))]
    groups: dict[str, list[tuple[Row, Any, dict[Any, Any]]]] = {}
    for row, (when, data) in shapes:
        # In which order variables are set does not tell jobs apart.
        key = json.dumps([repr(when), skeleton(data)], sort_keys=True)
        groups.setdefault(key, []).append((row, when, data))
    found = []
    for members in groups.values():
        for start in range(0, len(members), _MOST):
            part = members[start : start + _MOST]
            made = _job([data for _, _, data in part], [row.comments for row, _, _ in part])
            found.append(Grouped(tuple(row for row, _, _ in part), (part[0][1], made)))
    return found


def _job(members: list[dict[Any, Any]], comments: list[tuple[str, ...]]) -> dict[Any, Any]:
    """Return the job of rows whose shapes are equal, with their comments where each row is told by itself."""
    rows = [values(data) for data in members]
    varying = [key for key in rows[0] if any(row[key] != rows[0][key] for row in rows)]
    if not varying:
        return _plain(filled(members[0], frozenset()))
    columns = _columns(rows, varying)
    named = _named(rows, columns) if "name" in varying else ""
    if named or "name" not in varying:
        columns = [key for key in columns if key != "name"]
    data = filled(members[0], frozenset(varying))
    data = _renamed(data, rows, columns, varying)
    job: dict[Any, Any] = {"name": named or data["name"]}
    axes = _axes(rows, columns) if columns else None
    matrix: dict[str, Any]
    if axes is not None and "name" not in columns:
        matrix = {key: Inline(_typed(key, value) for value in axes[key]) for key in columns}
    else:
        told = zip(comments, rows, strict=True)
        matrix = {"include": [{**_remark(above), **dict(_told(row, columns))} for above, row in told]}
        if "experimental" in columns:
            # A row that says nothing is none.
            data["continue-on-error"] = "${{ matrix.experimental == true }}"
    strategy = {"fail-fast": False, "matrix": matrix}
    for key, value in data.items():
        if key == "name":
            continue
        job[key] = value
        if key == "runs-on":
            job["strategy"] = strategy
    return _plain(job)


def _columns(rows: list[dict[str, str]], varying: list[str]) -> list[str]:
    """Return the keys that the matrix needs: one of those that have equal values in all rows."""
    found: list[str] = []
    seen: dict[tuple[str, ...], str] = {}
    for key in [*(["name"] if "name" in varying else []), *[key for key in varying if key != "name"]]:
        column = tuple(row[key] for row in rows)
        if key in _ALONE:
            found.append(key)
        elif column not in seen:
            seen[column] = key
            found.append(key)
    return found


def _renamed(data: Any, rows: list[dict[str, str]], columns: list[str], varying: list[str]) -> Any:
    """Let keys that are left out of the matrix stand for the ones with the same values."""
    known = {tuple(row[key] for row in rows): key for key in reversed(columns) if key not in _ALONE}
    names = {
        f"${{{{ matrix.{key} }}}}": f"${{{{ matrix.{known[tuple(row[key] for row in rows)]} }}}}"
        for key in varying
        if key not in columns and tuple(row[key] for row in rows) in known
    }
    return _replaced(data, names) if names else data


def _replaced(data: Any, names: dict[str, str]) -> Any:
    if isinstance(data, str):
        for old, new in names.items():
            if old in data:
                data = type(data)(data.replace(old, new))
        return data
    if isinstance(data, dict):
        return {_replaced(key, names): _replaced(value, names) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return type(data)([_replaced(item, names) for item in data])
    return data


def _axes(rows: list[dict[str, str]], keys: list[str]) -> dict[str, list[str]] | None:
    """Return the axes whose combinations are exactly the rows, in the same order; None where there are none."""
    if not keys:
        return None
    axes = {key: list(dict.fromkeys(row[key] for row in rows)) for key in keys}
    if len(rows) != _product(axes):
        return None
    combined = list(itertools.product(*axes.values()))
    return axes if combined == [tuple(row[key] for key in keys) for row in rows] else None


def _told(row: dict[str, str], columns: list[str]) -> Iterator[tuple[str, Any]]:
    """Yield what a row of the list says: that it must not fail goes without saying."""
    for key in sorted(columns, key=lambda one: one == "experimental"):
        if key != "experimental" or row[key] != "false":
            yield key, _typed(key, row[key])


def _remark(lines: tuple[str, ...]) -> dict[str, Any]:
    return {Remark("\n".join(lines)): None} if lines else {}


def _product(axes: dict[str, list[str]]) -> int:
    total = 1
    for axis in axes.values():
        total *= len(axis)
    return total


def _named(rows: list[dict[str, str]], columns: list[str]) -> str:
    """Return a template that gives each row its name from other columns; `` where there is none."""
    others = [key for key in columns if key != "name" and all(row[key] for row in rows)]
    template = rows[0]["name"]
    for key in sorted(others, key=lambda key: -len(rows[0][key])):
        template = _marked(template, key, rows[0][key])
    if "\x01" not in template:
        return ""
    for row in rows:
        text = template
        for key in others:
            text = text.replace(f"\x01{key}\x03", row[key])
        if text != row["name"]:
            return ""
    for key in others:
        template = template.replace(f"\x01{key}\x03", f"${{{{ matrix.{key} }}}}")
    return template


def _marked(template: str, key: str, value: str) -> str:
    """Mark the place of a column's value, where the name says whose value it is: `python 3.6`, `DB=mysql`."""
    for before in (f"{key} ", f"{key}=", *_WORDS.get(key, ())):
        place = template.find(before + value)
        end = place + len(before + value)
        if place >= 0 and (end == len(template) or template[end] in ", "):
            return f"{template[:place]}{before}\x01{key}\x03{template[end:]}"
    return template


_WORDS = {
    "node": ("node_js ",),
    "ruby": ("rvm ",),
    "java": ("jdk openjdk",),
    "otp": ("otp_release ",),
    "CC": ("compiler ",),
}


def _typed(key: str, value: str) -> Any:
    return value == "true" if key in _BOOLEAN and value in ("true", "false") else value


def _plain(job: dict[Any, Any]) -> dict[Any, Any]:
    """Turn the mark of tolerance into what GitHub reads: nothing, true, or the matrix's value."""
    text = job.get("continue-on-error")
    if text == "false":
        return {key: value for key, value in job.items() if key != "continue-on-error"}
    return {**job, "continue-on-error": True} if text == "true" else job
