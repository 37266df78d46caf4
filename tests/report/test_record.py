"""Findings as JSON: whole records, and text that survives."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report.samples import NASTY, finding, linted, report, unreadable
from travistool.diagnostics import Diagnostic, Edit, Findings, Fix, Severity
from travistool.report.record import dump
from travistool.source import Source, Span

PAGE = "https://github.com/travistool/travistool/blob/main/docs/rules"
PLACE = {"start": {"line": 1, "column": 4}, "end": {"line": 1, "column": 5}}


def test_all_fields() -> None:
    source = Source("a.yml", "a: b\n")
    span = Span(source, 3, 4)
    fix = Fix("do it", (Edit(span, "c"),), safe=False)
    diagnostic = Diagnostic("edge", Severity.INFO, "wrong", span, fix, None, ((span, "here"),))
    wanted = {
        "path": "a.yml",
        "rule": "edge",
        "severity": "info",
        "message": "wrong",
        "span": PLACE,
        "url": f"{PAGE}/edge.md",
        "fix": {"title": "do it", "safe": False, "edits": [{"span": PLACE, "text": "c"}]},
        "related": [{"span": PLACE, "message": "here"}],
    }
    findings = Findings("a.yml", source, (diagnostic,))
    assert json.loads(report("jsonl", findings)) == wanted
    assert json.loads(report("json", findings))["diagnostics"] == [wanted]


def test_official() -> None:
    row = json.loads(report("jsonl", linted("os: ubuntu\n")))
    assert row["official"] == {
        "level": "info",
        "key": "os",
        "code": "alias_value",
        "args": {"alias": "ubuntu", "value": "linux"},
    }


def test_a_file_that_is_no_config() -> None:
    rows = [json.loads(line) for line in report("jsonl", unreadable(), linted("- a\n")).splitlines()]
    assert rows[0] == {
        "path": "a.yml",
        "error": {"code": "unreadable-file", "message": "cannot read the file: it burns", "span": None},
    }
    assert rows[1]["error"]["code"] == "root-not-a-map"
    assert rows[1]["error"]["span"] == {"start": {"line": 1, "column": 1}, "end": {"line": 1, "column": 4}}
    assert len(rows) == 2


def test_summary() -> None:
    whole = json.loads(report("json", finding("a: b\n"), unreadable(), linted("os: linux\n")))
    assert whole["summary"] == {"files": 3, "errors": 1, "warnings": 1, "infos": 0}
    assert [row["rule"] for row in whole["diagnostics"]] == ["edge", "unreadable-file"]


@given(st.recursive(st.text(), lambda inner: st.lists(inner, max_size=3), max_leaves=4))
def test_dump_keeps_every_text(data: object) -> None:
    for indent in (None, 2):
        text = dump(data, indent)
        assert json.loads(text) == data
        assert text.replace("\n", "").isprintable()


@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_dump_keeps_nasty_texts(text: str) -> None:
    assert json.loads(dump([text])) == [text]


def test_dump_keeps_what_can_be_read() -> None:
    assert dump({"é": "日本 💎"}) == '{"é": "日本 💎"}'
