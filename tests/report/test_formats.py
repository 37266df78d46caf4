"""What holds for every format: nothing steers a terminal, nothing is lost, names are in step."""

import pytest

from tests.report.samples import NASTY, finding, linted, report, unreadable
from travistool.report.formats import FORMATS, output_format
from travistool.report.layout import Style


@pytest.mark.parametrize("name", FORMATS)
def test_names(name: str) -> None:
    assert output_format(name).name == name


def test_unknown_format() -> None:
    with pytest.raises(KeyError):
        output_format("layout")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_nothing_steers_the_terminal(name: str, text: str) -> None:
    files = (
        finding(f"a: {text}\n", path=text, message=f"wrong {text}"),
        unreadable(text, f"wrong {text}"),
        linted(f"{text}: 1\n'{text}': 1\n", path=text),
    )
    out = report(name, *files, style=Style(width=80))
    assert out.replace("\n", "").isprintable()
    out.encode()


@pytest.mark.parametrize("name", FORMATS)
def test_one_record_a_line_where_lines_count(name: str) -> None:
    """Line ends in names and messages do not break a report's lines."""
    plain = report(name, finding("a: b\n", path="a b.yml", message="a b"))
    broken = report(name, finding("a: b\n", path="a\nb.yml", message="a\nb"))
    assert plain.count("\n") == broken.count("\n")


@pytest.mark.parametrize("name", FORMATS)
def test_no_files(name: str) -> None:
    out = report(name)
    assert "\n\n" not in out
    assert out == "" or out.endswith("\n")


@pytest.mark.parametrize("name", FORMATS)
def test_paths_are_kept(name: str) -> None:
    assert "sub/ä.yml" in report(name, finding("a: b\n", path="sub/ä.yml")).replace("%C3%A4", "ä")
