"""The Python API: what its docstrings and docs/api.md promise."""

import pytest

from travistool.api import Severity, read_config

TEXT = """\
language: python
matrix:
  include:
    - script: &test make test
    - script: *test
script: a
script: b
"""


def test_data_is_the_normalized_config() -> None:
    assert read_config("language: Python\nscript: x\n").data == {
        "language": "python",
        "os": ["linux"],
        "dist": "focal",
        "script": ["x"],
    }


def test_data_of_a_broken_text_is_none() -> None:
    config = read_config("a: [", "x.yml")
    assert config.data is None
    assert [(finding.rule, finding.severity) for finding in config.findings()] == [("yaml-syntax", Severity.ERROR)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param(("language",), "python", id="value"),
        pytest.param(("matrix", "include", 0, "script"), "make test", id="anchored"),
        pytest.param(("matrix", "include", 1, "script"), "*test", id="alias"),
        pytest.param(("script",), "b", id="last of two"),
        pytest.param(("jobs",), None, id="only the written name"),
        pytest.param(("matrix", "include", 2), None, id="no such item"),
        pytest.param(("language", "x"), None, id="through a scalar"),
    ],
)
def test_span(path: tuple[str | int, ...], text: str | None) -> None:
    span = read_config(TEXT).span(*path)
    assert (None if span is None else span.text) == text


def test_findings_have_places() -> None:
    (finding,) = read_config("langauge: python\n").findings()
    assert (finding.rule, finding.span.first().line, finding.span.last().column) == ("find-key", 1, 9)


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(KeyError):
        read_config("").findings("other")
