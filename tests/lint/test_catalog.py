"""All rules in one list, and their examples."""

import re
from pathlib import Path

import pytest

from tests.lint.findings import findings
from travistool.diagnostics import PAGES
from travistool.lint.catalog import Row, all_rules, find
from travistool.lint.reader import RULES
from travistool.lint.service import CODES

_ROOT = Path(__file__).resolve().parents[2]
_SAID = re.compile(r"""(?:rule="|rule, message = "|Fault\("|report\("|Undecodable\("|Diagnostic\(")([a-z-]+)\"""")


def marked(text: str) -> list[int]:
    return [number for number, line in enumerate(text.splitlines(), 1) if line.rstrip().endswith("# <- here")]


def with_examples() -> list[object]:
    return [pytest.param(row, id=row.name) for row in all_rules() if row.bad]


@pytest.mark.parametrize("row", with_examples())
def test_the_bad_example_shows_the_rule_where_it_is_marked_and_nothing_else(row: Row) -> None:
    (found,) = findings(row.bad, row.name)
    assert [found.span.first().line] == marked(row.bad)
    fix = "none" if found.fix is None else "safe" if found.fix.safe else "unsafe"
    assert (row.severity or found.severity, row.fix) == (found.severity, fix)
    assert {one.rule for one in findings(row.bad)} <= {row.name}


@pytest.mark.parametrize("row", with_examples())
def test_the_good_example_shows_nothing(row: Row) -> None:
    assert findings(row.good, row.name) == ()
    assert findings(row.good) == ()


def test_every_code_and_every_finding_of_the_reader_has_a_row() -> None:
    codes = {row.code for row in all_rules() if row.code is not None}
    assert codes == set(CODES)
    sources = [*(_ROOT / "travistool" / "document").glob("*.py"), _ROOT / "travistool" / "cli" / "files.py"]
    said = {name for source in sources for name in _SAID.findall(source.read_text(encoding="utf-8"))}
    assert {rule.name for rule in RULES} == said


def test_names_are_sorted_and_unique() -> None:
    names = [row.name for row in all_rules()]
    assert names == sorted(set(names))


def test_every_official_rule_has_an_example() -> None:
    assert [row.name for row in all_rules() if row.code is not None and not (row.bad and row.good)] == []


@pytest.mark.parametrize(
    ("name", "found"),
    [
        pytest.param("unknown-key", "unknown-key", id="a rule's name"),
        pytest.param("unknown_key", "unknown-key", id="an official code"),
        pytest.param("yaml-syntax", "yaml-syntax", id="a finding of the reader"),
        pytest.param("nothing", None, id="no rule"),
    ],
)
def test_find(name: str, found: str | None) -> None:
    row = find(name)
    assert (row and row.name) == found
    assert row is None or row.url == f"{PAGES}/{found}.md"
