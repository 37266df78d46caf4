"""The quick parser reads what it takes as the full command line does; the full one takes or refuses the rest."""

import shlex
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.main import get_command

from tests.examples import examples
from travistool.cli.app import app_of, run_app
from travistool.cli.commands import COMMANDS, Command, options_of
from travistool.cli.option import Option, Options, argument, number, parse_quickly, switch, text, texts
from travistool.cli.options import LintOptions
from travistool.errors import UsageError

KINDS = {command.name: options_of(command.load()) for command in COMMANDS}
NEEDED = {name: ["word" for option in kind.all() if option.needed] for name, kind in KINDS.items()}


def quick(name: str, arguments: list[str]) -> Options | None:
    return parse_quickly(KINDS[name], arguments)


def full(name: str, arguments: list[str]) -> Options | str:
    """Return the options that the full command line reads, or its complaint."""
    line, seen = noting(name)
    seen.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("travistool.cli.app.app_of", lambda _: line)
        try:
            run_app([name, *arguments])
        except UsageError as error:
            return error.message
    return seen[0]


@cache
def noting(name: str) -> tuple[Callable[..., object], list[Options]]:
    """Return the full command line of one command that does nothing but note its options, and where it does."""
    (command,) = (one for one in COMMANDS if one.name == name)
    with pytest.MonkeyPatch.context() as patch:
        seen = replaced(command, patch)
        return get_command(app_of((command,))), seen


def replaced(command: Command, patch: pytest.MonkeyPatch) -> list[Options]:
    """Have a command do nothing but note its options."""
    seen: list[Options] = []

    def run(options: Any) -> int:
        seen.append(options)
        return 0

    run.__annotations__ = {"options": KINDS[command.name]}
    run.__module__ = f"travistool.cli.{command.name}"
    patch.setattr(import_module(run.__module__), command.function or command.name, run)
    return seen


def changed(name: str, option: Option, value: object) -> Options:
    """Return the values of a call with one more option."""
    needed = [one.name for one in KINDS[name].all() if one.needed]
    return KINDS[name].of(dict.fromkeys(needed, "word") | {option.name: value})


def sample(option: Option) -> str:
    """Return a value that is not the default."""
    others = [choice for choice in option.choices if choice != option.default]
    return others[-1] if others else "3"


def value(option: Option, given: str) -> object:
    """Return what a value is read as."""
    return (given,) if option.default == () else int(given) if isinstance(option.default, int) else given


ALL = [(name, option) for name, kind in KINDS.items() for option in kind.all()]
VALUED = [(name, option) for name, option in ALL if option.flags and not option.is_switch]
SWITCHES = [(name, option) for name, option in ALL if option.is_switch]


@pytest.mark.parametrize("name", KINDS)
def test_flags_are_unique(name: str) -> None:
    flags = [flag for option in KINDS[name].all() for flag in option.flags]
    assert sorted(set(flags)) == sorted(flags)


@pytest.mark.parametrize("name", KINDS)
def test_names_are_unique(name: str) -> None:
    names = [option.name for option in KINDS[name].all()]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize(
    ("name", "option", "flag", "text"),
    [
        pytest.param(name, option, flag, text, id=f"{name} {flag} {text}")
        for name, option in VALUED
        for flag in option.flags
        for text in (option.choices or (sample(option),))
    ],
)
def test_every_value_of_every_option(name: str, option: Option, flag: str, text: str) -> None:
    wanted = changed(name, option, value(option, text))
    more = NEEDED[name]
    assert quick(name, [*more, flag, text]) == full(name, [*more, flag, text]) == wanted
    joined = f"{flag}={text}" if flag.startswith("--") else f"{flag}{text}"
    assert quick(name, [*more, joined]) == (wanted if flag.startswith("--") else None)
    assert full(name, [*more, joined]) == wanted


@pytest.mark.parametrize(
    ("name", "option", "flag"),
    [
        pytest.param(name, option, flag, id=f"{name} {flag}")
        for name, option in SWITCHES
        for flag in option.flags
        if "/" not in flag
    ],
)
def test_every_switch(name: str, option: Option, flag: str) -> None:
    wanted = changed(name, option, True)
    more = NEEDED[name]
    assert quick(name, [*more, flag]) == full(name, [*more, flag]) == wanted


def test_a_switch_that_is_on_by_default() -> None:
    assert KINDS["migrate"]().verify is True  # type: ignore[attr-defined]
    assert quick("migrate", ["--no-verify"]) is None
    assert full("migrate", ["--no-verify"]) == KINDS["migrate"](verify=False)


@pytest.mark.parametrize(
    ("name", "option"), [pytest.param(name, one, id=f"{name} {one.name}") for name, one in VALUED if one.choices]
)
def test_every_closed_set_refuses_others(name: str, option: Option) -> None:
    flag, more = option.flags[0], NEEDED[name]
    assert quick(name, [*more, flag, "other"]) is None
    assert full(name, [*more, flag, "other"]) == f"{flag} takes one of {', '.join(option.choices)}, not 'other'"


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        pytest.param([], LintOptions(), id="nothing"),
        pytest.param(["a", "b/c", "-"], LintOptions(("a", "b/c", "-")), id="paths and standard input"),
        pytest.param(["a", "-q", "b"], LintOptions(("a", "b"), quiet=True), id="options between paths"),
        pytest.param(["-q", "-q"], LintOptions(quiet=True), id="a switch twice"),
        pytest.param(["-f", "json", "--format", "text"], LintOptions(format="text"), id="the last value wins"),
        pytest.param(["--", "-q", "--format"], LintOptions(("-q", "--format")), id="paths that look like options"),
        pytest.param(["a", "--", "b", "--", "c"], LintOptions(("a", "b", "--", "c")), id="a second --"),
        pytest.param(["-o", "-"], LintOptions(output="-"), id="a dash as a value"),
        pytest.param(["-o", "--quiet"], LintOptions(output="--quiet"), id="an option as a value"),
        pytest.param(["-o", "--"], LintOptions(output="--"), id="-- as a value"),
        pytest.param(["--output=a=b"], LintOptions(output="a=b"), id="a value with an equals sign"),
        pytest.param(["--output="], LintOptions(), id="an empty value"),
        pytest.param([""], LintOptions(("",)), id="an empty path"),
        pytest.param(["a\nb", "é"], LintOptions(("a\nb", "é")), id="strange paths"),
        pytest.param(
            ["--select", "a,b", "--select=c", "--ignore", "d"],
            LintOptions(select=("a,b", "c"), ignore=("d",)),
            id="values that add up",
        ),
        pytest.param(["--profile="], LintOptions(), id="an empty choice is none"),
        pytest.param(["--jobs", "007"], LintOptions(jobs=7), id="zeros before a number"),
    ],
)
def test_both_take(arguments: list[str], wanted: LintOptions) -> None:
    assert quick("lint", arguments) == wanted
    assert full("lint", arguments) == wanted


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        pytest.param(["-fjson"], LintOptions(format="json"), id="short option and value in one"),
        pytest.param(["-qfjson"], LintOptions(format="json", quiet=True), id="short options in one"),
        pytest.param(["--bogus"], "no such option: --bogus", id="unknown option"),
        pytest.param(["-x"], "no such option: -x", id="unknown short option"),
        pytest.param(["--form", "json"], "no such option: --form", id="abbreviation"),
        pytest.param(["--format"], "option '--format' requires an argument", id="value missing"),
        pytest.param(["--format="], "--format takes one of text,", id="empty choice"),
        pytest.param(["-f=json"], "--format takes one of text,", id="short option with an equals sign"),
        pytest.param(["--quiet=yes"], "option '--quiet' does not take a value", id="value of a switch"),
        pytest.param(["--format", "JSON"], "--format takes one of text,", id="capitals"),
        pytest.param(["--jobs", "two"], "--jobs takes a number, not 'two'", id="word for a number"),
        pytest.param(["--jobs", "-1"], "--jobs takes a number, not '-1'", id="negative number"),
        pytest.param(["--jobs", "²"], "--jobs takes a number, not '²'", id="digit of another kind"),
        pytest.param(["--jobs", "9" * 5000], "--jobs takes a number, not '999", id="endless number"),
    ],
)
def test_only_the_full_one_takes_or_complains(arguments: list[str], wanted: LintOptions | str) -> None:
    assert quick("lint", arguments) is None
    found = full("lint", arguments)
    if isinstance(wanted, str):
        assert isinstance(found, str)
        assert found.startswith(wanted)
    else:
        assert found == wanted


@pytest.mark.parametrize(
    ("name", "arguments", "wanted"),
    [
        pytest.param("simulate", ["a.yml"], {"file": "a.yml"}, id="what is given by its place"),
        pytest.param("compile", ["1", "a.yml"], {"job": "1", "file": "a.yml"}, id="two of them"),
        pytest.param("simulate", ["--tag", "v1", "--fork"], {"tag": "v1", "fork": True}, id="options of the event"),
        pytest.param("simulate", ["--job", "1", "--job=2"], {"jobs": ("1", "2")}, id="several values"),
        pytest.param("simulate", ["--branch="], {"branch": ""}, id="an empty value is not none"),
        pytest.param("simulate", ["--pids", "1"], {"pids": 1}, id="the least number"),
    ],
)
def test_values_of_other_commands(name: str, arguments: list[str], wanted: dict[str, object]) -> None:
    assert quick(name, arguments) == full(name, arguments) == KINDS[name].of(wanted)


@pytest.mark.parametrize(
    ("name", "arguments", "complaint"),
    [
        pytest.param("simulate", ["a", "b"], "got unexpected extra argument(s) (b)", id="too many"),
        pytest.param("compile", [], "missing argument 'JOB'", id="too few"),
        pytest.param("simulate", ["--pids", "0"], "--pids takes a number from 1, not '0'", id="too small a number"),
        pytest.param("schema", ["-f", "x"], "no such option: -f", id="an option of other commands"),
    ],
)
def test_wrong_calls_of_other_commands(name: str, arguments: list[str], complaint: str) -> None:
    assert quick(name, arguments) is None
    found = full(name, arguments)
    assert isinstance(found, str)
    assert found.startswith(complaint)


def words(name: str) -> list[str]:
    options = list(KINDS[name].all())
    flags = [flag for option in options for flag in option.flags]
    values = [sample(option) for option in options if not option.is_switch]
    joined = [f"{flag}={value}" for flag in flags for value in values[:2]]
    return [*flags, *values, *joined, "-", "--", "a", "", "-fjson", "-qf", "-x", "--no", "=", "--=", "-="]


@examples(200)
@given(st.data())
def test_quick_means_the_same(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(list(KINDS)))
    arguments = data.draw(st.lists(st.sampled_from(words(name)), max_size=5))
    found = quick(name, arguments)
    if found is not None:
        assert found == full(name, arguments), shlex.join(arguments)


class Event(Options):
    """Options that two commands share."""

    tag: str = text("--tag", help="The tag.", metavar="NAME")
    fork: bool = switch("--fork", help="A fork.")


class Two(Options):
    """Options of one command."""

    file: str = argument("The file.", default="a.yml")
    event: Event = Event()
    jobs: int = number("-j", help="How many.", metavar="N")
    envs: tuple[str, ...] = texts("--env", help="A variable.", metavar="NAME=VALUE")


def test_options_are_values() -> None:
    assert Two() == Two("a.yml", Event("", False), 0, ())
    assert [option.name for option in Two.all()] == ["file", "tag", "fork", "jobs", "envs"]
    assert Two.of({"tag": "v1", "jobs": 2}) == Two(event=Event("v1"), jobs=2)
    assert Two()._replace(jobs=3).jobs == 3
