"""Old findings in a file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travistool.diagnostics import Diagnostic
from travistool.errors import FileError
from travistool.lint.baseline import Left, Recording, baseline, fingerprint
from travistool.lint.engine import lint
from travistool.lint.selection import Choice, Layer
from travistool.pipeline import read
from travistool.source import Source

TEXT = "language: c\nfoo: 1\nsudo: no\njobs:\n  include:\n    - os: ubuntu\n    - os: ubuntu\n"


# Jobs that are equal on purpose: how often the same thing is found is what counts here.
_NO_MATRIX = Choice((Layer(ignore=("matrix",)),))


def found(text: str) -> tuple[Diagnostic, ...]:
    return lint(read(Source("test.yml", text)), choice=_NO_MATRIX)


def recorded(text: str, path: str = "a.yml") -> str:
    recording = Recording()
    recording.leave_out(path, found(text))
    return recording.text()


def test_the_file() -> None:
    recording = Recording()
    assert recording.leave_out("b.yml", found("language: c\nsudo: no\n")) == Left((), 1)
    assert recording.leave_out("a.yml", found("jobs:\n  include:\n    - os: ubuntu\n    - os: ubuntu\n")) == Left((), 2)
    assert recording.text() == (
        '{\n  "version": 1,\n  "findings": [\n'
        '    {"path": "a.yml", "rule": "alias-value", "message": "\'ubuntu\' is another name for \'linux\'", '
        '"fingerprint": "4b7854d76c970831", "count": 2},\n'
        '    {"path": "b.yml", "rule": "deprecated-key", "message": "\'sudo\' no longer has any effect, delete it", '
        '"fingerprint": "8bc167a18dc5655b", "count": 1}\n'
        "  ]\n}\n"
    )


def test_nothing_found() -> None:
    assert recorded("language: c\n") == '{\n  "version": 1,\n  "findings": []\n}\n'
    assert baseline(recorded("language: c\n"), "x").leave_out("a.yml", ()) == Left(())


@pytest.mark.parametrize(
    ("text", "new", "old", "gone"),
    [
        pytest.param(TEXT, [], 4, 0, id="the same"),
        pytest.param("# moved\n\n" + TEXT, [], 4, 0, id="moved"),
        pytest.param(TEXT + "bar: 1\n", ["unknown-key"], 4, 0, id="one more of another text"),
        pytest.param(TEXT + "    - os: ubuntu\n", ["alias-value"], 4, 0, id="one more of the same text"),
        pytest.param(TEXT.replace("foo: 1\n", ""), [], 3, 1, id="one gone"),
        pytest.param(TEXT.replace("    - os: ubuntu\n", "", 1), [], 3, 0, id="one of two gone"),
        pytest.param("language: c\n", [], 0, 3, id="all gone"),
    ],
)
def test_leave_out(text: str, new: list[str], old: int, gone: int) -> None:
    left = baseline(recorded(TEXT), "x").leave_out("a.yml", found(text))
    assert ([one.rule for one in left.diagnostics], left.old, left.gone) == (new, old, gone)


def test_other_paths_are_others() -> None:
    read_back = baseline(recorded(TEXT), "x")
    listed = found(TEXT)
    assert read_back.leave_out("b.yml", listed) == Left(listed)
    assert read_back.paths() == {"a.yml": 3}


def test_a_finding_of_travis_survives_other_words() -> None:
    (one,) = found("language: c\nsudo: no\n")
    assert fingerprint(one._replace(message="other words")) == fingerprint(one)
    assert fingerprint(one._replace(official=None)) != fingerprint(one)


def test_no_secret_is_written() -> None:
    text = recorded("deploy:\n  provider: npm\n  api_token: s3cr3tvalue\n")
    assert "secure" in text
    assert "s3cr3t" not in text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("", "expecting value: line 1 column 1 (char 0)", id="empty"),
        pytest.param("{}", "it has no 'version'", id="no version"),
        pytest.param('{"version": 2}', "its version is 2, not 1", id="another version"),
        pytest.param('{"version": 1}', "it has no 'findings'", id="no findings"),
        pytest.param('{"version": 1, "findings": [{"path": "a"}]}', "it has no 'rule'", id="half an entry"),
        pytest.param(
            '{"version": 1, "findings": [{"path": "a", "rule": "b", "fingerprint": "c", "count": "d"}]}',
            "an entry has a value of the wrong type",
            id="wrong type",
        ),
    ],
)
def test_no_baseline(text: str, why: str) -> None:
    with pytest.raises(FileError) as raised:
        baseline(text, "old.json")
    assert raised.value.message == f"old.json is not a baseline: {why}"


@given(st.lists(st.sampled_from(["foo: 1", "sudo: no", "os: ubuntu", "bar: x", "language: pythn", ""]), max_size=8))
def test_what_was_recorded_is_left_out(lines: list[str]) -> None:
    text = "\n".join(lines)
    again = found(text)
    assert baseline(recorded(text), "x").leave_out("a.yml", again) == Left((), len(again))
