"""Turn the schema files into a table of plain rows that loads in a millisecond. `shape` gives it types."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Mapping
from pathlib import Path

from travistool.schema import sources
from travistool.schema.shape import (
    BOOLEAN,
    CHOICE,
    LIST,
    MAP,
    NUMBER,
    SECRET,
    STRING,
    TYPE_CHECKING,
)
from travistool.schema.sources import Limits, Schema, Sources, Value
from travistool.schema.store import HEADER, MARSHAL

if TYPE_CHECKING:
    from travistool.schema.shape import AllowedRow, Contents, Row


def write_table(schemas_dir: str, target: str) -> None:
    """Compile a folder of schemas into a file."""
    Path(target).write_bytes(compiled(sources.read(schemas_dir)))


def compiled(files: Mapping[str, bytes]) -> bytes:
    """Return the table of the schema files, as `store` reads it."""
    return HEADER + _packed(contents(files))


def contents(files: Mapping[str, bytes]) -> Contents:
    """Return the table as plain data."""
    source = Sources(files)
    rows = _Rows(source)
    root = rows.add(source.root())
    everywhere = sorted(rows.words(root) - source.unguessed)
    axes = tuple(key for key, index in rows[root]["keys"].items() if rows[index].get("axis"))
    return tuple(map(_packed, rows)), root, axes, _packed(everywhere), _packed(source.misspellings)


def _packed(value: object) -> bytes:
    return marshal.dumps(value, MARSHAL)  # type: ignore[arg-type]  # plain data: the type knows no TypedDict


class _Rows(list["Row"]):
    """The rows so far; equal shapes share one."""

    def __init__(self, source: Sources) -> None:
        super().__init__()
        self._source = source
        self._added: dict[str, int] = {}
        self._known: dict[str, int] = {}
        self._unguessed = source.unguessed
        self._words: dict[int, frozenset[str]] = {}

    def add(self, written: Schema) -> int:
        """Return the index of a schema's row; its parts are added before it."""
        name = repr(written)
        if name not in self._added:
            self._added[name] = self._row(self._source.resolved(written))
        return self._added[name]

    def words(self, index: int) -> frozenset[str]:
        """Return all keys in and below a row. Those of open maps are the user's own, so they do not count."""
        if index not in self._words:
            row = self[index]
            keys = row.get("keys", {})
            below = [*keys.values(), *row.get("also", ()), *row.get("accepts", ()), *row.get("forms", ())]
            if "item" in row:
                below.append(row["item"])
            self._words[index] = frozenset(keys).union(*(self.words(part) for part in below))
        return self._words[index]

    def _row(self, schema: Schema) -> int:
        kind = _kind(schema)
        row: Row = {"kind": kind}
        _about(row, schema)
        if kind == MAP:
            self._map(row, schema)
        elif kind == LIST:
            self._list(row, schema)
        elif kind == CHOICE:
            self._choice(row, schema)
        elif kind == SECRET:
            row["strict"] = schema["x-secret"] == "strict"
        else:
            _scalar(row, schema)
        self._other_forms(row, schema)
        return self._index(row)

    def _index(self, row: Row) -> int:
        # Empty fields are left out; 0 is an index.
        fields = {name: value for name, value in row.items() if value or type(value) is int}
        filled: Row = fields  # type: ignore[assignment]  # fewer of the same fields
        name = repr(filled)
        if name not in self._known:
            self._known[name] = len(self)
            self.append(filled)
        return self._known[name]

    def _map(self, row: Row, schema: Schema) -> None:
        row["strict"] = False in (schema.get("additionalProperties"), schema.get("unevaluatedProperties"))
        row["keys"] = keys = {key: self.add(value) for key, value in schema.get("properties", {}).items()}
        aliased = {alias: key for key, index in keys.items() for alias in self[index].get("aliases", ())}
        row["aliased"] = aliased
        row["own_keys"] = tuple(key for key in (*keys, *aliased) if key not in self._unguessed)
        row["default_keys"] = tuple(key for key, index in keys.items() if "defaults" in self[index])
        row["unique_keys"] = tuple(key for key, index in keys.items() if self[index].get("unique") == "list")
        row["deprecated_keys"] = {
            key: self[index]["deprecated"] for key, index in keys.items() if "deprecated" in self[index]
        }
        row["limited_keys"] = tuple(
            key
            for key, index in keys.items()
            if self[index]["kind"] != MAP and ("only" in self[index] or "but" in self[index])
        )
        for pattern, value in schema.get("patternProperties", {}).items():
            row["pattern"], row["rest"] = pattern, self.add(value)
        prefix = schema.get("x-prefix")
        if isinstance(prefix, str):
            row["prefix"] = prefix
        elif prefix is not None:
            row["prefix"] = prefix["key"]
            row["prefix_types"] = tuple(_TYPES[name] for name in prefix["types"])
        row["required"] = tuple(schema.get("required", ()))
        row["inherit"] = tuple(schema.get("x-inherit", ()))

    def _list(self, row: Row, schema: Schema) -> None:
        items = schema["items"]
        if "x-defaults" in schema:
            items = {**items, "x-defaults": schema["x-defaults"]}
        row["item"] = self.add(items)

    def _choice(self, row: Row, schema: Schema) -> None:
        if "x-forms" in schema:
            row["select"] = schema["x-select"]
            forms: Iterable[Schema] = self._source.forms(schema["x-forms"], schema["x-select"])
        else:
            forms = schema["anyOf"]
        row["forms"] = tuple(self.add(form) for form in forms)

    def _other_forms(self, row: Row, schema: Schema) -> None:
        """Add the further forms, and those that follow from a rewrite: what is wrapped fits before it is."""
        also = tuple(self.add(form) for form in schema.get("x-also", ()))
        accepts = [self.add(form) for form in schema.get("x-accepts", ())]
        if "item" in row:
            accepts.append(row["item"])
        if "prefix" in row:
            accepts.append(row["keys"][row["prefix"]])
        if row.get("shorthand") == "enable":
            accepts.append(self._index({"kind": BOOLEAN}))
        if also:
            row["also"] = also
        if accepts:
            row["accepts"] = tuple(accepts)


# JSON Schema's names of types, and Travis's.
_TYPES = {"object": "map", "array": "seq", "string": "str", "number": "num", "boolean": "bool"}


def _kind(schema: Schema) -> str:
    if "x-secret" in schema:
        return SECRET
    if "anyOf" in schema or "x-forms" in schema:
        return CHOICE
    kinds = {"object": MAP, "array": LIST, "string": STRING, "number": NUMBER, "boolean": BOOLEAN}
    return kinds[str(schema["type"])]


def _about(row: Row, schema: Schema) -> None:
    """Fill in what every kind may say."""
    row["description"] = schema.get("description", "")
    row["title"] = schema.get("title", "")
    row["see"] = schema.get("x-see", "")
    row["aliases"] = tuple(schema.get("x-aliases", ()))
    row["deprecated"] = schema.get("x-deprecated", "")
    row["unique"] = schema.get("x-unique", "")
    row["internal"] = schema.get("x-internal", False)
    row["experimental"] = schema.get("x-experimental", False)
    row["axis"] = schema.get("x-axis", False)
    row["only"] = _limits(schema.get("x-only", {}))
    row["but"] = _limits(schema.get("x-but", {}))
    row["shorthand"] = schema.get("x-shorthand", "")
    row["defaults"] = tuple(
        (default["value"], _limits(default.get("only", {})), _limits(default.get("but", {})))
        for default in schema.get("x-defaults", ())
    )


def _scalar(row: Row, schema: Schema) -> None:
    row["format"] = schema.get("pattern", "")
    row["lower"] = schema.get("x-case") == "lower"
    row["ignore_case"] = schema.get("x-case") == "ignore"
    row["variables"] = tuple(schema.get("x-variables", ()))
    # Values with something to say come first: that is Travis's order, and decides ties between typo corrections.
    about = schema.get("x-values", {})
    values = [*about, *(value for value in schema.get("enum", ()) if value not in about)]
    row["allowed"] = tuple(_allowed(value, about.get(str(value), {})) for value in values)


def _allowed(value: str | bool, about: Value) -> AllowedRow:
    allowed: AllowedRow = {"value": value}
    if "aliases" in about:
        allowed["aliases"] = tuple(about["aliases"])
    if "deprecated" in about:
        allowed["deprecated"] = about["deprecated"]
    if "only" in about:
        allowed["only"] = _limits(about["only"])
    if "but" in about:
        allowed["but"] = _limits(about["but"])
    if "description" in about:
        allowed["description"] = about["description"]
    if about.get("internal"):
        allowed["internal"] = True
    if about.get("experimental"):
        allowed["experimental"] = True
    return allowed


def _limits(limits: Limits) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in limits.items()}
