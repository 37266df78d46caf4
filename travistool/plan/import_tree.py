"""The configs of a build request as a tree: each with what it imports. Private to this package."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from typing import Any, Protocol

from travistool.document.dialect import resolve
from travistool.document.parse import parse
from travistool.document.values import Value
from travistool.grammar import reference
from travistool.plan.import_notes import Notes
from travistool.schema.elements import Element
from travistool.schema.normalize import normalize
from travistool.schema.run import Options
from travistool.schema.store import load
from travistool.source import Source

DEFAULT_MODE = "deep_merge_append"

_BARE = Options(alert=False, defaults=False, fix=False, line=False)
_VARIABLE = r"%\{(.*)\}"


class UnknownRepositoryError(Exception):
    """Nobody knows here what a repository holds, which is not to say that it lacks a file."""


class Files(Protocol):
    """Reads config files. Paths are relative to the root of the repository `owner/name`."""

    def read(self, repo: str, path: str, ref: str | None) -> str | None:
        """Return the text of a file; None when there is none. `ref` of None is the commit that is built.

        Raises UnknownRepositoryError.
        """

    def default_branch(self, repo: str) -> str:
        """Return the branch that imports from another repository use when they name none."""


class Loaded:
    """A config as read. `value` is what it holds, `imports` the entries of its `import`.

    `config` is the config normalized on its own without repairs, as Travis looks for imports in it; None where nothing
    asked for it.
    """

    __slots__ = ("anchors", "config", "imports", "source", "value")

    def __init__(
        self,
        source: Source,
        value: Value,
        anchors: frozenset[str],
        config: Element | None,
        imports: tuple[Element, ...],
    ) -> None:
        self.source = source
        self.value = value
        self.anchors = anchors
        self.config = config
        self.imports = imports


def read(source: Source, notes: Notes, *, whole: bool) -> Loaded | None:
    """Return a config; None, with what is wrong noted, when it cannot be read. `whole` asks for `config` too."""
    document = parse(source)
    value, problems = resolve(document)
    notes.reader((*document.problems, *problems))
    if value is None:
        notes.fail("unreadable")
        return None
    config = None
    if whole or (isinstance(value.data, dict) and not _names().isdisjoint(value.data)):
        config = normalize(value, document.anchors, _BARE).root
    entries = config.get("import") if config is not None else None
    imports = tuple(item for item in entries.items if item.kind in ("map", "secure")) if entries is not None else ()
    return Loaded(source, value, document.anchors, config, imports)


@cache
def _names() -> frozenset[str]:
    """Return the keys that Travis takes for `import` without repairing them."""
    return frozenset(("import", *(alias for alias, key in load().root.aliased.items() if key == "import")))


class Node:
    """One config in the tree. `element` is the entry of `import` that asks for it; None for the root and API configs.

    `given` is its text where it needs no reading. `child` is what an API config stands over. `mode` is the mode it was
    given; `label` is its name in messages.
    """

    __slots__ = (
        "child",
        "decision",
        "element",
        "given",
        "imports",
        "is_api",
        "is_errored",
        "is_skipped",
        "label",
        "loaded",
        "mode",
        "parent",
        "path",
        "ref",
        "repo",
    )

    def __init__(
        self,
        parent: Node | None,
        label: str,
        repo: str,
        path: str | None,
        ref: str | None,
        *,
        element: Element | None = None,
        given: Source | None = None,
        mode: Any = None,
    ) -> None:
        self.parent = parent
        self.label = label
        self.repo = repo
        self.path = path
        self.ref = ref
        self.element = element
        self.given = given
        self.mode = mode
        self.child: Node | None = None
        self.loaded: Loaded | None = None
        self.imports: list[Node] = []
        self.decision: Any = None
        self.is_api = False
        self.is_errored = False
        self.is_skipped = False
        if element is not None:
            written = element.get("mode")
            self.mode = written.plain() if written is not None else None
            self._name_early()

    def _name_early(self) -> None:
        """Name an import that is not loaded yet as Travis does, which shows where it never is."""
        with suppress(reference.ImportReferenceError):
            self.repo = reference.parse(self.source_text()).repo or self.repo
        self.label = f"{self.repo}:@"

    def source_text(self) -> str:
        """Return what the import says it wants."""
        written = self.element.get("source") if self.element is not None else None
        return "" if written is None or written.value is None else str(written.value)

    def shown(self) -> str:
        """Return the reference for people: without the name of the repository that is built, and no ref but a given one."""
        root = self.root()
        is_own = self.repo == root.repo
        name = f"{self.path or ''}" if is_own else f"{self.repo}:{self.path or ''}"
        return f"{name}@{self.ref}" if self.ref and (self.repo, self.ref) != (root.repo, root.ref) else name

    def merging(self, normalized: bool) -> Value:
        """Return what takes part in the merge: what is written, or the config as normalized on its own."""
        assert self.loaded is not None
        if normalized and self.loaded.config is not None:
            return values_of(self.loaded.config)
        return self.loaded.value

    @property
    def is_blank(self) -> bool:
        """Tell whether there is no text, which then does not take part."""
        return self.loaded is None or not self.loaded.source.text.strip()

    @property
    def merged_by(self) -> Any:
        """How it merges into what stands over it: API configs say that for what is under them, imports themselves."""
        if self.element is None:
            return self.parent.mode if self.parent is not None else None
        return self.mode

    @property
    def takes_child(self) -> bool:
        """Tell whether an API config lets what is under it take part at all."""
        return bool(self.mode != "replace")

    def root(self) -> Node:
        """Return the first config of the request."""
        node = self
        while node.parent is not None:
            node = node.parent
        return node

    def is_in_itself(self) -> bool:
        """Tell whether one of the configs that led here is this one."""
        node = self.parent
        while node is not None:
            if node.label == self.label:
                return True
            node = node.parent
        return False

    def path_to_read(self, data: Mapping[str, Any]) -> str | None:
        """Return the path with `%{commit_message}` filled in; None when the event has no such value."""
        path = self.path or ""
        found = re.search(_VARIABLE, path)
        if found is None:
            return path
        value = data.get(found[1])
        if not isinstance(value, str):
            return None
        from urllib.parse import quote_plus  # noqa: PLC0415  # 5 ms, for something rare

        return re.sub(_VARIABLE, lambda _: quote_plus(value), path)


def target(node: Node, files: Files, notes: Notes) -> bool:
    """Find out what an import points to; False, with a message, when that cannot be."""
    parent = node.parent
    assert parent is not None
    text = node.source_text()
    try:
        found = reference.parse(text, parent.repo, None, parent.path)
    except reference.ImportReferenceError:
        node.is_errored = True
        notes.invalid_reference(node, text)
        return False
    node.repo = found.repo or parent.repo
    node.path = found.path
    node.ref = found.ref or (parent.ref if node.repo == parent.repo else files.default_branch(node.repo))
    node.label = f"{node.repo}:{node.path}@{node.ref or ''}"
    return True


def first(mode: Any) -> str | None:
    """Return a merge mode as written with underscores; the first of a list."""
    while isinstance(mode, list):
        mode = mode[0] if mode else None
    return None if mode is None or mode is False else str(mode).replace("-", "_")


def values_of(element: Element) -> Value:
    """Return an element as a value, so that it can be merged."""
    data = element.value
    if isinstance(data, dict):
        made: Any = {key: values_of(child) for key, child in data.items()}
    elif isinstance(data, list):
        made = [values_of(item) for item in data]
    else:
        made = data
    return Value(made, element.source, element.node, element.key_node)
