"""`travistool simulate`, whole: from the command line to real processes and files."""

import json
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.cli.conftest import Build, Call
from tests.cli.simulated import HOST, report

pytestmark = pytest.mark.jobs

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


def test_names_and_commands_are_no_markdown(build: Build, folder: Path) -> None:
    build("language: shell\nname: 'a [b] `c` <d>'\nscript: 'test \"<e>\" | grep `false`'\n", "--report", "md=a.md")
    row = next(line for line in (folder / "a.md").read_text().splitlines() if line.startswith("| 1.1"))
    assert row.startswith("| 1.1 a \\[b\\] \\`c\\` &lt;d> |")
    assert row.endswith('| script: `` test "<e>" \\| grep `false` `` exited with 2 |')


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


def test_caches_outlive_a_run(build: Build, travistool: Call) -> None:
    config = "language: shell\ncache: {directories: [kept, $HOME/other]}\nscript: 'cat kept/a ~/other/b; echo one > kept/a; mkdir -p ~/other; echo two > ~/other/b'\n"
    assert build(config.replace("echo one", "mkdir -p kept; echo one")).code == 0
    ran = travistool("simulate", *HOST)
    assert re.search(r"^one\ntwo$", ran.out, re.MULTILINE)
    assert not re.search(r"^one$", travistool("simulate", *HOST, "--no-cache").out, re.MULTILINE)


@pytest.mark.parametrize(
    "way",
    [
        pytest.param("%s", id="absolute"),
        pytest.param("../../../../../../../..%s", id="up"),
        pytest.param("nowhere/../../../../../../../../..%s", id="up from what is not there"),
        pytest.param("link", id="by a link"),
        pytest.param("link/../kept", id="by a link and up"),
    ],
)
def test_caches_and_workspaces_stay_inside(build: Build, tmp_path_factory: pytest.TempPathFactory, way: str) -> None:
    """Here, other folders are those of people."""
    outside = tmp_path_factory.mktemp("outside") / "kept"
    outside.mkdir()
    (outside / "file").write_text("old")
    path = way % outside if "%" in way else way
    config = f"""
language: shell
cache: {{directories: ["{path}"]}}
before_install: [ln -sfn {outside} link]
jobs:
  include:
    - {{stage: one, script: "true", workspaces: {{create: {{name: ws, paths: ["{path}/file"]}}}}}}
    - {{stage: two, script: "printf new > {outside}/file"}}
    - {{stage: three, script: "true", workspaces: {{use: ws}}}}
"""
    assert build(config, "-j", "1").code == 0
    assert (outside / "file").read_text() == "new"
    (outside / "file").write_text("newer")
    assert build(config, "-j", "1", "--stage", "one").code == 0
    assert (outside / "file").read_text() == "newer"


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


def test_events_for_machines(build: Build) -> None:
    ran = build("language: shell\nscript: echo hello\n", "--progress", "jsonl")
    events = [json.loads(line) for line in ran.out.splitlines()]
    names = [event["event"] for event in events]
    assert names[:2] == ["stage_started", "job_started"]
    assert names[-1] == "build_ended"
    assert events[-1]["result"]["state"] == "passed"
    assert "hello\n" in "".join(event.get("text", "") for event in events)


def test_a_report_on_standard_output_is_alone_there(build: Build) -> None:
    ran = build("language: shell\nscript: 'false'\n", "--report", "json=-")
    assert json.loads(ran.out)["state"] == "failed"
    assert "build failed" in ran.err


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1"])
def test_standard_output_by_another_name(folder: Path, build: Build, name: str) -> None:
    """What is a file then is not replaced."""
    build("language: shell\nscript: 'true'\n", "--list")
    call = [sys.executable, "-m", "travistool", "simulate", "--engine", "host", "--progress", "none"]
    with (folder / "out").open("wb") as out:
        out.write(b"before\n")
        out.flush()
        subprocess.run([*call, "--report", f"md={name}"], cwd=folder, stdout=out, check=True)
        out.write(b"after\n")
    text = (folder / "out").read_text()
    assert text.startswith("before\n## ")
    assert "build passed" in text
    assert text.endswith("\nafter\n")


@pytest.mark.parametrize(
    ("config", "told"),
    [
        (
            "install: no-such-program",
            "1.1: a command was not found (127): install it on this machine, or use --engine docker\n",
        ),
        ("script: [no-such-program, 'true']", "1.1: a command was not found (127)"),
        ("script: 'true'\nafter_script: no-such-program", ""),
        ("script: exit 3", ""),
    ],
)
def test_commands_that_are_not_there(build: Build, config: str, told: str) -> None:
    ran = build(f"language: shell\n{config}\n")
    assert ("(127)" in ran.out) == bool(told)
    assert told in ran.out


FAILS = "language: shell\njobs: {include: [{name: One, script: 'echo why; false'}, {script: 'true'}]}\n"


@pytest.mark.parametrize(
    ("arguments", "times"),
    [
        pytest.param((), 2, id="lines of several jobs"),
        pytest.param(("--job", "One"), 1, id="the log of one job"),
        pytest.param(("--progress", "none"), 1, id="nothing was shown"),
    ],
)
def test_the_last_lines_of_what_failed(build: Build, arguments: tuple[str, ...], times: int) -> None:
    ran = build(FAILS, *arguments)
    assert len(re.findall(r"^(?:1\.1 \| |    )?why$", ran.out, re.MULTILINE)) == times
    assert bool(
        re.search(r"^1\.1 One failed\n(?:    .*\n)*    why\n    the whole log: /.*/1\.1\.log$", ran.out, re.MULTILINE)
    ) == ("--job" not in arguments)


def test_the_critical_path(build: Build) -> None:
    config = "language: shell\njobs: {include: [{stage: a, script: sleep 0.3}, {stage: a, script: 'true'}, {stage: b, script: sleep 0.1}]}\n"
    ran = build(config)
    found = re.search(r"^build passed: (\S+) s, critical path (\S+) s \(1\.1, 1\.3\)$", ran.out, re.MULTILINE)
    assert found is not None
    assert 0.4 <= float(found[2]) <= float(found[1])
    assert "critical path" not in build("language: shell\nscript: 'true'\n").out


def test_characters_come_whole_however_they_are_printed(build: Build) -> None:
    code = "import sys, time; [(sys.stdout.buffer.write(bytes([b])), sys.stdout.flush(), time.sleep(0.005)) for b in bytes.fromhex('%s')]"
    printed = "é☃😀".encode() + b"\n\xe2\x98"
    ran = build(f'language: shell\nscript: {sys.executable} -c "{code % printed.hex()}"\n', "--progress", "jsonl")
    events = [json.loads(line) for line in ran.out.splitlines()]
    text = "".join(event["text"] for event in events if event["event"] == "output")
    assert "é☃😀\n\ufffd" in text
    assert text.count("\ufffd") == 1
