"""The entry point: exit codes, one clear line for what stops the tool, a report for a bug, help and completion."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Call, Ran
from travistool import __version__, errors
from travistool.cli import lint, main
from travistool.cli.app import needed, run_app
from travistool.cli.commands import COMMANDS as ROWS
from travistool.cli.options import LintOptions
from travistool.errors import FileError, TravistoolError, UsageError
from travistool.report.formats import FORMATS

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = tuple(row.name for row in ROWS)


def test_every_error_has_an_exit_code_of_its_own() -> None:
    # A kind of one of these, such as an engine's own, ends as that does.
    found: list[type[TravistoolError]] = [TravistoolError, *TravistoolError.__subclasses__()]
    assert {error.__module__ for error in found} == {errors.__name__}
    codes = [error.exit_code for error in found]
    assert sorted(set(codes)) == sorted(codes)
    assert not {0, 1, main.INTERRUPTED} & set(codes)


@pytest.mark.parametrize(
    ("text", "arguments", "code"),
    [
        pytest.param("language: python\n", ["lint"], 0, id="clean"),
        pytest.param("language: pythn\n", ["lint"], 1, id="findings"),
        pytest.param("language: python\n", ["lint", "nothing.yml"], 1, id="file missing"),
        pytest.param("language: python\n", ["lint", "--bogus"], 2, id="wrong option"),
        pytest.param("language: python\n", ["bogus"], 2, id="wrong command"),
        pytest.param("", ["explain", "bogus"], 2, id="no such rule"),
        pytest.param("", ["normalize", "--format", "bogus"], 2, id="wrong format"),
        pytest.param(None, ["lint"], 4, id="no config here"),
        pytest.param(None, ["lint", "."], 4, id="folder without configs"),
        pytest.param("language: python\n", ["lint", "-o", "no/where"], 5, id="output refused"),
    ],
)
def test_exit_codes(text: str | None, arguments: list[str], code: int, folder: Path, travistool: Call) -> None:
    if text is not None:
        (folder / ".travis.yml").write_text(text)
    assert travistool(*arguments).code == code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(
            ["lint"],
            "travistool: error: there is no .travis.yml in this folder\n"
            "  name files or folders, or `-` to read standard input\n",
            id="nothing here",
        ),
        pytest.param(
            ["lint", "\x1b[31m"],
            "travistool: error: no .travis.yml under ␛[31m\n  name the file itself\n",
            id="control characters in a name",
        ),
        pytest.param(
            ["lint", "--format", "xml"],
            "travistool: error: --format takes one of text, concise, json, jsonl, sarif, github, gitlab, junit, not "
            "'xml'\n",
            id="value out of the set",
        ),
        pytest.param(
            ["lnt"],
            "travistool: error: no such command 'lnt'. Did you mean 'lint'?\n  see travistool --help\n",
            id="typo",
        ),
        pytest.param(
            ["explain", "unknwn-key"],
            "travistool: error: there is no rule 'unknwn-key'\n  did you mean 'unknown-key'?\n",
            id="typo in a rule",
        ),
        pytest.param(
            ["explain", "completely different"],
            "travistool: error: there is no rule 'completely different'\n"
            "  travistool explain, without a name, lists all rules\n",
            id="no rule",
        ),
    ],
)
def test_an_error_is_one_line_and_a_next_step(arguments: list[str], said: str, folder: Path, travistool: Call) -> None:
    (folder / "\x1b[31m").mkdir()
    found = travistool(*arguments)
    assert (found.out, found.err) == ("", said)


def crash(error: BaseException) -> object:
    def run(options: LintOptions) -> int:
        del options
        raise error

    return run


def test_a_bug_leaves_a_report(folder: Path, travistool: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lint, "run", crash(RuntimeError("first line\nsecond line")))
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    found = travistool("lint", "secret.yml")
    (report,) = folder.glob("travistool-crash-*.txt")
    assert found == Ran(
        70,
        "",
        "travistool: internal error: RuntimeError: first line\n"
        f"  this is a bug in travistool; please report it with {report}\n",
    )
    text = report.read_text()
    assert text.startswith(f"travistool {__version__}, Python {sys.version.split()[0]}, ")
    assert "\ncommand: lint\n\nTraceback (most recent call last):\n" in text
    assert text.endswith("RuntimeError: first line\nsecond line\n")
    assert "secret.yml" not in text


def test_a_bug_where_nothing_can_be_written(travistool: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lint, "run", crash(MemoryError()))
    monkeypatch.setattr("tempfile.tempdir", "/no/such/folder")
    assert travistool("lint") == Ran(
        70,
        "",
        "travistool: internal error: MemoryError: no details\n  this is a bug in travistool; please report it\n",
    )


@pytest.mark.parametrize(
    ("error", "ran"),
    [
        pytest.param(KeyboardInterrupt(), Ran(130, "", ""), id="interrupted"),
        pytest.param(FileError("gone", "look"), Ran(4, "", "travistool: error: gone\n  look\n"), id="error"),
        pytest.param(UsageError("no"), Ran(2, "", "travistool: error: no\n"), id="error without a hint"),
    ],
)
def test_what_stops_the_tool(error: BaseException, ran: Ran, travistool: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lint, "run", crash(error))
    assert travistool("lint") == ran
    assert travistool("lint", "-fjson") == ran  # through the full command line


def test_version(travistool: Call) -> None:
    wanted = Ran(0, f"travistool {__version__}\n", "")
    assert travistool("--version") == travistool("-V") == wanted


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        pytest.param(["simulate", "--list"], ("simulate",), id="a command"),
        pytest.param(["--version"], (), id="nothing but the version"),
        pytest.param([], COMMANDS, id="the list of commands"),
        pytest.param(["lnt"], COMMANDS, id="a typo, which is compared with all"),
    ],
)
def test_only_what_a_call_names_is_loaded(arguments: list[str], names: tuple[str, ...]) -> None:
    assert tuple(row.name for row in needed(arguments)) == names


def test_completion_needs_all_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_TRAVISTOOL_COMPLETE", "complete_bash")
    assert tuple(row.name for row in needed(["simulate"])) == COMMANDS


def test_help(travistool: Call) -> None:
    found = travistool("--help")
    assert (found.code, found.err) == (0, "")
    assert travistool() == travistool("-h") == found
    assert [command for command in COMMANDS if f"\n  {command} " not in found.out] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_commands_has_examples(command: str, travistool: Call) -> None:
    found = travistool(command, "--help")
    assert (found.code, found.err) == (0, "")
    assert found.out.startswith(f"Usage: travistool {command} [OPTIONS]")
    assert "Example" in found.out
    assert f"travistool {command}" in found.out.split("Example", 1)[1]


def test_examples_keep_their_lines(travistool: Call) -> None:
    assert (
        "  Examples:\n"
        "    travistool lint                                the .travis.yml here\n"
        "    travistool lint services/ app/.travis.yml      folders are searched\n"
    ) in travistool("lint", "--help").out


COMPLETE = "_TRAVISTOOL_COMPLETE"


@pytest.mark.parametrize(
    ("shell", "sign"),
    [
        pytest.param("bash", "complete -o default -F _travistool_completion travistool", id="bash"),
        pytest.param("zsh", "#compdef travistool", id="zsh"),
        pytest.param("fish", "complete --command travistool", id="fish"),
    ],
)
def test_completion_scripts(shell: str, sign: str, travistool: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(COMPLETE, f"source_{shell}")
    found = travistool()
    assert (found.code, found.err) == (0, "")
    assert sign in found.out
    assert COMPLETE in found.out


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        pytest.param("travistool ", list(COMMANDS), id="commands"),
        pytest.param("travistool li", ["lint"], id="beginning of a command"),
        pytest.param("travistool lint --format ", list(FORMATS), id="values of an option"),
        pytest.param("travistool lint --fail-on n", ["never"], id="beginning of a value"),
        pytest.param("travistool normalize --format j", ["json", "jsonl"], id="values in another command"),
        pytest.param("travistool explain alias-", ["alias-bomb", "alias-key", "alias-value"], id="rules"),
    ],
)
def test_completion(words: str, wanted: list[str], travistool: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(COMPLETE, "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(words.count(" ")))
    assert travistool("lint").out.split() == wanted


def test_app_lets_a_bug_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lint, "run", crash(ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        run_app(["lint"])


@pytest.mark.processes
def test_python_m() -> None:
    found = subprocess.run(
        [sys.executable, "-m", "travistool", "lint", "-", "--format", "concise"],
        input=b"language: pythn\n",
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "0", "LC_ALL": "C"},
    )
    assert (found.returncode, found.stderr) == (1, b"")
    assert found.stdout == (
        b"<stdin>:1:11: warning: unknown value 'pythn', Travis reads it as 'python' [find-value]\n"
        b"checked 1 file: 1 warning; --fix mends it\n"
    )


@pytest.mark.processes
@pytest.mark.skipif(not os.path.exists("/bin/sh"), reason="needs a shell")
@pytest.mark.parametrize(
    ("redirection", "code", "err"),
    [
        pytest.param(
            ">&-", 5, "travistool: error: cannot write the report: standard output is closed\n", id="no output"
        ),
        pytest.param("2>&- >&-", 5, "", id="no output at all"),
        pytest.param("<&-", 1, "", id="no input"),
        pytest.param(
            ">/dev/full",
            5,
            "travistool: error: cannot write the report: No space left on device\n",
            id="disk full",
            marks=pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full"),
        ),
    ],
)
def test_closed_streams(redirection: str, code: int, err: str) -> None:
    found = subprocess.run(
        ["/bin/sh", "-c", f'"$0" -m travistool lint - {redirection}', sys.executable],
        input="language: pythn\n",
        capture_output=True,
        check=False,
        cwd=ROOT,
        text=True,
    )
    assert (found.returncode, found.stderr) == (code, err)
