"""Items moved up in a list, with their comments, blank lines and line ends."""

import pytest

from travistool.document.moving import move_up
from travistool.document.nodes import Mapping, Sequence
from travistool.lint.fixing import applied
from travistool.pipeline import read
from travistool.source import Source


def moved(text: str, first: int, end: int, after: int) -> str | None:
    """Return a text whose list under `a` has been changed, None where it must not be."""
    source = Source("x", text)
    root = read(source).document.root
    assert isinstance(root, Mapping)
    value = root.entries[0][1]
    assert isinstance(value, Sequence)
    edits = move_up(source, value, first, end, after)
    return applied(text, edits) if edits else None


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        pytest.param("a:\n- 1\n- 2\n- 3\nb: c\n", "a:\n- 1\n- 3\n- 2\nb: c\n", id="last"),
        pytest.param("a:\n- 1\n- 2\n- 3\n- 4\n", "a:\n- 1\n- 3\n- 2\n- 4\n", id="in the middle"),
        pytest.param("a:\n- 1\n- 2\n- 3", "a:\n- 1\n- 3\n- 2", id="no line end at the end"),
        pytest.param("a:\r\n- 1\r\n- 2\r\n- 3", "a:\r\n- 1\r\n- 3\r\n- 2", id="CR LF, none at the end"),
        pytest.param(
            "a:\n  - 1\n\n  # two\n  - 2\n\n  # three\n  # more\n  - 3 # end\n\nb: c\n",
            "a:\n  - 1\n\n  # three\n  # more\n  - 3 # end\n\n  # two\n  - 2\n\nb: c\n",
            id="comments and blank lines",
        ),
        pytest.param(
            "a:\n- 1\n- |\n  x\n  # no comment\n- b: c\n  d: e\n",
            "a:\n- 1\n- b: c\n  d: e\n- |\n  x\n  # no comment\n",
            id="a block of text above",
        ),
        pytest.param("a:\n- 1\n- 2\n- &x 3\n- *x\n", "a:\n- 1\n- &x 3\n- 2\n- *x\n", id="an anchor"),
        pytest.param("a:\n- 1\n- &x 2\n- *x\n", None, id="an alias of what is passed"),
        pytest.param("a:\n- &x 1\n- 2\n- &x 3\n", None, id="an anchor that is given twice"),
        pytest.param("a: [1, 2, 3]\n", None, id="in brackets"),
    ],
)
def test_an_item_moves_behind_the_first(before: str, wanted: str | None) -> None:
    assert moved(before, 2, 3, 0) == wanted


def test_several_items() -> None:
    assert moved("a:\n- 1\n- 2\n- 3\n- 4\n- 5\n", 2, 4, 0) == "a:\n- 1\n- 3\n- 4\n- 2\n- 5\n"


def test_what_is_there_already_stays() -> None:
    assert moved("a:\n- 1\n- 2\n- 3\n", 1, 2, 0) is None
