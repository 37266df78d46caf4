"""What holds for every text, YAML or not."""

from hypothesis import example, given
from hypothesis import strategies as st

from tests.examples import examples
from travistool.diagnostics import Severity
from travistool.document.dialect import resolve
from travistool.document.nodes import Alias, Mapping, Node, Scalar
from travistool.document.parse import parse
from travistool.source import Source

# Pieces that make YAML likely and trouble certain.
PIECES = st.sampled_from(
    [
        *(
            "a",
            "b: ",
            "- ",
            "\n",
            "\n  ",
            " ",
            ": ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "'",
            '"',
            "&x ",
            "*x",
            "<<: ",
            "!t ",
            "|\n",
        ),
        *(">-\n", "#c", "\t", "\r", "---\n", "? ", "\ufeff", "\xa0", "\u200b", "\u2028", "\u00e9", "\x00", "\x0c"),
        *("%", "@", "\\", "\ud800", "a:b"),
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join))


@examples(400)
@given(TEXTS)
@example('"\\')
def test_never_raises_and_places_are_inside(text: str) -> None:
    source = Source("test.yml", text)
    document = parse(source)
    value, problems = resolve(document)
    for problem in (*document.problems, *problems):
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
        assert "\n" not in problem.message
    if any(problem.severity is Severity.ERROR for problem in document.problems):
        assert (document.root, value) == (None, None)
    if document.root is not None:
        _check_inside(document.root, 0, len(text))


def _check_inside(node: Node, start: int, end: int) -> None:
    assert start <= node.start <= node.end <= end
    if isinstance(node, Scalar | Alias):
        return
    parts = [part for entry in node.entries for part in entry] if isinstance(node, Mapping) else list(node.items)
    before = node.start
    for part in parts:
        assert before <= part.start
        before = part.end
        _check_inside(part, node.start, node.end)
