"""The whole output of every format for the files of `fixtures/reports/`, written by `pytest --update-golden`."""

import gc
import sys
from pathlib import Path

import pytest

from travistool import __version__
from travistool.cli.main import main
from travistool.report.formats import FORMATS

CASES = Path(__file__).resolve().parents[2] / "fixtures" / "reports"
SUFFIXES = {"json": ".json", "jsonl": ".jsonl", "sarif": ".sarif", "gitlab": ".json", "junit": ".xml"}
LOOKS = (*FORMATS, "colored")


def report(case: Path, look: str, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> str:
    monkeypatch.chdir(case)
    names = sorted(path.name for path in case.glob("*.yml"))
    if len(names) > 1:
        names.append("gone.yml")
    options = ["--color=always"] if look == "colored" else ["--color=never", f"--format={look}"]
    monkeypatch.setattr(sys, "argv", ["travistool", "lint", *options, *names])
    main()
    gc.enable()
    gc.unfreeze()
    out, err = capsysbinary.readouterr()
    assert err == b""
    return out.decode().replace(f'"version": "{__version__}"', '"version": "VERSION"')


def expected(case: Path, look: str) -> Path:
    return case / f"{look}{SUFFIXES.get(look, '.txt')}"


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_report(
    case: Path,
    look: str,
    update_golden: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    found = report(case, look, monkeypatch, capsysbinary)
    path = expected(case, look)
    if update_golden:
        path.write_bytes(found.encode())
    assert path.read_bytes().decode() == found


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_no_stale_files(case: Path) -> None:
    wanted = {expected(case, look).name for look in LOOKS}
    assert {path.name for path in case.iterdir() if path.suffix != ".yml"} == wanted


def test_there_are_cases() -> None:
    assert len(list(CASES.iterdir())) >= 5
