"""What docs/lifecycle.md says about the end of a job, run."""

import re
from pathlib import Path

import pytest

from tests.simulate.test_host import Ran
from travistool.plan.phases import PHASES
from travistool.simulate.result import job_state

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "lifecycle.md").read_text()
ROWS = [
    (config.replace("\\|", "|"), state)
    for config, state in re.findall(r"^\| `(\w+: .*)` \| (passed|failed|errored) \|", PAGE, re.MULTILINE)
]


def test_there_are_rows() -> None:
    assert len(ROWS) == PAGE.split("## How a job ends")[1].split("## What lasts")[0].count("\n| `")
    assert len(ROWS) > 15


@pytest.mark.parametrize(("config", "state"), ROWS, ids=[config for config, _ in ROWS])
def test_how_a_job_ends(config: str, state: str) -> None:
    script = "" if config.startswith("script:") else "script: 'true'\n"
    ran = Ran(f"language: shell\n{script}{config}\n")
    assert ran.ending.exit_code is not None
    assert job_state(ran.ending.exit_code) == state, ran.log


def test_all_phases_are_named() -> None:
    told = PAGE.split("## How a job ends")[0]
    assert [name for name in PHASES if name not in ("deploy", *re.findall(r"`(\w+)`", told))] == []
