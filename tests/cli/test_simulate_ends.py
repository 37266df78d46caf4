"""How a run of `travistool simulate` ends before its time, and what can be done after it."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Build, Call
from tests.cli.simulated import HOST, report
from tests.processes import ends

pytestmark = pytest.mark.jobs

CODES: dict[int, int] = {signal.SIGINT: 130, signal.SIGTERM: 4}


@pytest.mark.parametrize(
    ("option", "why"), [("--timeout", "it ran longer than 0.5 s"), ("--silence", "it printed nothing for 0.5 s")]
)
def test_limits(build: Build, folder: Path, option: str, why: str) -> None:
    ran = build(
        "language: shell\nscript: sleep 60\nafter_script: echo no\n", option, "0.5", "--report", "json=out.json"
    )
    assert ran.code == 3
    (job,) = report(folder)["jobs"]
    assert (job["state"], job["exit_code"], job["problem"]) == ("errored", None, why)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "terminated"])
@pytest.mark.parametrize("phase", ["install", "script", "after_script"])
def test_interrupted(folder: Path, build: Build, phase: str, number: int) -> None:
    build(f"language: shell\nscript: 'true'\n{phase}: 'echo now; sleep 4321'\nafter_failure: echo no\n", "--list")
    call = [sys.executable, "-m", "travistool", "simulate", "--engine", "host"]
    process = subprocess.Popen(call, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    while process.stdout.readline().rstrip() != "now":
        assert process.poll() is None
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == CODES[number]
    assert "canceled" in out
    assert "canceling" in err
    assert ends("^sleep 4321")


@pytest.mark.parametrize("number", list(CODES), ids=["Ctrl-C", "terminated"])
@pytest.mark.parametrize("when", ["now", "-- waiting for changes"], ids=["in a run", "between two"])
def test_interrupted_while_it_watches(folder: Path, build: Build, when: str, number: int) -> None:
    build(f"language: shell\nscript: 'echo now; {'sleep 4323' if when == 'now' else 'true'}'\n", "--list")
    call = [sys.executable, "-m", "travistool", "simulate", "--engine", "host", "--watch"]
    process = subprocess.Popen(call, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    while not process.stdout.readline().startswith(when):
        assert process.poll() is None
    time.sleep(0.2)
    process.send_signal(number)
    process.communicate(timeout=10)
    assert process.returncode == CODES[number]


SLOW_GIT = """#!/bin/bash
if [[ " $* " = *" fetch "* ]]; then echo fetching > "$TOLD"; sleep 30; fi
exec %s "$@"
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "terminated"])
def test_interrupted_while_it_checks_out(
    folder: Path, build: Build, number: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    build("language: shell\nscript: echo never\n", "--list")
    aside = tmp_path_factory.mktemp("aside")
    (aside / "git").write_text(SLOW_GIT % shutil.which("git"))
    (aside / "git").chmod(0o755)
    environ = {**os.environ, "PATH": f"{aside}{os.pathsep}{os.environ['PATH']}"}
    environ |= {"TOLD": str(aside / "told"), "TMPDIR": str(tmp_path_factory.mktemp("temporary"))}
    call = [sys.executable, "-m", "travistool", "simulate", "--engine", "host"]
    process = subprocess.Popen(call, cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not (aside / "told").exists():
        assert process.poll() is None
        time.sleep(0.05)
    began = time.monotonic()
    process.send_signal(number)
    out, _ = process.communicate(timeout=60)
    # Long before git is done.
    assert time.monotonic() - began < 20
    assert (process.returncode, "never" in out) == (CODES[number], False)
    assert os.listdir(environ["TMPDIR"]) == []


def test_a_second_ctrl_c_does_not_wait(folder: Path, build: Build, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The job does not want to end, and has left a process of its own session."""
    script = "trap '' TERM INT; setsid sleep 4322 & echo now; while true; do sleep 0.1; done"
    build(f'language: shell\nscript: "{script}"\n', "--list")
    environ = {**os.environ, "TMPDIR": str(tmp_path_factory.mktemp("temporary"))}
    call = [sys.executable, "-m", "travistool", "simulate", "--engine", "host"]
    process = subprocess.Popen(call, cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    while process.stdout.readline().rstrip() != "now":
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert os.listdir(environ["TMPDIR"]) == []
    assert ends("^sleep 4322")


def test_a_shell_is_where_the_job_has_ended(folder: Path, build: Build) -> None:
    """With its variables, in its folder."""
    build("language: shell\nscript: [export LATER='it is', mkdir -p 'a b', cd 'a b', 'false']\n", "--list")
    ours, theirs = os.openpty()
    call = [sys.executable, "-m", "travistool", "simulate", *HOST, "--shell-on-failure"]
    running = subprocess.Popen(call, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
    os.close(theirs)
    said = b""
    while b"leave it with exit" not in said:
        said += os.read(ours, 4096)
    os.write(ours, b'echo "[$LATER $TRAVIS_BRANCH in ${PWD##*/}]"\nexit\n')
    with contextlib.suppress(OSError):  # what Linux says at the end
        while more := os.read(ours, 4096):
            said += more
    os.close(ours)
    assert running.wait(60) == 1
    assert b"\n[it is main in a b]\r\n" in said
    assert b"-- job 1.1 failed in" in said


def test_other_jobs_wait_for_a_shell(folder: Path, build: Build) -> None:
    build("language: shell\nenv: [A=1, A=2]\nscript: 'false'\n", "--list")
    ours, theirs = os.openpty()
    call = [sys.executable, "-m", "travistool", "simulate", *HOST, "--shell-on-failure"]
    running = subprocess.Popen(call, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
    os.close(theirs)
    said = b""
    for number in (b"1.1", b"1.2"):
        while b"job %s has ended; leave it with exit" % number not in said:
            said += os.read(ours, 4096)
        assert (b"-- job 1.2" in said) == (number == b"1.2")
        os.write(ours, b"exit\n")
    with contextlib.suppress(OSError):  # what Linux says at the end
        while os.read(ours, 4096):
            pass
    os.close(ours)
    assert running.wait(20) == 1


def test_jobs_are_kept(build: Build, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path_factory.mktemp("kept")))
    ran = build(
        "language: shell\nenv: {global: [{secure: CIPHER}]}\nscript: echo made > file; exit 3\n",
        *("--keep", "--secret", "TOKEN=s3cr3t"),
    )
    assert ran.code == 3
    found = re.search(r"^1\.1: kept: (.+)$", ran.out, re.MULTILINE)
    assert found is not None
    room = Path(found[1])
    assert (room / "home" / "build" / "acme" / "demo" / "file").read_text() == "made\n"
    assert [path for path in room.rglob("*") if path.is_file() and b"s3cr3t" in path.read_bytes()] == []


def test_long_logs_are_named_or_ended(build: Build, travistool: Call) -> None:
    ran = build("language: shell\nscript: head -c 4600000 /dev/zero | tr '\\0' x; sleep 1\n", "--progress", "none")
    assert ran.code == 0
    assert "1.1: 4.6 MB of log: Travis would have ended the job as errored at 4.5 MB" in ran.out
    ended = travistool("simulate", *HOST, "--log-limit", "travis", "--progress", "none")
    assert ended.code == 3
    assert "1.1: errored, its log is longer than 4500000 bytes" in ended.out


def test_watch_runs_again(folder: Path, build: Build) -> None:
    (folder / "file").write_text("first")
    build("language: shell\nscript: cat file; echo\n", "--list")
    call = [sys.executable, "-m", "travistool", "simulate", "--engine", "host", "--watch", "--report", "json=out.json"]
    process = subprocess.Popen(call, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    told: list[str] = []
    for text in ("second", "third", ""):
        while not told or not told[-1].startswith("-- waiting for changes"):
            told.append(process.stdout.readline().rstrip())
            assert process.poll() is None
        if text:
            (folder / "file").write_text(text)
            told.append("")
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert [
        line for line in told if line in ("first", "second", "third", "-- file changed", "-- out.json changed")
    ] == [
        *("first", "-- file changed", "second", "-- file changed", "third"),
    ]
