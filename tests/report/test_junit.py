"""JUnit: XML that parsers take, with numbers that add up."""

from xml.etree import ElementTree as ET

import pytest

from tests.report.samples import NASTY, finding, linted, report, unreadable


def test_numbers_add_up() -> None:
    files = (linted("os: ubuntu\nsudo: no\nfoo: 1\n"), linted("os: linux\n", path="clean.yml"), unreadable("gone.yml"))
    root = ET.fromstring(report("junit", *files))
    suites = root.findall("testsuite")
    assert [suite.get("name") for suite in suites] == ["a.yml", "clean.yml", "gone.yml"]
    for attribute, tag in (("tests", "testcase"), ("failures", "testcase/failure")):
        assert [int(suite.get(attribute, "")) for suite in suites] == [len(suite.findall(tag)) for suite in suites]
        assert int(root.get(attribute, "")) == sum(int(suite.get(attribute, "")) for suite in suites)
    assert {root.get("errors"), *(suite.get("errors") for suite in suites)} == {"0"}


def test_cases() -> None:
    root = ET.fromstring(report("junit", linted("os: ubuntu\nfoo: 1\n")))
    first, second = root.iter("testcase")
    assert first.attrib == {"classname": "a.yml", "name": "alias-value:1:5", "file": "a.yml", "line": "1"}
    assert [child.tag for child in first] == ["system-out"]
    assert second[0].tag == "failure"
    assert second[0].get("type") == "warning"
    assert second[0].text == f"a.yml:2:1: warning: {second[0].get('message')}"


def test_a_clean_file_is_a_passed_case() -> None:
    (case,) = ET.fromstring(report("junit", linted("os: linux\n"))).iter("testcase")
    assert (case.attrib, list(case)) == ({"classname": "a.yml", "name": "lint", "file": "a.yml"}, [])


def test_names_that_look_like_cases_are_not_counted() -> None:
    root = ET.fromstring(report("junit", finding("a\n", path="<testcase .yml", message="<testcase <testcase ")))
    assert root.get("tests") == "1"


@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_any_text_is_xml(text: str) -> None:
    root = ET.fromstring(
        report("junit", finding(f"a: {text}\n", path=text, message=text), unreadable(text, text)).encode()
    )
    assert [suite.get("tests") for suite in root] == ["1", "1"]


def test_markup_is_text() -> None:
    root = ET.fromstring(report("junit", finding("a\n", path='<&">.yml', message="<b>&amp;</b>")))
    (failure,) = root.iter("failure")
    assert failure.get("message") == "<b>&amp;</b>"
    assert root[0].get("name") == '<&">.yml'
