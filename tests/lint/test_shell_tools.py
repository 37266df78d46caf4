"""The shell layer: what bash and shellcheck say, at its place in the config. Fakes stand for the programs, then they run."""

import json
import shutil
from pathlib import Path

import pytest

from travistool.cli import tools
from travistool.diagnostics import Diagnostic
from travistool.errors import UsageError
from travistool.lint.engine import lint
from travistool.lint.extra import off
from travistool.lint.tools import Ran, Run
from travistool.pipeline import read
from travistool.source import Source

CONFIG = """\
language: c
install:
  - "echo \\"a"
  - ./configure --prefix=x
script:
  - |
    for i in a b; do
      echo $X
    done
    cd $(pwd)/x && make
  - if make; then
"""


def told(text: str, run: Run | None, profile: str = "pedantic") -> list[str]:
    return [
        _line(one)
        for one in lint(read(Source("x", text)), profile, run=run)
        if "shell" in one.rule or "bash" in one.rule
    ]


def _line(one: Diagnostic) -> str:
    place = one.span.first()
    return f"{place.line}:{place.column} {one.rule}: {one.message} [{one.span.text}]"


def test_nothing_is_asked_without_leave() -> None:
    assert told(CONFIG, None) == []
    assert {"bash-syntax", "shellcheck-error"} <= off("default", None)
    assert {"bash-syntax", "shellcheck-error"} & off("default", None, lambda *_: None) == set()


def test_bash_reads_what_may_be_wrong_in_one_process() -> None:
    asked: list[tuple[str, ...]] = []

    def run(words: tuple[str, ...], text: str) -> Ran | None:
        asked.append(words)
        assert text == ""
        return Ran(0, "1 bash: -c: line 4: syntax error near unexpected token `('\n2 bash: line 1: unexpected EOF\n")

    assert told(CONFIG, run, "default")[:2] == [
        "10:5 bash-syntax: bash cannot read this command: syntax error near unexpected token '(' [cd $(pwd)/x && make]",
        "11:5 bash-syntax: bash cannot read this command: unexpected EOF [if make; then]",
    ]
    first = asked[0]
    assert first[:3] == ("bash", "--norc", "-c")
    assert first[5:] == ('echo "a', "for i in a b; do\n  echo $X\ndone\ncd $(pwd)/x && make\n", "if make; then")


def test_shellcheck_reads_the_phases_of_a_job_as_one_script() -> None:
    scripts: list[str] = []

    def run(words: tuple[str, ...], text: str) -> Ran | None:
        if words[0] == "bash":
            return Ran(0, "0 bash: line 1: unexpected EOF\n2 bash: line 2: unexpected end of file\n")
        scripts.append(text)
        place = {"line": 6, "endLine": 6, "column": 4, "endColumn": 10, "code": 2046, "level": "warning"}
        return Ran(1, json.dumps({"comments": [{**place, "message": "Quote this. Or not."}]}))

    assert [one for one in told(CONFIG, run) if "check" in one] == [
        "10:8 shellcheck-warning: quote this; Or not (shellcheck SC2046) [$(pwd)]"
    ]
    assert scripts == ["./configure --prefix=x\n\nfor i in a b; do\n  echo $X\ndone\ncd $(pwd)/x && make\n\n\n"]


def test_programs_that_fail_say_nothing() -> None:
    assert told(CONFIG, lambda *_: None) == []
    assert told(CONFIG, lambda *_: Ran(2, "")) == []


def test_jobs_on_windows_are_not_for_bash() -> None:
    def run(words: tuple[str, ...], text: str) -> Ran | None:
        raise AssertionError((words, text))

    assert told("language: c\nos: windows\nscript: if make; then\n", run) == []


def test_without_shellcheck_bash_is_asked_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tools, "_found", lambda name: None if name == "shellcheck" else shutil.which(name))
    tools.runner.cache_clear()
    found = told(CONFIG, tools.runner())
    tools.runner.cache_clear()
    assert capsys.readouterr().err == (
        "travistool: shellcheck is not there, so --shell asks bash alone\n  pip install 'travistool[shell]'\n"
    )
    assert {line.split()[1] for line in found} <= {"bash-syntax:"}


def test_one_of_the_programs_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools, "_found", lambda _: None)
    tools.runner.cache_clear()
    with pytest.raises(UsageError) as caught:
        tools.runner()
    assert caught.value.hint == "pip install 'travistool[shell]'"
    tools.runner.cache_clear()
    assert tools.run(("shellcheck",), "") is None


@pytest.mark.skipif(
    shutil.which("bash") is None or tools._found("shellcheck") is None, reason="no bash or no shellcheck"
)
def test_the_programs_themselves() -> None:
    assert [one.partition(" [")[0] for one in told(CONFIG, tools.runner())] == [
        "3:6 bash-syntax: bash cannot read this command: unexpected EOF while looking for matching '\"'",
        "8:12 shellcheck-info: double quote to prevent globbing and word splitting (shellcheck SC2086)",
        "10:8 shellcheck-warning: quote this to prevent word splitting (shellcheck SC2046)",
        "11:5 bash-syntax: bash cannot read this command: syntax error: unexpected end of file",
    ]


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
def test_bash_runs_nothing(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    text = (
        f"language: c\nscript:\n  - 'touch {mark}; ('\n  - 'echo $(touch {mark}); fi'\n  - '}}; touch {mark}; f() {{'\n"
    )
    found = told(text, lambda words, given: tools.run(words, given) if words[0] == "bash" else None)
    assert len(found) == 3
    assert not mark.exists()
