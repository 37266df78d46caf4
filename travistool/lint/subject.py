"""One linted file as rules see it. Everything is made when a rule first asks for it, and only once."""

from __future__ import annotations

from functools import cached_property
from time import strftime

from travistool.document.nodes import Alias, Scalar
from travistool.record import Record
from travistool.schema.elements import flatten
from travistool.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Literal

    from travistool.document.nodes import Node
    from travistool.lint.shellcheck import Remark
    from travistool.lint.tools import Run
    from travistool.pipeline import Reading
    from travistool.plan.model import BuildPlan
    from travistool.schema.elements import Element

PHASES = (
    *("before_install", "install", "before_script", "script", "before_cache", "after_success", "after_failure"),
    *("before_deploy", "after_deploy", "after_script"),
)
"""Keys that hold commands, in the order in which they run."""


class Command(Record):
    """One command as written. `owners` are the root or the entries of `jobs.include` that it stands in.

    There are several where an anchor is repeated. `phase` is a key of PHASES, or `deploy` for a provider's script.
    """

    text: str
    phase: str
    element: Element
    owners: tuple[Element, ...]

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return where a part of the text, given by 0-based offsets, is written; without any, the whole command."""
        return place(self.element) if end is None else within(self.element, start, end)


class Variable(Record):
    """One environment variable as written. `value` is its text; `row` the list item or map it stands in.

    `scope` is `global` (of the root, or for all jobs), `matrix` (each row makes a job) or `job`. `owner` is the root or
    an entry of `jobs.include`.
    """

    name: str
    value: str
    element: Element
    row: Element
    scope: Literal["global", "matrix", "job"]
    owner: Element

    def span(self) -> Span:
        """Return where it is written: the key, or the text of the row."""
        return self.element.key_span() if self.element.key_node is not None else self.element.span()

    def name_span(self) -> Span:
        """Return where its name is written: the part of the row that it shares with others, or the key."""
        # Imported late: only findings need it.
        from re import escape, search  # noqa: PLC0415

        node = written(self.element)
        found = search(rf"(?<!\S){escape(self.name)}(?==)", node.text) if isinstance(node, Scalar) else None
        if found is None or not isinstance(node, Scalar):
            return self.span()
        from travistool.document.offsets import part  # noqa: PLC0415  see above

        return part(self.element.source, node, *found.span())


class Deploy(Record):
    """One deployment as written, of the root or of an entry of `jobs.include`."""

    element: Element
    owner: Element

    @property
    def provider(self) -> str:
        """The provider's name, `` where none is given."""
        found = self.element.get("provider")
        return str(found.value) if found is not None and found.kind == "str" else ""


def written(element: Element) -> Node | None:
    """Return the node of a value; what an alias stands for, so that the mistake is shown at the anchor."""
    node = element.node
    return node.target if isinstance(node, Alias) and node.target is not None else node


def place(element: Element) -> Span:
    """Return where a value is written, at the anchor where an alias repeats it."""
    node = written(element)
    return element.span() if node is None else Span(element.source, node.start, node.end)


def head(element: Element) -> Span:
    """Return the first line of a value: enough to show which entry of a list is meant."""
    span = place(element)
    line_end = span.source.text.find("\n", span.start, span.end)
    return span if line_end < 0 else Span(span.source, span.start, line_end - (span.source.text[line_end - 1] == "\r"))


def within(element: Element, start: int, end: int) -> Span:
    """Return where a part of a text, given by 0-based offsets into it, is written; the whole where it is not by itself."""
    node = written(element)
    if isinstance(node, Scalar) and node.text == element.value:
        from travistool.document.offsets import part  # noqa: PLC0415  only findings need it

        return part(element.source, node, start, end)
    return place(element)


class File:
    """A config with all that is known of it. Treat as frozen; it is read as a map of keys, or rules never see it.

    `as_of` is the day (`2026-01-31`) that rules with dates go by; days compare as texts. `run` runs programs for
    the rules of the shell layer, which are off without it.
    """

    def __init__(self, reading: Reading, as_of: str = "", run: Run | None = None) -> None:
        assert reading.normal is not None
        self.reading = reading
        self.normal = reading.normal
        self.source = reading.source
        self.text = reading.source.text
        self.document = reading.document
        self.root = reading.normal.root
        self.messages = reading.normal.messages
        self.run = run
        self.as_of = as_of or strftime("%Y-%m-%d")

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every node of the file in written order, keys included; what an alias stands for is not repeated."""
        # Imported late: few rules look at the written form.
        from travistool.lint.nodes import walk  # noqa: PLC0415

        return tuple(walk(self.document.root))

    def listed(self, *keys: str) -> list[Element]:
        """Return the items of the list under a path of keys of the root; a lone value counts as one."""
        element: Element | None = self.root
        for key in keys:
            element = element.get(key) if element is not None else None
        return list(flatten(element)) if element is not None else []

    @cached_property
    def jobs(self) -> tuple[Element, ...]:
        """The entries of `jobs.include` that are maps."""
        return tuple([item for item in self.listed("jobs", "include") if item.kind == "map"])

    @cached_property
    def is_jobs_lost(self) -> bool:
        """Tell whether `matrix` hides `jobs`: what follows from that is said by `overwrite`."""
        return any(one.code == "overwrite" and one.args.get("other") == "jobs" for one in self.messages)

    @cached_property
    def owners(self) -> tuple[Element, ...]:
        """The root and the entries of `jobs.include`: whatever may hold phases, variables and deployments."""
        return (self.root, *self.jobs)

    @cached_property
    def commands(self) -> tuple[Command, ...]:
        """Every command, each once however many jobs an anchor puts it in, by owner and phase."""
        found: dict[object, Command] = {}
        for command in self._commands():
            node = written(command.element)
            key = (id(node) if node is not None else id(command.element), command.phase)
            before = found.get(key)
            found[key] = command if before is None else before._replace(owners=(*before.owners, *command.owners))
        return tuple(found.values())

    @cached_property
    def shell(self) -> str:
        """The texts of all commands as one, to tell at once whether any command has a word."""
        return "\n".join([command.text for command in self.commands])

    def _commands(self) -> Iterator[Command]:
        for owner in self.owners:
            for phase in PHASES:
                element = owner.get(phase)
                if element is not None:
                    yield from [Command(text, phase, one, (owner,)) for text, one in _texts(element)]
        for deploy in self.deployments:
            if deploy.provider == "script":
                texts = _texts(deploy.element.get("script"))
                yield from [Command(text, "deploy", one, (deploy.owner,)) for text, one in texts]

    @cached_property
    def variables(self) -> tuple[Variable, ...]:
        """Every environment variable that is not encrypted."""
        return tuple(self._variables())

    def _variables(self) -> Iterator[Variable]:
        for owner in self.owners:
            env = owner.get("env")
            if env is None:
                continue
            scoped = {"global": env.get("global"), "jobs": env.get("jobs")} if owner is self.root else {}
            if any(scoped.values()):
                yield from _rows(scoped["global"], "global", owner)
                yield from _rows(scoped["jobs"], "matrix", owner)
            else:
                yield from _rows(env, "matrix" if owner is self.root else "job", owner)

    @cached_property
    def deployments(self) -> tuple[Deploy, ...]:
        """Every deployment, also where an anchor repeats one."""
        found = [(owner, owner.get("deploy")) for owner in self.owners]
        return tuple(
            [
                Deploy(one, owner)
                for owner, deploy in found
                if deploy is not None
                for one in flatten(deploy)
                if one.kind == "map"
            ]
        )

    @cached_property
    def conditions(self) -> tuple[Element, ...]:
        """Every `if` with a text: of the root, jobs, stages, rules of the matrix, imports and notifications."""
        return tuple(_conditions(self.root))

    @cached_property
    def remarks(self) -> tuple[Remark, ...]:
        """What shellcheck says about the commands; nothing where programs may not be run."""
        # Imported late: few runs ask for it.
        from travistool.lint.shellcheck import remarks  # noqa: PLC0415

        return remarks(self)

    @cached_property
    def plan(self) -> BuildPlan:
        """The build with every job that any event can bring: all conditions are taken as holding."""
        # Imported late, as below: few files need to be planned.
        from travistool.plan.expand import expand  # noqa: PLC0415
        from travistool.plan.model import Event  # noqa: PLC0415

        return expand(self.normal, Event(), ignore_conditions=True)

    @cached_property
    def plans(self) -> tuple[tuple[str, BuildPlan], ...]:
        """The builds of the sample events, each with the event's name. Expensive: ask only where conditions count."""
        from travistool.lint.samples import EVENTS  # noqa: PLC0415
        from travistool.plan.expand import expand  # noqa: PLC0415

        return tuple([(name, expand(self.normal, event)) for name, event in EVENTS])


def _texts(element: Element | None) -> Iterator[tuple[str, Element]]:
    for one in flatten(element) if element is not None else ():
        if isinstance(one.value, str):
            yield one.value, one


def _rows(element: Element | None, scope: Literal["global", "matrix", "job"], owner: Element) -> Iterator[Variable]:
    for row in flatten(element) if element is not None else ():
        for name, child in row.children.items() if row.kind == "map" else ():
            value: Any = child.value
            if not isinstance(value, dict | list):
                yield Variable(name, "" if value is None else str(value), child, row, scope, owner)


def _conditions(element: Element) -> Iterator[Element]:
    for key, child in element.children.items():
        if key == "if" and isinstance(child.value, str):
            yield child
        elif key not in ("env", "deploy"):
            yield from _conditions(child)
    for item in element.items:
        yield from _conditions(item)
