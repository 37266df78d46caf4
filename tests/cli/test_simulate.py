"""`travistool simulate` and `compile`, whole: from the command line to real processes and files."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.cli.conftest import Call, Ran
from tests.cli.test_git import git
from travistool.cli.simulate import simulate

ROOT = Path(__file__).resolve().parents[2]
Build = Callable[..., Ran]
HOST = ("--engine", "host", "-j", "2")


@pytest.fixture
def build(
    folder: Path, travistool: Call, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Build:
    """Return a function that commits a config and simulates it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "remote", "add", "origin", "https://github.com/acme/demo.git")

    def run(config: str, *arguments: str) -> Ran:
        (folder / ".travis.yml").write_text(config)
        git(folder, "add", ".")
        git(folder, "commit", "--quiet", "--allow-empty", "-m", "Update")
        return travistool("simulate", *HOST, *arguments)

    return run


def report(folder: Path) -> Any:
    return json.loads((folder / "out.json").read_text())


STAGES = """
language: shell
jobs:
  allow_failures: [{name: may fail}]
  include:
    - {stage: tests, name: good, script: echo hello, after_success: 'false'}
    - {stage: tests, name: may fail, script: 'false'}
    - {stage: tests, name: bad, script: %s}
    - {stage: push, name: later, script: echo never, after_script: echo late}
"""


@pytest.mark.parametrize(
    ("command", "code", "states"),
    [
        pytest.param("'true'", 0, ["passed", "passed", "failed", "passed"], id="passed"),
        pytest.param("'false'", 1, ["passed", "failed", "failed", "canceled"], id="failed"),
        pytest.param("exit 3", 3, ["passed", "errored", "failed", "canceled"], id="errored"),
    ],
)
def test_stages(build: Build, folder: Path, command: str, code: int, states: list[str]) -> None:
    ran = build(STAGES % command, "--report", "json=out.json")
    assert ran.code == code
    found = report(folder)
    assert [job["state"] for job in found["jobs"]] == states
    assert [job["allow_failure"] for job in found["jobs"]] == [False, False, True, False]
    assert found["jobs"][-1]["skipped_because"] == (f"stage 'tests' {states[1]}" if code else None)
    assert "1.1 good: after_success: 'false' exited with 1, ignored by Travis" in ran.out


def test_the_report_has_phases_and_commands(build: Build, folder: Path) -> None:
    build("language: shell\ninstall: a() { return 4; }\nscript: [a, echo two]\n", "--report", "json=out.json")
    (job,) = report(folder)["jobs"]
    phases = {phase["name"]: phase for phase in job["phases"]}
    assert (job["state"], job["exit_code"], job["number"]) == ("failed", 1, "1.1")
    assert [(one["command"], one["exit_code"]) for one in phases["script"]["commands"]] == [("a", 4), ("echo two", 0)]
    assert (phases["install"]["state"], phases["script"]["state"]) == ("passed", "failed")
    log = Path(job["log"]).read_bytes()
    assert b"travis_fold:start:install\r\x1b[0K" in log
    assert b'The command "a" exited with 4.' in log
    assert b"\x1b]" not in log


def test_other_reports(build: Build, folder: Path) -> None:
    ran = build(STAGES % "exit 3", "--report", "junit=a.xml", "--report", "html=a.html", "--report", "md=a.md")
    assert ran.code == 3
    suites = ET.parse(folder / "a.xml").getroot()
    assert {name: suites.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "4",
        "failures": "0",
        "errors": "1",
        "skipped": "2",
    }
    assert "| 1.2 bad | tests | 💥 errored |" in (folder / "a.md").read_text()
    page = (folder / "a.html").read_text()
    assert "<b>1.2 bad</b>: errored" in page
    assert "http" not in re.sub(r"https://github.com/acme/demo.git", "", page)


def test_what_failed_first_is_shown_whatever_comes_after(build: Build, folder: Path) -> None:
    script = "script: ['echo the problem; false', 'echo another; false', 'seq 500 520']\nafter_failure: seq 600 620\n"
    build(f"language: shell\n{script}", "--report", "md=a.md", "--report", "html=a.html")
    told = (folder / "a.md").read_text()
    assert "```text\n$ echo the problem; false\nthe problem\n```" in told
    assert "another" not in told
    page = (folder / "a.html").read_text()
    assert '<tr class="bad"><td><pre>echo the problem; false</pre></td><td>1</td>' in page
    assert re.findall(r"<summary>(?!<b>)([a-z_]+): ([a-z]+)", page) == [
        ("setup", "passed"),
        ("script", "failed"),
        ("after_failure", "passed"),
    ]


def test_reports_name_deployments(build: Build, folder: Path) -> None:
    config = """
language: shell
script: 'true'
deploy:
  - {provider: script, script: 'true', on: {branch: main}}
  - {provider: script, script: 'false', on: {branch: main}, allow_failure: true}
  - {provider: script, script: 'true', on: {tags: true}}
  - {provider: npm, on: {branch: main}}
"""
    told = (
        "deployment with script: done",
        "deployment with script: failed, which is allowed",
        "deployment with script: not run: this is not a tagged commit",
        "deployment with npm: would run (dry run: --deploy script or --deploy all does it)",
    )
    ran = build(config, "--deploy", "script", "--report", "md=a.md", "--report", "html=a.html")
    for text in told:
        assert f"1.1: {text}\n" in ran.out
        assert f"- 1.1: {text}\n" in (folder / "a.md").read_text()
        assert f"<p>{text}</p>" in (folder / "a.html").read_text()


def test_secrets_are_hidden_everywhere(build: Build, folder: Path) -> None:
    config = (
        "language: shell\nenv: {global: [{secure: CIPHER}]}\n"
        "script: ['echo got $TOKEN', 'echo $TOKEN | rev', 'for i in 1 2; do printf s3; sleep 0.2; printf cr3t; done']\n"
    )
    reports = [part for form in ("json", "junit", "html", "md") for part in ("--report", f"{form}=out.{form}")]
    ran = build(config, "--secret", "TOKEN=s3cr3t", *reports)
    assert ran.code == 0
    assert "got [secure]" in ran.out
    assert "t3rc3s" in ran.out
    log = Path(report(folder)["jobs"][0]["log"]).read_text()
    texts = [ran.out, ran.err, log, *[path.read_text() for path in folder.glob("out.*")]]
    assert [text for text in texts if "s3cr3t" in text] == []
    assert log.count("[secure]") == 4


def test_what_is_missing_is_said_before(build: Build) -> None:
    ran = build(
        "language: shell\nenv: {global: [{secure: CIPHER}]}\n"
        "before_install: 'echo $P | docker login -u u --password-stdin'\nscript: cd nowhere\n",
        "--list",
    )
    assert ran.code == 0
    assert "only Travis can decrypt secret 1 [1.1]" in ran.out
    assert "the login in before_install has no password without its secret" in ran.out
    assert "script goes to the folder 'nowhere', which the repository lacks [1.1]" in ran.out


@pytest.mark.parametrize(
    ("config", "told"),
    [
        pytest.param(
            "script: cd nowhere", "script goes to the folder 'nowhere', which the repository lacks [1.1]", id="folder"
        ),
        pytest.param("env: {global: [{secure: CIPHER}]}", "only Travis can decrypt secret 1", id="secret"),
        pytest.param(
            "env: {global: [{secure: CIPHER}]}\ninstall: docker login -p $P",
            "the login in install has no password without its secret: 'docker login -p $P'",
            id="login without its secret",
        ),
        pytest.param(
            "install: curl -O https://no-such-host.invalid/x",
            "install needs 'no-such-host.invalid', which cannot be reached from here",
            id="host that does not answer",
        ),
        pytest.param("install: sudo true", "'sudo' is not run on this machine, and fails", id="sudo"),
        pytest.param("language: haxe", "there is no 'haxe' on this machine, which haxe needs", id="language"),
        pytest.param(
            "services: riak", "nothing listens at 127.0.0.1:8098, where the service 'riak' would", id="service"
        ),
        pytest.param("os: osx", "skipped: cannot run here: it runs on osx", id="another system"),
        pytest.param(
            "jobs: {include: [{os: windows}, {script: echo ran}]}", "cannot run here", id="one job of several"
        ),
    ],
)
def test_strict_runs_nothing_where_something_cannot_work(build: Build, config: str, told: str) -> None:
    language = "" if config.startswith("language") else "language: shell\n"
    ran = build(f"{language}{config}\n", "--strict")
    assert (ran.code, ran.out) == (6, "")
    assert told in ran.err
    assert ran.err.endswith("nothing is run: --strict\n")


@pytest.mark.parametrize(
    ("config", "told"),
    [
        pytest.param("addons: {apt: {packages: x}}", "note: packages are not installed on this machine", id="packages"),
        pytest.param("addons: {browserstack: {username: x}}", "note: the addon 'browserstack' is not", id="addon"),
    ],
)
def test_strict_runs_what_is_only_different(build: Build, config: str, told: str) -> None:
    ran = build(f"language: shell\n{config}\nscript: echo ran\n", "--strict")
    assert ran.code == 0
    assert told in ran.err
    assert "\nran\n" in ran.out


def test_other_systems_are_skipped_not_green(build: Build) -> None:
    ran = build("language: shell\nos: osx\nscript: 'true'\n")
    assert ran.code == 6
    assert "nothing could run here" in ran.out


def test_the_commit_is_built_not_the_files(build: Build, folder: Path, travistool: Call) -> None:
    (folder / "file").write_text("committed")
    (folder / ".gitignore").write_text("ignored\n")
    build("language: shell\nscript: cat file\n")
    (folder / "file").write_text("changed")
    (folder / "ignored").write_text("x")
    (folder / "new").write_text("x")
    assert "committed" in travistool("simulate", *HOST).out
    dirty = travistool("simulate", *HOST, "--dirty")
    assert "changed" in dirty.out
    assert sorted(path.name for path in folder.iterdir()) == [
        ".git",
        ".gitignore",
        ".travis.yml",
        "file",
        "ignored",
        "new",
    ]


def test_dirty_leaves_out_what_is_ignored(build: Build, folder: Path, travistool: Call) -> None:
    (folder / ".gitignore").write_text("ignored\n")
    build("language: shell\nscript: 'test -f new && test ! -e ignored && test ! -e gone'\n")
    (folder / "gone").write_text("x")
    git(folder, "add", "gone")
    git(folder, "commit", "--quiet", "-m", "gone")
    (folder / "gone").unlink()
    for name in ("ignored", "new"):
        (folder / name).write_text("x")
    assert travistool("simulate", *HOST, "--dirty").code == 0


def test_without_a_repository_the_files_are_copied(
    folder: Path, travistool: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    (folder / ".travis.yml").write_text("language: shell\nscript: ['test -f file', 'touch made']\n")
    (folder / "file").write_text("x")
    assert travistool("simulate", *HOST).code == 0
    assert not (folder / "made").exists()


def test_caches_outlive_a_run(build: Build, travistool: Call) -> None:
    config = "language: shell\ncache: {directories: [kept, $HOME/other]}\nscript: 'cat kept/a ~/other/b; echo one > kept/a; mkdir -p ~/other; echo two > ~/other/b'\n"
    assert build(config.replace("echo one", "mkdir -p kept; echo one")).code == 0
    ran = travistool("simulate", *HOST)
    assert re.search(r"^one\ntwo$", ran.out, re.MULTILINE)
    assert not re.search(r"^one$", travistool("simulate", *HOST, "--no-cache").out, re.MULTILINE)


def test_workspaces_pass_files_on(build: Build) -> None:
    config = """
language: shell
jobs:
  include:
    - {stage: one, script: echo made > file, workspaces: {create: {name: ws, paths: file}}}
    - {stage: two, script: cat file, workspaces: {use: ws}}
"""
    ran = build(config)
    assert ran.code == 0
    assert "1.2 | made" in ran.out


def test_only_failed_runs_what_did_not_pass(build: Build, folder: Path, travistool: Call) -> None:
    build(STAGES % "'false'")
    ran = travistool("simulate", *HOST, "--only-failed", "--report", "json=out.json")
    assert ran.code == 1
    assert [job["name"] for job in report(folder)["jobs"]] == ["bad", "may fail", "later"]


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        pytest.param(("--job", "1.2"), ["bad"], id="by number"),
        pytest.param(("--job", "good", "--job", "3"), ["good", "may fail"], id="by name and short number"),
        pytest.param(("--stage", "PUSH"), ["later"], id="by stage"),
    ],
)
def test_a_part(build: Build, folder: Path, arguments: tuple[str, ...], names: list[str]) -> None:
    build(STAGES % "'true'", "--report", "json=out.json", *arguments)
    assert [job["name"] for job in report(folder)["jobs"]] == names


def test_deployments_are_dry(build: Build, folder: Path) -> None:
    config = """
language: shell
script: 'true'
before_deploy: touch ../../../before
deploy:
  - {provider: script, script: echo deployed $X, on: {branch: main, condition: $Y = 1}}
  - {provider: script, script: echo no, on: {tags: true}}
env: [X=value Y=1]
"""
    ran = build(config, "--report", "json=out.json")
    assert ran.code == 0
    assert "--script=echo deployed value" in ran.out
    assert "Dry run: before_deploy is not run." in ran.out
    assert "this is not a tagged commit" in ran.out
    (job,) = report(folder)["jobs"]
    assert [one["state"] for one in job["deployments"]] == ["dry", "skipped"]
    really = build(config.replace("touch ../../../before", "echo before"), "--deploy", "script")
    assert re.search(r"^before$.*^deployed value$", really.out, re.MULTILINE | re.DOTALL)


DPL = """#!/bin/bash
printf 'got %s|' "$@"; echo
echo "token ${#NPM_API_TOKEN}"
printf '%s' "$NPM_API_TOKEN"; echo
tr '\\0' '\\n' < /proc/$$/cmdline | grep -c "it's s3cr3t" || true
"""

DEPLOYS = """
language: shell
script: ['! env | grep s3cr3[t]', 'export EMAIL=me@example.org']
deploy:
  - {provider: npm, email: $EMAIL, api_token: {secure: CIPHER}, src: {secure: OTHER}, on: {all_branches: true}}
"""


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(("--secret", "api_token=it's s3cr3t"), id="by the option's name"),
        pytest.param(("--secret", "1=it's s3cr3t"), id="by position"),
        pytest.param(("--secrets-file", "given.env"), id="by the encrypted text"),
    ],
)
def test_secrets_of_deployments_come_through_the_environment(
    build: Build, folder: Path, given: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory
) -> None:
    programs = tmp_path_factory.mktemp("programs")
    (programs / "dpl").write_text(DPL)
    (programs / "dpl").chmod(0o755)
    (folder / "given.env").write_text("CIPHER" + "C" * 80 + "=it's s3cr3t\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
        ran = build(
            DEPLOYS.replace("CIPHER", "CIPHER" + "C" * 80), "--deploy", "all", *given, "--report", "json=out.json"
        )
    assert ran.code == 0, ran.out
    (job,) = report(folder)["jobs"]
    assert [one["state"] for one in job["deployments"]] == ["deployed"]
    assert "got --provider=npm|got --email=me@example.org|got --fold|\ntoken 11\n[secure]\n0\n" in ran.out
    assert "The option 'src' is encrypted and has no value here." in ran.out
    assert "only Travis can decrypt src" in ran.err
    for path in (folder / "out.json", Path(job["log"])):
        assert "s3cr3t" not in path.read_text()
    assert "s3cr3t" not in ran.out + ran.err


def test_encrypted_options_are_not_missed_in_a_dry_run(build: Build) -> None:
    ran = build(DEPLOYS)
    assert (ran.code, "decrypt" in ran.err) == (0, False)
    assert "  --api_token=[secure]\n" in ran.out


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


def test_events_for_machines(build: Build) -> None:
    ran = build("language: shell\nscript: echo hello\n", "--progress", "jsonl")
    events = [json.loads(line) for line in ran.out.splitlines()]
    names = [event["event"] for event in events]
    assert names[:2] == ["stage_started", "job_started"]
    assert names[-1] == "build_ended"
    assert events[-1]["result"]["state"] == "passed"
    assert "hello\n" in "".join(event.get("text", "") for event in events)


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
    out, err = process.communicate(timeout=10)
    assert process.returncode == 130
    assert "canceled" in out
    assert "canceling" in err
    time.sleep(0.1)
    assert subprocess.run(["pgrep", "-f", "^sleep 4321"], capture_output=True, check=False).returncode == 1


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
    process.send_signal(number)
    out, _ = process.communicate(timeout=20)
    assert (process.returncode, "never" in out) == (130, False)
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
    process.communicate(timeout=20)
    assert process.returncode == 130
    assert os.listdir(environ["TMPDIR"]) == []
    assert subprocess.run(["pgrep", "-f", "^sleep 4322"], capture_output=True, check=False).returncode == 1


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
    assert running.wait(20) == 1
    assert b"\n[it is main in a b]\r\n" in said
    assert b"-- job 1.1 failed in" in said


def test_compile_prints_what_simulate_runs(build: Build, folder: Path, travistool: Call) -> None:
    build("language: shell\nscript: echo hello\n", "--list")
    ran = travistool("compile", "1", "--for", "host")
    assert ran.code == 0
    home = folder / "home"
    (home / "build" / "acme" / "demo").mkdir(parents=True)
    environ = {"PATH": os.environ["PATH"], "HOME": str(home)}
    found = subprocess.run(["bash", "-s"], input=ran.out, env=environ, capture_output=True, text=True, check=False)
    assert found.returncode == 0
    assert "hello\n" in found.stdout


def test_compile_as_json(build: Build, travistool: Call) -> None:
    build("language: shell\nname: one\nscript: echo hello\n", "--list")
    found = json.loads(travistool("compile", "1.1", "--format", "json").out)
    assert sorted(found) == ["name", "number", "script", "unknown"]
    assert found["script"].startswith("#!/bin/bash\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--report", "xml=a"), "--report takes FORMAT=FILE with one of junit, json, html, md, not 'xml=a'"),
        (("--timeout", "long"), "--timeout takes a time such as 90s, 10m or 2h, not 'long'"),
        (("--log-limit", "x"), "--log-limit takes travis, or a size such as 500k or 4M, not 'x'"),
        (("--watch", "--commit", "HEAD"), "--watch runs the files as they are"),
        (("--deploy", "yes"), "--deploy takes one of dry, script, all, not 'yes'"),
        (("--engine", "moon"), "--engine takes one of auto, docker, host, not 'moon'"),
        (("--stage", "test"), "the build has no stages"),
        (("--only-failed",), "nothing was run here before"),
        (("--secret", "NO_SUCH_VARIABLE_HERE"), "there is no variable NO_SUCH_VARIABLE_HERE to take the secret from"),
        (("--env", "1A=x"), "--env takes NAME=VALUE, not '1A'"),
    ],
)
def test_wrong_usage(build: Build, arguments: tuple[str, ...], message: str) -> None:
    ran = build("language: shell\nscript: 'true'\n", *arguments)
    assert (ran.code, ran.err.splitlines()[0]) == (2, f"travistool: error: {message}")


def test_jobs_are_kept(build: Build, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path_factory.mktemp("kept")))
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
    assert "1.1: 4.6 MB of log: Travis ends a job with more than 4.5 MB, errored" in ran.out
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
    process.communicate(timeout=10)
    assert process.returncode == 130
    assert [
        line for line in told if line in ("first", "second", "third", "-- file changed", "-- out.json changed")
    ] == [
        *("first", "-- file changed", "second", "-- file changed", "third"),
    ]


@pytest.mark.parametrize("command", ["simulate", "compile", "encrypt"])
def test_options_are_documented(travistool: Call, command: str) -> None:
    options = set(re.findall(r"(?<![\w-])--[a-z-]+", travistool(command, "--help").out))
    page = (ROOT / "docs" / "cli.md").read_text()
    assert sorted(option for option in options if f"{option}" not in page and option != "--help") == []
    assert simulate.__doc__ is not None
