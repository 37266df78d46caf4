"""The same list of commands in several jobs: the next change is made in all but one of them."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import PHASES, written
from travistool.lint.wording import quoted
from travistool.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.document.nodes import Node
    from travistool.lint.subject import File
    from travistool.schema.elements import Element

_COMMANDS = 3
_JOBS = 3


def check(file: File) -> Iterator[Finding]:
    seen: dict[tuple[str, ...], dict[int, tuple[Element, Node]]] = {}
    for job in file.jobs:
        for phase in PHASES:
            block = job.get(phase)
            node = written(block) if block is not None else None
            if block is None or node is None or len(block.items) < _COMMANDS:
                continue
            # A block that an anchor repeats has one node.
            seen.setdefault((phase, *[str(one.plain()) for one in block.items]), {})[id(node)] = (block, node)
    for (phase, *commands), blocks in seen.items():
        if len(blocks) >= _JOBS:
            (first, _), *rest = blocks.values()
            related = tuple([(_key(block), "the same") for block, _ in rest[:5]])
            message = (
                f"{len(blocks)} jobs have the same {len(commands)} commands under {quoted(phase)}, "
                "write them once with an anchor or in a file"
            )
            yield Finding(_key(first), message, related=related)


def _key(block: Element) -> Span:
    return block.key_span()


RULE = Rule(
    name="repeated-blocks",
    severity=Severity.INFO,
    summary="several jobs repeat the same commands",
    why="Copies drift apart. An anchor (`&name` and `*name`), a script file, or the phase at the root, which all jobs get, "
    "says it once.",
    bad="language: c\njobs:\n  include:\n"
    + "".join(
        [
            f"    - name: {name}\n      install:{mark}\n        - make deps\n        - make tools\n        - make config\n"
            for name, mark in (("a", " # <- here"), ("b", ""), ("c", ""))
        ]
    ),
    good="language: c\ninstall:\n  - make deps\n  - make tools\n  - make config\n"
    "jobs:\n  include:\n    - name: a\n    - name: b\n    - name: c\n",
    check=check,
    trigger=("include",),
    profile="strict",
)
