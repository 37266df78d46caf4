"""Two merge keys in one map. Travis puts in both; a reader that goes by the book refuses the file or takes one."""

from __future__ import annotations

from itertools import pairwise

from travistool.diagnostics import Edit, Fix, Severity
from travistool.document.nodes import Alias, Mapping, Node, Scalar
from travistool.lint.rule import Finding, Rule
from travistool.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.subject import File


def check(file: File) -> Iterator[Finding]:
    for node in file.nodes:
        if not isinstance(node, Mapping):
            continue
        merges = [entry for entry in node.entries if isinstance(entry[0], Scalar) and entry[0].text == "<<"]
        if len(merges) > 1:
            key = merges[1][0]
            message = "a second '<<' in the same map, strict YAML readers refuse it, write one list of both"
            first = Span(file.source, merges[0][0].start, merges[0][0].end)
            yield Finding(
                Span(file.source, key.start, key.end), message, _joined(file, merges), ((first, "the first one"),)
            )


def _joined(file: File, merges: list[tuple[Node, Node]]) -> Fix | None:
    """Return the fix where nothing but line ends lies between the merges; of a list the first map wins, so it is turned."""
    for (_, value), (key, _) in pairwise(merges):
        if file.text[value.end : key.start].strip():
            return None
    names = [value.name for _, value in merges if isinstance(value, Alias)]
    if len(names) != len(merges):
        return None
    first, last = merges[0][1], merges[-1][1]
    text = f"[{', '.join(f'*{name}' for name in reversed(names))}]"
    return Fix(f"write '<<: {text}'", (Edit(Span(file.source, first.start, last.end), text),), safe=True)


RULE = Rule(
    name="repeated-merge",
    severity=Severity.INFO,
    summary="a map has several merge keys",
    why="A key may be present only once in a map, and so may `<<`. Travis takes all of them, strict readers refuse"
    " the file. A list says the same to all; its first map wins, where of several keys the last does.",
    bad="language: c\n_a: &a {os: windows}\n_b: &b {env: B=1}\njobs:\n  include:\n    - <<: *a\n      <<: *b # <- here\n",
    good="language: c\n_a: &a {os: windows}\n_b: &b {env: B=1}\njobs:\n  include:\n    - <<: [*b, *a]\n",
    check=check,
    trigger=("<<",),
    profile="pedantic",
    fix="safe",
)
