"""What there is to say about imports: official messages, our diagnostics, and what does not happen. Private."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from travistool.diagnostics import Diagnostic, Official, Severity
from travistool.plan.decide import decide
from travistool.plan.model import Decision, Skipped
from travistool.schema.elements import Element
from travistool.schema.run import Message
from travistool.source import Source, Span

if TYPE_CHECKING:
    from travistool.plan.import_tree import Node


UNKNOWN_REPOSITORY = "unknown-repository"
"""The finding about an import of a repository whose files are not known here."""


class Notes:
    """Collects for one request. `error` is the first reason for Travis to refuse it."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.messages: list[Message] = []
        self.skipped: list[Skipped] = []
        self.diagnostics: list[Diagnostic] = []
        self.error: str | None = None

    def fail(self, kind: str) -> None:
        """Note that Travis would refuse the whole request."""
        self.error = self.error or kind

    def reader(self, problems: Iterable[Diagnostic]) -> None:
        """Add what is wrong with a file as YAML."""
        self.diagnostics += problems

    def holds(self, node: Node) -> bool:
        """Tell whether an import's condition holds; asked once for each import."""
        if node.decision is None:
            element = node.element
            place = element.get("if") if element is not None else None
            condition = None if place is None else place.plain()
            node.decision = decide(condition, place, {}, self.data)
            if not node.decision.holds:
                self._refused(node, node.decision, condition)
        return bool(node.decision.holds)

    def _refused(self, node: Node, decision: Decision, condition: object) -> None:
        element = node.element
        assert element is not None
        span = decision.span or element.span()
        args = {"source": node.label, "condition": condition}
        self.messages.append(Message("info", "import", "skip_import", args, span, element))
        reason = "its condition does not hold" + (f": {decision.problem}" if decision.problem else "")
        self.skipped.append(Skipped("import", node.source_text(), reason, span, decision.condition))

    def invalid_reference(self, node: Node, text: str) -> None:
        """Say that an import's text names no file."""
        message = f"'{text}' names no config file, write path.yml, path.yml@ref or owner/name:path.yml@ref"
        if not text:
            message = "an import needs a source, such as path.yml or owner/name:path.yml@ref"
        self._error(node, "invalid-ref", message, "invalid_ref", {"ref": text})
        self.skipped.append(Skipped("import", text, message, _place(node)))

    def not_found(self, node: Node) -> None:
        """Say that an imported file is not there."""
        message = f"import not found: {node.shown()}"
        self._error(node, "unknown-import", message, "unknown_import", {"source": node.label})
        self.skipped.append(Skipped("import", node.source_text(), "the file is not there", _place(node)))
        self.fail("file-not-found")

    def unknown_repository(self, node: Node) -> None:
        """Say that nobody knows here what an import holds. Travis may well find it: this is nothing official."""
        span = _place(node)
        assert span is not None
        reason = f"the folder of {node.repo} is not known here"
        message = f"cannot read {node.shown()}: {reason}, add --import-root {node.repo}=DIR"
        self.diagnostics.append(Diagnostic(UNKNOWN_REPOSITORY, Severity.ERROR, message, span))
        self.skipped.append(Skipped("import", node.source_text(), reason, span))

    def missing_root(self, node: Node) -> None:
        """Say that there is no config at all."""
        self.fail("file-not-found")
        message = f"there is no {node.path}, Travis starts no build"
        self.diagnostics.append(Diagnostic("no-config", Severity.ERROR, message, Span(Source(node.shown(), ""), 0, 0)))

    def too_many(self, top: Node, limit: int) -> None:
        """Say that the limit is reached; where it was, is the first config's `import`."""
        message = f"too many imports: a build may be made of fewer than {limit} configs, what goes beyond is left out"
        imports = top.loaded.imports if top.loaded is not None else ()
        place = imports[0].parent if imports else top.loaded.config if top.loaded is not None else None
        official = Official("error", "import", "too_many_imports", {"max": limit})
        span = place.key_span() if place is not None else Span(_source(top), 0, 0)
        self.diagnostics.append(Diagnostic("too-many-imports", Severity.ERROR, message, span, None, official))
        element = place if place is not None else Element("none", None, _source(top))
        self.messages.append(Message("error", "import", "too_many_imports", {"max": limit}, span, element))

    def cycle(self, node: Node) -> None:
        """Say that a config imports itself in the end, which Travis passes over."""
        message = f"{node.shown()} imports itself in the end, Travis leaves this import out"
        span = _place(node)
        if span is None:
            return
        self.diagnostics.append(Diagnostic("import-cycle", Severity.WARNING, message, span))
        self.skipped.append(Skipped("import", node.source_text(), "it is already being imported", span))

    def unknown_mode(self, node: Node, mode: str) -> None:
        """Say that a merge mode does not exist. The normalizer has an official message about the value."""
        self.fail("unknown-merge-mode")
        written = node.element.get("mode") if node.element is not None else None
        span = written.span() if written is not None else Span(_source(node), 0, 0)
        message = f"unknown merge mode '{mode}', Travis starts no build"
        self.diagnostics.append(Diagnostic("unknown-merge-mode", Severity.ERROR, message, span))

    def _error(self, node: Node, rule: str, message: str, code: str, args: dict[str, Any]) -> None:
        element, span = node.element, _place(node)
        assert element is not None
        assert span is not None
        official = Official("error", "import", code, args)
        self.diagnostics.append(Diagnostic(rule, Severity.ERROR, message, span, None, official))
        self.messages.append(Message("error", "import", code, args, span, element))


def _source(node: Node) -> Source:
    return node.loaded.source if node.loaded is not None else node.given or Source(node.shown(), "")


def _place(node: Node) -> Span | None:
    """Return where an import is written: its source, else the entry."""
    if node.element is None:
        return None
    written = node.element.get("source")
    return (written or node.element).span()
