"""The whole output of every view of a plan for the cases of `fixtures/plans/`, written by `pytest --update-golden`."""

import shutil
import sys
from pathlib import Path

import pytest

from travistool.cli.main import main

CASES = Path(__file__).resolve().parents[2] / "fixtures" / "plans"
EVENT = (
    "--repo",
    "acme/demo",
    "--branch",
    "main",
    "--default-branch",
    "main",
    "--message",
    "Update",
    "--sender",
    "dev",
)
VIEWS = {
    "tree.txt": (),
    "tag.txt": ("--event", "tag", "--tag", "v1.2", "--branch", "v1.2"),
    "colored.txt": ("--color=always",),
    "table.txt": ("--format=table",),
    "why.txt": ("--why",),
    "events.txt": ("--table",),
    "job.txt": ("--job=1",),
    "merged.yml": ("--merged",),
    "merged.json": ("--merged", "--format=json"),
    "plan.json": ("--format=json",),
    "why.json": ("--why", "--format=json"),
    "chart.mmd": ("--format=mermaid",),
    "page.html": ("--format=html",),
}


def report(case: Path, view: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return what a call prints in a copy of the case that is in no git repository."""
    shutil.copytree(case, folder / "case")
    monkeypatch.chdir(folder / "case")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder))
    output = folder / "output"
    options = list(VIEWS[view])
    # Options that are given twice count as given last.
    color = [] if any(option.startswith("--color") for option in options) else ["--color=never"]
    arguments = ["expand", "config.yml", *EVENT, *color, *options, "--output", str(output)]
    monkeypatch.setattr(sys, "argv", ["travistool", *arguments])
    assert main() == 0
    return output.read_bytes().decode()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_view(case: Path, view: str, update_golden: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = report(case, view, tmp_path, monkeypatch)
    path = case / view
    if update_golden:
        path.write_bytes(found.encode())
    assert path.read_bytes().decode() == found


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_no_stale_files(case: Path) -> None:
    assert {path.name for path in case.iterdir() if path.is_file()} == {"config.yml", *VIEWS}


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_lines_fit(case: Path) -> None:
    """Nobody's terminal wraps the columns; the width without a terminal is 120."""
    for view in ("tree.txt", "tag.txt", "table.txt", "events.txt"):
        from travistool.report.columns import width

        assert [line for line in (case / view).read_text().splitlines() if width(line) > 120] == []


def test_there_are_cases() -> None:
    assert len(list(CASES.iterdir())) >= 4
