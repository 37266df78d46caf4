"""The table of shapes, ready to use.

An installed package holds it compiled (`table.bin`) and trusts it. A checkout compiles the files of `schemas/` and
keeps the result in `__pycache__` under a digest of all it was made of, so a changed file is always seen.
"""

from __future__ import annotations

import marshal
import os
from functools import cache

from travistool.schema.shape import TYPE_CHECKING, Shape, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from travistool.schema.shape import Contents

MARSHAL = 4
"""The version of marshal's format: written by Python 3.11, read by all later ones."""

HEADER = b"travistool table 1\n"
"""What a compiled table starts with. The number changes with the meaning of the rows."""

_HERE = os.path.dirname(os.path.abspath(__file__))


@cache
def load() -> Table:
    """Return the table of all shapes."""
    package = os.path.dirname(_HERE)
    return find(package)


def root() -> Shape:
    """Return the shape of a whole config."""
    return load().root


def misspellings() -> Mapping[str, str]:
    """Return the keys that typos seen in the wild were meant to be."""
    return load().misspellings


def find(package: str) -> Table:
    """Return the table of a package folder: from the schemas beside it (a checkout), else as it was built."""
    beside = os.path.join(os.path.dirname(package), "schemas")
    folder = os.path.join(package, "schema")
    if os.path.exists(os.path.join(beside, "travis.json")):
        return compiled(beside, os.path.join(folder, "__pycache__"))
    built = _read(os.path.join(folder, "table.bin"))
    if built is None:
        return compiled(os.path.join(package, "schemas"), os.path.join(folder, "__pycache__"))
    return built


def compiled(schemas: str, kept_in: str) -> Table:
    """Return the table of a folder of schemas; `kept_in` is the folder to keep the result in, if it can be written."""
    from travistool.schema import compiler, sources  # noqa: PLC0415  # not needed where a table is built in

    files = sources.read(schemas)
    target = os.path.join(kept_in, f"{_KEPT}{sources.digest(files)}.bin")
    kept = _read(target)
    if kept is not None:
        return kept
    data = compiler.compiled(files)
    _keep(data, target)
    return made(data)


_KEPT = "travistool-table-"


def _read(path: str) -> Table | None:
    """Return the table in a file; None when there is none that this Python and this version can read."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return None
    return made(data) if data.startswith(HEADER) and marshal.version >= MARSHAL else None


def made(data: bytes) -> Table:
    contents: Contents = marshal.loads(memoryview(data)[len(HEADER) :])  # noqa: S302  # made by us
    return Table(contents)


def _keep(data: bytes, target: str) -> None:
    """Write the file in one step, in place of earlier ones. A folder that cannot be written costs time, no more."""
    folder, name = os.path.split(target)
    unfinished = f"{target}.{os.getpid()}"
    try:
        os.makedirs(folder, exist_ok=True)
        with open(unfinished, "wb") as file:
            file.write(data)
        os.replace(unfinished, target)
        for old in os.listdir(folder):
            if old.startswith(_KEPT) and old.endswith(".bin") and old != name:
                os.remove(os.path.join(folder, old))
    except OSError:
        return
