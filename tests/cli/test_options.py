"""The quick parser reads what it takes as the full command line does; the full one takes or refuses the rest."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from travistool.cli import lint
from travistool.cli.app import run_app
from travistool.cli.options import LINT, LintOptions, Option, parse_quickly
from travistool.errors import UsageError


def read_by_app(arguments: list[str]) -> LintOptions | str:
    """Return the options that the full command line reads, or its complaint."""
    seen: list[LintOptions] = []

    def run(options: LintOptions) -> int:
        seen.append(options)
        return 0

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lint, "run", run)
        try:
            run_app(["lint", *arguments])
        except UsageError as error:
            return error.message
    return seen[0]


def changed(option: Option, value: str | bool) -> LintOptions:
    return LintOptions(**{option.name: value})  # type: ignore[arg-type]


def sample(option: Option) -> str:
    """Return a value that is not the default."""
    others = [choice for choice in option.choices if choice != option.default]
    return others[-1] if others else "3"


VALUED = [option for option in LINT if option.metavar]
SWITCHES = [option for option in LINT if not option.metavar]


def test_rows_and_fields_agree() -> None:
    defaults = LintOptions().__dict__
    assert list(defaults) == ["paths", *(option.name for option in LINT)]
    assert {option.name: option.default for option in VALUED} == {
        option.name: defaults[option.name] for option in VALUED
    }
    assert [defaults[option.name] for option in SWITCHES] == [False] * len(SWITCHES)


def test_flags_are_unique() -> None:
    flags = [flag for option in LINT for flag in option.flags]
    assert sorted(set(flags)) == sorted(flags)


@pytest.mark.parametrize(
    ("option", "flag", "value"),
    [
        pytest.param(option, flag, value, id=f"{flag}-{value}")
        for option in VALUED
        for flag in option.flags
        for value in (option.choices or (sample(option),))
    ],
)
def test_every_value_of_every_option(option: Option, flag: str, value: str) -> None:
    wanted = changed(option, value)
    assert parse_quickly([flag, value]) == wanted
    assert read_by_app([flag, value]) == wanted
    joined = f"{flag}={value}" if flag.startswith("--") else f"{flag}{value}"
    assert parse_quickly([joined]) == (wanted if flag.startswith("--") else None)
    assert read_by_app([joined]) == wanted


@pytest.mark.parametrize(
    ("option", "flag"), [pytest.param(option, flag, id=flag) for option in SWITCHES for flag in option.flags]
)
def test_every_switch(option: Option, flag: str) -> None:
    wanted = changed(option, True)
    assert parse_quickly([flag]) == read_by_app([flag]) == wanted


@pytest.mark.parametrize("option", [pytest.param(option, id=option.name) for option in VALUED if option.choices])
def test_every_closed_set_refuses_others(option: Option) -> None:
    flag = option.flags[0]
    assert parse_quickly([flag, "other"]) is None
    assert read_by_app([flag, "other"]) == f"{flag} takes one of {', '.join(option.choices)}, not 'other'"


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
            LintOptions(select="a,b,c", ignore="d"),
            id="values that add up",
        ),
        pytest.param(["--jobs", "007"], LintOptions(jobs="007"), id="zeros before a number"),
    ],
)
def test_both_take(arguments: list[str], wanted: LintOptions) -> None:
    assert parse_quickly(arguments) == wanted
    assert read_by_app(arguments) == wanted


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        pytest.param(["--profile="], LintOptions(), id="an empty choice is none"),
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
        pytest.param(["--jobs", "two"], "--jobs takes a number of processes, not 'two'", id="word for a number"),
        pytest.param(["--jobs", "-1"], "--jobs takes a number of processes, not '-1'", id="negative number"),
        pytest.param(["--jobs", "²"], "--jobs takes a number of processes, not '²'", id="digit of another kind"),
        pytest.param(["--jobs", "9" * 5000], "--jobs takes a number of processes, not '999", id="endless number"),
    ],
)
def test_only_the_full_one_takes_or_complains(arguments: list[str], wanted: LintOptions | str) -> None:
    assert parse_quickly(arguments) is None
    found = read_by_app(arguments)
    if isinstance(wanted, str):
        assert isinstance(found, str)
        assert found.startswith(wanted)
    else:
        assert found == wanted


WORDS = [
    *(flag for option in LINT for flag in option.flags),
    *(f"{option.flags[0]}={sample(option)}" for option in VALUED),
    *(sample(option) for option in VALUED),
    *("-", "--", "a", "", "-fjson", "-qf", "-x", "--no", "=", "--=", "-=", "--format=", "--quiet="),
]


@settings(max_examples=50)
@given(st.lists(st.sampled_from(WORDS), max_size=5))
def test_quick_means_the_same(arguments: list[str]) -> None:
    quick = parse_quickly(arguments)
    if quick is not None:
        assert quick == read_by_app(arguments)
