"""Which language, os and dist a value is used with, and whether that is one it works with."""

from __future__ import annotations

from collections.abc import Mapping

from travistool.schema.elements import Element

_BASIS = ("language", "os", "dist")
Limits = Mapping[str, tuple[str, ...]]


def conflicts_at(element: Element | None, only: Limits, but: Limits) -> list[tuple[str, str]]:
    """Return what limits rule out of the languages, os and dists given here or further up; the nearest map wins."""
    return conflicts(only, but, {key: _given(element, key) for key in (*only, *but) if key in _BASIS})


def _given(element: Element | None, key: str) -> list[object]:
    while element is not None:
        child = element.children.get(key) if element.kind == "map" else None
        if child is not None and child.given():
            if child.kind == "str":
                return [child.value]
            value = child.plain()
            return value if isinstance(value, list) else [value]
        element = element.parent
    return []


def conflicts(only: Limits, but: Limits, given: Mapping[str, list[object]]) -> list[tuple[str, str]]:
    """Return (key, value) of each given language, os or dist that a limit rules out; empty when it is supported.

    A limit holds as soon as one of several given values is fine.
    """
    found: list[tuple[str, str]] = []
    for key, values in only.items():
        mine = given.get(key, [])
        if not any(value in values for value in mine):
            found.extend((key, "" if value is None else str(value)) for value in mine)
    for key, values in but.items():
        mine = given.get(key, [])
        if not any(value not in values and value is not None and value is not False for value in mine):
            found.extend((key, str(value)) for value in mine if value in values)
    return found
