"""A report as Markdown."""

from tests.simulate.reports.results import APART, BAD, GOOD, build
from travistool.simulate.reports.md import text


def test_rows() -> None:
    """Of a command of several lines the first is enough."""
    rows = [line for line in text(build(GOOD, BAD, APART)).splitlines() if line.startswith("| 1.")]
    assert [row.split(" | ")[0] for row in rows] == ["| 1.1 good", "| 1.2", "| 1.3"]
    assert rows[1].endswith("| 3.8 s | script: `make a` exited with 2 |")
    assert rows[2].endswith("it runs on windows |")
