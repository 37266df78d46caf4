"""SARIF 2.1.0: what its schema and GitHub's code scanning require, checked on reports of many kinds."""

import json
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from tests.report.samples import NASTY, finding, linted, report, unreadable
from travistool import __version__
from travistool.diagnostics import Diagnostic, Findings, Severity
from travistool.source import Source, Span

Object = dict[str, Any]


def valid(text: str) -> Object:
    """Return the one run of a log, after checking all that the standard requires of the parts we use."""
    log = json.loads(text)
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert set(run) == {"tool", "columnKind", "results"}
    assert run["columnKind"] in ("unicodeCodePoints", "utf16CodeUnits")
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("travistool", __version__)
    ids = [rule["id"] for rule in driver["rules"]]
    assert sorted(set(ids)) == ids
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
        assert urlsplit(rule["helpUri"]).scheme == "https"
    for result in run["results"]:
        check_result(result, ids)
    return dict(run)


def check_result(result: Object, ids: list[str]) -> None:
    assert set(result) <= {"ruleId", "ruleIndex", "level", "message", "locations", "relatedLocations", "fixes"}
    assert ids[result["ruleIndex"]] == result["ruleId"]
    assert result["level"] in ("none", "note", "warning", "error")
    assert result["message"]["text"]
    assert len(result["locations"]) == 1
    for location in (*result["locations"], *result.get("relatedLocations", ())):
        place = location["physicalLocation"]
        check_uri(place["artifactLocation"]["uri"])
        if "region" in place:
            check_region(place["region"])
    for fix in result.get("fixes", ()):
        assert fix["description"]["text"]
        for change in fix["artifactChanges"]:
            check_uri(change["artifactLocation"]["uri"])
            assert change["replacements"]
            for replacement in change["replacements"]:
                check_region(replacement["deletedRegion"])
                assert isinstance(replacement["insertedContent"]["text"], str)


def check_region(region: Object) -> None:
    start, end = (region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"])
    assert (1, 1) <= start <= end


def check_uri(uri: str) -> None:
    assert uri.isascii()
    assert not set(uri) & set(' <>"{}|\\^`\n')


def test_result() -> None:
    source = Source("a.yml", "a: b\nc: d\n")
    related = ((Span(source, 0, 1), "first"),)
    diagnostic = Diagnostic("edge", Severity.INFO, "wrong", Span(source, 8, 9), None, None, related)
    (result,) = valid(report("sarif", Findings("a.yml", source, (diagnostic,))))["results"]
    file = {"artifactLocation": {"uri": "a.yml"}}
    assert result == {
        "ruleId": "edge",
        "ruleIndex": 0,
        "level": "note",
        "message": {"text": "wrong"},
        "locations": [
            {"physicalLocation": file | {"region": {"startLine": 2, "startColumn": 4, "endLine": 2, "endColumn": 5}}}
        ],
        "relatedLocations": [
            {
                "physicalLocation": file | {"region": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 2}},
                "message": {"text": "first"},
            }
        ],
    }


def test_rules_of_several_files() -> None:
    run = valid(report("sarif", linted("sudo: no\nfoo: 1\n"), linted("a: [\n", path="b.yml"), unreadable("c.yml")))
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["deprecated-key", "unknown-key", "unreadable-file", "yaml-syntax"]
    assert {result["level"] for result in run["results"]} == {"note", "warning", "error"}
    assert "region" not in run["results"][-1]["locations"][0]["physicalLocation"]


def test_fixes() -> None:
    (result,) = valid(report("sarif", linted("os: ubuntu\n")))["results"]
    (replacement,) = result["fixes"][0]["artifactChanges"][0]["replacements"]
    assert replacement == {
        "deletedRegion": {"startLine": 1, "startColumn": 5, "endLine": 1, "endColumn": 11},
        "insertedContent": {"text": "linux"},
    }


def test_nothing_found() -> None:
    run = valid(report("sarif", linted("os: linux\n")))
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        pytest.param("./a/b.yml", "a/b.yml", id="relative"),
        pytest.param("a b%c#d?e.yml", "a%20b%25c%23d%3Fe.yml", id="escaped"),
        pytest.param("ä.yml", "%C3%A4.yml", id="not ASCII"),
        pytest.param("a\\b.yml", "a/b.yml", id="of Windows"),
    ],
)
def test_uri(path: str, uri: str) -> None:
    (result,) = valid(report("sarif", finding("a\n", path=path)))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}


@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_any_text(text: str) -> None:
    run = valid(report("sarif", finding(f"a: {text}\n", path=text, message=text), unreadable(text, text)))
    assert [result["message"]["text"] for result in run["results"]] == [text, text]
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri) == text.encode("utf-8", "replace").decode().replace("\\", "/")
