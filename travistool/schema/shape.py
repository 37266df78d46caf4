"""A schema, typed: what the rest of the code sees of `schemas/`.

Built from the table that `compiler` makes of the JSON files. Slotted by hand: some hundreds of them exist, of which
a run touches a few dozen, so `Table.shape` builds each when it is first asked for. Treat as frozen.
"""

from __future__ import annotations

import marshal  # the tables are our own, see `store`
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from re import Pattern
    from typing import Required, TypedDict

    Limits = dict[str, tuple[str, ...]]

    # Rows, index of the root, axes, keys known everywhere, misspellings. What is bytes is marshaled on its own, so that
    # loading costs 40 microseconds instead of 700.
    Contents = tuple[tuple[bytes, ...], int, tuple[str, ...], bytes, bytes]

    class AllowedRow(TypedDict, total=False):
        """The arguments of Allowed."""

        value: Required[str | bool]
        aliases: tuple[str, ...]
        deprecated: str
        only: Limits
        but: Limits
        description: str
        internal: bool
        experimental: bool

    class Row(TypedDict, total=False):
        """One shape as plain data; empty fields are left out, shapes are indices into the table's rows."""

        kind: Required[str]
        description: str
        title: str
        see: str
        aliases: tuple[str, ...]
        deprecated: str
        unique: str
        internal: bool
        experimental: bool
        axis: bool
        only: Limits
        but: Limits
        defaults: tuple[tuple[str, Limits, Limits], ...]
        also: tuple[int, ...]
        accepts: tuple[int, ...]
        keys: dict[str, int]
        strict: bool
        pattern: str
        rest: int
        required: tuple[str, ...]
        prefix: str
        prefix_types: tuple[str, ...]
        shorthand: str
        inherit: tuple[str, ...]
        aliased: dict[str, str]
        own_keys: tuple[str, ...]
        default_keys: tuple[str, ...]
        unique_keys: tuple[str, ...]
        deprecated_keys: dict[str, str]
        limited_keys: tuple[str, ...]
        item: int
        allowed: tuple[AllowedRow, ...]
        lower: bool
        ignore_case: bool
        format: str
        variables: tuple[str, ...]
        forms: tuple[int, ...]
        select: str


MAP, LIST, STRING, NUMBER, BOOLEAN, SECRET, CHOICE = "map", "list", "string", "number", "boolean", "secret", "choice"


class Table:
    """All shapes, each made from its row when it is first asked for.

    `axes` are the matrix keys of the root in Travis's order.
    """

    __slots__ = ("_everywhere", "_misspellings", "_rows", "_shapes", "axes", "root")

    def __init__(self, contents: Contents) -> None:
        self._rows, root, self.axes, everywhere, misspellings = contents
        self._everywhere: bytes | frozenset[str] = everywhere
        self._misspellings: bytes | dict[str, str] = misspellings
        self._shapes: list[Shape | None] = [None] * len(self._rows)
        self.root = self.shape(root)

    def shape(self, index: int) -> Shape:
        """Return the shape of a row, always the same one."""
        shape = self._shapes[index]
        if shape is None:
            shape = self._shapes[index] = Shape(self, marshal.loads(self._rows[index]))  # noqa: S302
        return shape

    @property
    def everywhere(self) -> frozenset[str]:
        """All keys known anywhere, which Travis never takes for a typo, but for those of the language r."""
        if isinstance(self._everywhere, bytes):
            self._everywhere = frozenset(marshal.loads(self._everywhere))  # noqa: S302
        return self._everywhere

    @property
    def misspellings(self) -> dict[str, str]:
        """What typos seen in the wild were meant to be."""
        if isinstance(self._misspellings, bytes):
            self._misspellings = marshal.loads(self._misspellings)  # noqa: S302
        assert not isinstance(self._misspellings, bytes)
        return self._misspellings


class Allowed:
    """One value of a fixed set. `only` and `but` limit it to (or keep it from) languages, os, dist, arch."""

    __slots__ = ("aliases", "but", "deprecated", "description", "experimental", "internal", "only", "value")

    def __init__(
        self,
        value: str | bool,
        *,
        aliases: tuple[str, ...] = (),
        deprecated: str | None = None,
        only: Limits | None = None,
        but: Limits | None = None,
        description: str = "",
        internal: bool = False,
        experimental: bool = False,
    ) -> None:
        self.value = value
        self.aliases = aliases
        self.deprecated = deprecated
        self.only = only or {}
        self.but = but or {}
        self.description = description
        self.internal = internal
        self.experimental = experimental


class Default:
    """A value that Travis fills in when the key is missing; the first whose limits hold is taken."""

    __slots__ = ("but", "only", "value")

    def __init__(self, value: str, only: Limits | None = None, but: Limits | None = None) -> None:
        self.value = value
        self.only = only or {}
        self.but = but or {}


class _Children(dict[str, "Shape | None"]):
    """The shapes of a map's keys, each made when it is first asked for; None for other keys."""

    __slots__ = ("_keys", "_table")

    def __init__(self, table: Table, keys: Mapping[str, int]) -> None:
        self._table = table
        self._keys = keys

    def __missing__(self, name: str) -> Shape | None:
        index = self._keys.get(name)
        if index is None:
            return None
        shape = self[name] = self._table.shape(index)
        return shape


class Shape:
    """The normal form of one place in a config, and the written forms that lead to it.

    One class for all kinds, so that the walker's reads stay plain attribute reads; what a kind does not use is empty.

    every kind
        `kind`; `description`, `title`, `see` (a page of the docs); `aliases`: other spellings of the key it stands
        under; `deprecated`: why, else None; `unique`: no two items of the surrounding list share this value;
        `unique_in_build`; `internal`; `experimental`; `axis`: each item multiplies the jobs; `only`, `but`: languages,
        os ... where the key has (no) effect; `defaults`.
        `also`: further normal forms, which are judged but never produced; `accepts`: written forms that
        fit without being normal; both matter only where a value is asked whether it fits as it stands.
    map
        `keys`: key to row in the table; `children`: key to shape, None for a key that is not among them; `strict`: other keys are unknown; `pattern`, `rest`: of an open
        map, which keys may appear (see `key_formatted`) and the shape of their values; `required`; `prefix`: the key
        that a bare value stands for, limited to the `prefix_types` (str, num, bool, seq, map) when there are any;
        `shorthand`: "cache" or "enable"; `inherit`: keys handed down to the children; `aliased`: alias to key, of all
        keys; `own_keys`: keys and aliases that a typo may have meant, so without the keys that only the language r
        knows, in Travis's order; `default_keys`, `unique_keys`; `deprecated_keys`: key to the reason; `limited_keys`:
        those with `only` or `but`; not those of maps, whose limits the
        official check looks past (`android`, `virtualenv`).
    list
        `item`; `shorthand`: "env" where text is parsed into variables.
    string, boolean
        `allowed`: the fixed set in Travis's order, empty when free (see `allows`); `values`: the same as bare values;
        `limited_values`: those of them with `only` or `but`;
        `value_aliases`: alias to value; `lower`: case is lowered; `ignore_case`; `format`: a pattern (see
        `formatted`); `variables`: names allowed in `%{...}`; `simple`: any text is fine as it is.
    secret
        `strict`: plain text raises an alert.
    choice
        `forms`: tried in order; the first that the changed value fits is taken. `select`: when not empty, the key
        whose value names the form (`provider`); without a match the first form is taken.
    """

    __slots__ = (
        "_key_regex",
        "_regex",
        "_row",
        "_table",
        "accepts",
        "aliased",
        "aliases",
        "allowed",
        "also",
        "axis",
        "but",
        "children",
        "default_keys",
        "defaults",
        "deprecated",
        "deprecated_keys",
        "description",
        "experimental",
        "format",
        "forms",
        "ignore_case",
        "inherit",
        "internal",
        "item",
        "keys",
        "kind",
        "limited_keys",
        "limited_values",
        "lower",
        "only",
        "own_keys",
        "pattern",
        "prefix",
        "prefix_types",
        "required",
        "rest",
        "see",
        "select",
        "shorthand",
        "simple",
        "strict",
        "title",
        "unique",
        "unique_in_build",
        "unique_keys",
        "value_aliases",
        "values",
        "variables",
    )

    accepts: tuple[Shape, ...]
    allowed: tuple[Allowed, ...]
    also: tuple[Shape, ...]
    defaults: tuple[Default, ...]
    forms: tuple[Shape, ...]
    item: Shape
    limited_keys: frozenset[str]
    limited_values: tuple[Allowed, ...]
    rest: Shape | None
    simple: bool
    value_aliases: Mapping[str, str]
    values: tuple[str | bool, ...]
    _key_regex: Pattern[str]
    _regex: Pattern[str]

    def __init__(self, table: Table, row: Row) -> None:
        self._table = table
        self._row = row
        self.kind: str = row["kind"]
        self.description: str = row.get("description", "")
        self.title: str = row.get("title", "")
        self.see: str = row.get("see", "")
        self.aliases: tuple[str, ...] = row.get("aliases", ())
        self.deprecated: str | None = row.get("deprecated")
        self.unique: bool = row.get("unique") == "list"
        self.unique_in_build: bool = row.get("unique") == "build"
        self.internal: bool = row.get("internal", False)
        self.experimental: bool = row.get("experimental", False)
        self.axis: bool = row.get("axis", False)
        self.only: Mapping[str, tuple[str, ...]] = row.get("only", {})
        self.but: Mapping[str, tuple[str, ...]] = row.get("but", {})
        self.keys: Mapping[str, int] = row.get("keys", {})
        self.children: Mapping[str, Shape | None] = _Children(table, self.keys)
        self.strict: bool = row.get("strict", False)
        self.required: tuple[str, ...] = row.get("required", ())
        self.prefix: str = row.get("prefix", "")
        self.prefix_types: tuple[str, ...] = row.get("prefix_types", ())
        self.shorthand: str = row.get("shorthand", "")
        self.inherit: tuple[str, ...] = row.get("inherit", ())
        self.aliased: Mapping[str, str] = row.get("aliased", {})
        self.own_keys: tuple[str, ...] = row.get("own_keys", ())
        self.default_keys: tuple[str, ...] = row.get("default_keys", ())
        self.unique_keys: tuple[str, ...] = row.get("unique_keys", ())
        self.deprecated_keys: Mapping[str, str] = row.get("deprecated_keys", {})
        self.pattern: str = row.get("pattern", "")
        self.format: str = row.get("format", "")
        self.lower: bool = row.get("lower", False)
        self.ignore_case: bool = row.get("ignore_case", False)
        self.variables: tuple[str, ...] = row.get("variables", ())
        self.select: str = row.get("select", "")

    def key(self, name: str) -> Shape | None:
        """Return the shape of a key of this map; None when it is not among its keys."""
        return self.children[name]

    def formatted(self, text: str) -> bool:
        """Tell whether a text has the format asked for."""
        return not self.format or self._regex.search(text) is not None

    def key_formatted(self, name: str) -> bool:
        """Tell whether an open map may have this key."""
        return not self.pattern or self._key_regex.search(name) is not None

    def allows(self, value: object) -> bool:
        """Tell whether a value is in the fixed set. 1 is not true."""
        if self.ignore_case and isinstance(value, str):
            return value.casefold() in [str(allowed).casefold() for allowed in self.values]
        return any(value == allowed and isinstance(value, type(allowed)) for allowed in self.values)

    def __repr__(self) -> str:
        return f"<Shape {self.kind} {self.title or self.description!r}>"

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            """Fill a slot that is made on first use: a plain slot read from then on."""
            value = self._late(name)
            setattr(self, name, value)
            return value

    def _late(self, name: str) -> object:  # noqa: C901  # one case for each slot
        row = self._row
        match name:
            case "accepts":
                return self._shapes(row.get("accepts", ()))
            case "allowed":
                return tuple(Allowed(**fields) for fields in row.get("allowed", ()))
            case "also":
                return self._shapes(row.get("also", ()))
            case "defaults":
                return tuple(Default(*fields) for fields in row.get("defaults", ()))
            case "forms":
                return self._shapes(row.get("forms", ()))
            case "item" if "item" in row:
                return self._table.shape(row["item"])
            case "limited_keys":
                return frozenset(row.get("limited_keys", ()))
            case "limited_values":
                return tuple(value for value in self.allowed if value.only or value.but)
            case "rest":
                return self._table.shape(row["rest"]) if "rest" in row else None
            case "simple":
                return row.keys() <= {"kind", *_ABOUT} and self.kind == STRING
            case "value_aliases":
                return {alias: value.value for value in self.allowed for alias in value.aliases}
            case "values":
                return tuple(value.value for value in self.allowed)
            case "_key_regex":
                return re.compile(self.pattern, _RUBY)
            case "_regex":
                return re.compile(self.format, _RUBY)
        message = f"a {self.kind} shape has no {name!r}"
        raise AttributeError(message)

    def _shapes(self, indices: tuple[int, ...]) -> tuple[Shape, ...]:
        return tuple(self._table.shape(index) for index in indices)


# As Ruby reads a pattern: ^ and $ stand at every line, \d and \w are ASCII.
_RUBY = re.MULTILINE | re.ASCII

# What a row may say without any effect on the value itself.
_ABOUT = ("description", "title", "see", "aliases", "deprecated", "unique", "internal", "axis", "only", "but")
