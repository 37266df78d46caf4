"""A report as JUnit's XML."""

from xml.etree import ElementTree as ET

from tests.simulate.reports.results import APART, BAD, GOOD, build
from travistool.simulate.reports.junit import text
from travistool.simulate.result import Phase

FAILED = BAD._replace(number="1.4", allow_failure=False, tail=("$ make a", "no \x1b[31ma\x1b[0m \x00"))
LOST = FAILED._replace(number="1.5", state="errored", phases=(Phase("install", "errored", 1.0),), exit_code=137)


def test_outcomes() -> None:
    """What failed is told, and not what came before or after it."""
    root = ET.fromstring(text(build(GOOD, BAD, APART, FAILED, LOST)))
    counts = {name: root.get(name) for name in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "5", "failures": "1", "errors": "1", "skipped": "2"}
    assert [(inside.tag, inside.get("message"), inside.text) for case in root.iter("testcase") for inside in case] == [
        ("skipped", "failed, allowed to fail: script: 'make a\nmake b' exited with 2", None),
        ("skipped", "skipped: it runs on windows", None),
        ("failure", "script: 'make a\nmake b' exited with 2", "$ make a\nno a \ufffd"),
        ("error", "exited with 137", "$ make a\nno a \ufffd"),
    ]
