"""The whole build request: the root config, the configs of API requests, and all that they import, merged into one.

Configs load breadth-first and merge depth-first (travis-yml lib/travis/yml/configs/{fetch,config/*}.rb at 8d6f36f).
Nothing is read here: the caller passes a reader of files in.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from travistool.diagnostics import Diagnostic
from travistool.document.merge import MODES, Part, merge
from travistool.document.values import Value
from travistool.plan.import_notes import Notes
from travistool.plan.import_tree import DEFAULT_MODE, Files, Loaded, Node, UnknownRepositoryError, first, read
from travistool.plan.import_tree import target as target_of
from travistool.plan.model import Event, Skipped
from travistool.record import Record
from travistool.schema.normalize import Normal, normalize
from travistool.schema.run import Message, Options
from travistool.source import Source

__all__ = ["MAX_IMPORTS", "ApiConfig", "ConfigPart", "Files", "Request", "UnknownRepositoryError", "gather"]

MAX_IMPORTS = 25
"""How many configs a build may be made of, the root config included. Travis complains as soon as there are as many."""


class ConfigPart(Record):
    """One config that the build is made of. `name` is `owner/name:path@ref`, or `api`, `api.1` ... for API requests.

    `mode` is how it merges into what stands before it, None where nothing says so.
    """

    name: str
    source: Source
    mode: str | None


class ApiConfig(Record):
    """A config sent with an API request. It wins over the root config; `mode` says how that merges into it."""

    source: Source
    mode: str | None = None


class Request(Record):
    """What a build is made of. `parts` are the configs that count, what wins first.

    `normal` is None when the root config cannot be read. `messages` are the official ones about imports; `skipped` the
    imports that do not happen. `error` is why Travis would refuse the whole request (`file-not-found`, `unreadable`,
    `unknown-merge-mode`), None when it would not; `normal` then holds what could be read.
    """

    normal: Normal | None
    parts: tuple[ConfigPart, ...]
    messages: tuple[Message, ...]
    skipped: tuple[Skipped, ...]
    diagnostics: tuple[Diagnostic, ...]
    error: str | None


def gather(
    root: Source | None,
    files: Files,
    event: Event,
    *,
    repo: str | None = None,
    ref: str | None = None,
    path: str = ".travis.yml",
    api: Sequence[ApiConfig] = (),
    options: Options = Options(),
    merge_normalized: bool = False,
) -> Request:
    """Return the build request of the config `root`, which stands at `path` of the repository `repo` at commit `ref`.

    `root` of None means that there is none; only API requests build without one. With `merge_normalized` each part is
    normalized on its own first, an option of the official parser that the service does not use.
    """
    loader = _Loader(files, event, merge_normalized)
    top = _chain(root, repo or event.repo or "", ref, path, api)
    loader.load(top)
    parts = [node for node in loader.flatten(top) if node.loaded is not None and (node.is_api or not node.is_blank)]
    normal = _normalize(loader, parts, top, options)
    return Request(
        normal,
        tuple(ConfigPart(node.label, node.loaded.source, first(node.mode)) for node in parts if node.loaded),
        tuple(loader.notes.messages),
        tuple(loader.notes.skipped),
        tuple(loader.notes.diagnostics),
        loader.notes.error,
    )


def _chain(root: Source | None, repo: str, ref: str | None, path: str, api: Sequence[ApiConfig]) -> Node:
    """Return the first config. API configs hold the next one, the last of them the root config, like an import."""
    top: Node | None = None
    parent: Node | None = None
    for number, config in enumerate(api, 1):
        label = f"api.{number}" if len(api) > 1 else "api"
        node = Node(parent, label, repo, None, ref, given=config.source, mode=config.mode)
        node.is_api = True
        top, parent = top or node, _linked(parent, node)
    # A mode that the API gives counts for what it is merged with.
    node = Node(parent, f"{repo}:{path}@{ref or ''}", repo, path, ref, given=root)
    _linked(parent, node)
    return top or node


def _linked(parent: Node | None, node: Node) -> Node:
    if parent is not None:
        parent.child = node
    return node


def _normalize(loader: _Loader, parts: list[Node], top: Node, options: Options) -> Normal | None:
    if not parts:
        source = top.given
        readable = source is not None and not source.text.strip()
        return normalize(Value({}, source), frozenset(), options) if source is not None and readable else None
    merging = [Part(node.merging(loader.merge_normalized), _mode(loader, node)) for node in parts]
    anchors = parts[0].loaded.anchors if parts[0].loaded and not loader.merge_normalized else frozenset[str]()
    return normalize(merge(merging), anchors, options)


def _mode(loader: _Loader, node: Node) -> str:
    """Return how a part merges into the one before it."""
    mode = first(node.merged_by)
    if mode is None:
        return DEFAULT_MODE
    if mode not in MODES:
        loader.notes.unknown_mode(node, mode)
        return DEFAULT_MODE
    return mode


class _Loader:
    """Reads configs, each one once, and puts them in order."""

    def __init__(self, files: Files, event: Event, merge_normalized: bool) -> None:
        self.files = files
        self.event = event
        self.merge_normalized = merge_normalized
        self.notes = Notes(event.data())
        self.names: set[str] = set()
        self.read: dict[str, Loaded | None] = {}

    def load(self, top: Node) -> None:
        """Load a config and all it imports. What is found twice, or one too many, is skipped with its own imports."""
        queue = deque([top])
        while queue:
            node = queue.popleft()
            if not self._open(node):
                continue
            node.imports = self._imports(node)
            if node.label in self.names or self._is_full() or not self.notes.holds(node):
                node.is_skipped = True
                continue
            self.names.add(node.label)
            queue.extend(node.imports)
        if self._is_full():
            self.notes.too_many(top, MAX_IMPORTS)

    def _is_full(self) -> bool:
        return len(self.names) >= MAX_IMPORTS

    def _open(self, node: Node) -> bool:
        """Read a config; False when it has no proper reference or no content."""
        if node.element is not None and not target_of(node, self.files, self.notes):
            return False
        if node.given is not None:
            node.loaded = read(node.given, self.notes, whole=self.merge_normalized)
        elif node.element is not None and not self._is_full():
            node.loaded = self._fetched(node)
        elif node.element is None and node.parent is None:
            self.notes.missing_root(node)
        node.is_errored = node.loaded is None and not (node.element is None and node.parent is not None)
        return not node.is_errored or self._is_full()

    def _fetched(self, node: Node) -> Loaded | None:
        if node.label not in self.read:
            source = None
            try:
                source = self._source(node)
            except UnknownRepositoryError:
                self.notes.unknown_repository(node)
            else:
                if source is None:
                    self.notes.not_found(node)
            self.read[node.label] = read(source, self.notes, whole=self.merge_normalized) if source else None
        return self.read[node.label]

    def _source(self, node: Node) -> Source | None:
        path = node.path_to_read(self.notes.data)
        text = None if path is None else self.files.read(node.repo, path, node.ref)
        if text is None or path is None:
            return None
        root = node.root()
        return Source(path if (node.repo, node.ref) == (root.repo, root.ref) else node.shown(), text)

    def _imports(self, node: Node) -> list[Node]:
        elements = node.loaded.imports if node.loaded is not None else ()
        found = [Node(node, "", node.repo, None, None, element=element) for element in elements]
        if node.child is not None and node.takes_child:
            found.append(node.child)
        return found

    def flatten(self, node: Node) -> list[Node]:
        """Return a config and all it imports, each once, in the order in which they win."""
        if node.is_errored:
            return []
        if node.is_in_itself():
            self.notes.cycle(node)
            return []
        if not self.notes.holds(node):
            return []
        found: dict[str, Node] = {}
        for one in [node, *(one for child in node.imports for one in self.flatten(child))]:
            found.setdefault(one.label, one)
        return [one for one in found.values() if not one.is_skipped]
