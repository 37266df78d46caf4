"""The totals of an audit on terminals of any width: nothing is cut, and each outcome is seen."""

from functools import cache

import pytest

from travistool.audit.row import STATE_TITLES, STATES, Linted, Migrated, Planned, Row, State
from travistool.audit.totals import Totals
from travistool.cli.totals import as_table
from travistool.migrate.targets import TARGETS
from travistool.migrate.tasks import KINDS, TITLES
from travistool.report.layout import Style

FILES = 12_345


@cache
def many() -> Totals:
    """Return totals of many files: one of each outcome, all others by hand, with a task of each kind."""
    totals = Totals([one.name for one in TARGETS])
    for state in STATES:
        totals.add(row(state, 0))
    others = [row("work", number) for number in range(30)]
    for number in range(FILES - len(STATES)):
        totals.add(others[number % len(others)])
    return totals


def row(state: State, number: int) -> Row:
    made = [
        Migrated(
            target=one.name,
            state=state,
            why="no job can ever run" if state == "stopped" else "",
            files=1,
            tasks=dict.fromkeys(KINDS, 3),
            changes_rows=1,
            equal=None,
        )
        for one in TARGETS
    ]
    lint = Linted(errors=1, warnings=20, infos=3, rules={f"rule-{number % 20}": 24})
    plan = Planned(jobs=7, stages=2, languages=["go"], os=["linux"], services=[f"s{number}"], providers=[])
    return Row(path="r", problem="", imports=False, lint=lint, plan=plan, targets=made, crashes=[])


@pytest.mark.parametrize("width", [20, 80, 94, 108, 140, 400])
def test_nothing_is_cut(width: int) -> None:
    text = as_table(many(), Style(color=False, width=width))
    assert "…" not in text
    assert max(map(len, text.splitlines())) <= min(max(width, 80), 140)
    for said in (
        "12,345",
        "86,415 jobs",
        "246,900 warnings",
        "no job can ever run",
        "and 22 more",
        *STATE_TITLES.values(),
    ):
        assert [word for word in said.split() if word not in text] == []
    for one in TARGETS:
        assert one.title in text
        assert text.count(f" {one.name}") >= 1
    assert [kind for kind in KINDS if TITLES[kind] not in text] == []
    assert text.count(f"{len(TARGETS) and FILES:,}") > len(TARGETS) * len(KINDS)


def test_each_outcome_is_seen_in_the_bar() -> None:
    lines = as_table(many(), Style(color=False, width=120)).splitlines()
    (line,) = (line for line in lines if line.startswith(" GitHub"))
    assert line.split()[2] == "█▓" + "▒" * 20 + "░!"
