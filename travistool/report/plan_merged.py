"""The config after all imports are merged and the normalizer has seen it, with the file that each part is from."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.document.emit import emit
from travistool.report.columns import width
from travistool.report.layout import DIM, Style, paint, printable
from travistool.report.plan_json import place_record
from travistool.report.plan_view import PlanView
from travistool.report.record import Record
from travistool.schema.elements import Element

_FAR = 56

_DONE = ("import", "merge_mode")
"""Keys that the merged config goes without, as Travis's does: with them it would merge the files once more."""


def record(view: PlanView) -> Record:
    """Return the official config, its parts, and file, line and column of all values that are written, by dotted path."""
    root = view.request.normal.root if view.request.normal is not None else None
    return {
        "path": view.path,
        "config": _config(view.request.normal.config()) if view.request.normal is not None else None,
        "parts": [
            {"name": part.name.removeprefix(":").removesuffix("@"), "file": part.source.name, "mode": part.mode}
            for part in view.request.parts
        ],
        "origins": dict(row for key, child in _merged(root) for row in _origins(child, key))
        if root is not None
        else {},
    }


def _config(config: object) -> object:
    if not isinstance(config, dict):
        return config
    return {key: value for key, value in config.items() if key not in _DONE}


def _merged(root: Element) -> Iterator[tuple[str, Element]]:
    """Yield what the root holds, without what was done by merging."""
    yield from ((key, child) for key, child in root.children.items() if key not in _DONE)


def _origins(element: Element, path: str) -> Iterator[tuple[str, Record]]:
    if path and element.node is not None:
        yield path, place_record(element.span())
    inner = list(element.children.items()) or [(str(number), item) for number, item in enumerate(element.items)]
    for name, child in inner:
        yield from _origins(child, f"{path}.{name}" if path else name)


def text(view: PlanView, style: Style) -> str:
    """Return YAML with comments. Secrets in plain text are masked; encrypted values stay, so that it can be used."""
    normal = view.request.normal
    assert normal is not None
    lines = [paint(style, DIM, "# What Travis makes of these files, what wins first:")]
    for part in view.request.parts:
        mode = f" ({part.mode})" if part.mode else ""
        lines.append(paint(style, DIM, printable(f"#   {part.source.name}{mode}")))
    if any(key in normal.root.children for key in _DONE):
        lines.append(paint(style, DIM, "# Its own `import` is left out: all that could be read is merged already."))
    rows = [row for key, child in _merged(normal.root) for row in _rows(view, f"{key}:", key, child)]
    column = min(_FAR, max((width(line) for line, _ in rows), default=0))
    for line, where in rows:
        shown = printable(line)
        gap = " " * max(2, column + 2 - width(shown))
        lines.append(f"{shown}{gap}{paint(style, DIM, f'# {printable(where)}')}" if where else shown)
    return "\n".join(lines) + "\n"


def _rows(view: PlanView, head: str, key: str | None, element: Element) -> Iterator[tuple[str, str]]:
    """Yield lines of YAML with the place each is from. A value that is from one file is one block."""
    files = _files(element)
    if len(files) <= 1:
        yield from _block(view, key, element, _where(element, files))
        return
    yield head, ""
    if element.kind == "seq":
        for item in element.items:
            yield from _rows(view, "-", None, item)
        return
    for name, child in element.children.items():
        for line, where in _rows(view, f"{name}:", name, child):
            yield f"  {line}", where


def _block(view: PlanView, key: str | None, element: Element, where: str) -> Iterator[tuple[str, str]]:
    plain = _masked(view, key or element.key, element)
    first, *rest = emit([plain] if key is None else {key: plain}).rstrip("\n").split("\n")
    yield first, where
    yield from [(line, "") for line in rest]


def _masked(view: PlanView, key: str, element: Element) -> object:
    value = element.value
    if isinstance(value, dict):
        return {
            name: child.plain() if name == "secure" else _masked(view, name, child) for name, child in value.items()
        }
    if isinstance(value, list):
        return [_masked(view, key, child) for child in value]
    return view.mask.named(key, value)


def _files(element: Element) -> frozenset[str]:
    """Return the names of all files that the parts of a value are written in."""
    own = {element.source.name} if element.node is not None and not isinstance(element.value, dict | list) else set()
    parts = [*element.children.values(), *element.items]
    return frozenset(own.union(*map(_files, parts))) if parts else frozenset(own)


def _where(element: Element, files: frozenset[str]) -> str:
    if not files:
        return "a default" if element.key_node is None and element.node is None else element.source.name
    span = _first(element)
    (name,) = files
    return f"{name}:{span}" if span else name


def _first(element: Element) -> str:
    """Return line and column of the first part that is written."""
    if element.node is not None and not isinstance(element.value, dict | list):
        position = element.span().first()
        return f"{position.line}:{position.column}"
    return next((at for part in [*element.children.values(), *element.items] if (at := _first(part))), "")
