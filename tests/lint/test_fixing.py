"""Fixes applied to texts: what is done, what is not, and that it comes to an end."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travistool.diagnostics import Diagnostic, Edit, Fix, Severity
from travistool.lint import fixing
from travistool.lint.engine import lint
from travistool.lint.fixing import apart, applied, fix, meaning, same_build
from travistool.pipeline import read
from travistool.source import Source, Span


def judge(source: Source) -> Sequence[Diagnostic]:
    return lint(read(source))


def fixed(text: str, *, unsafe: bool = False) -> str:
    """Return the fixed text; the same object when nothing was fixed."""
    return fix(Source("test.yml", text), judge, unsafe=unsafe).source.text


def finding(
    source: Source, edits: Sequence[tuple[int, int, str]], *, safe: bool = True, title: str = "x"
) -> Diagnostic:
    fix = Fix(title, tuple(Edit(Span(source, start, end), text) for start, end, text in edits), safe)
    return Diagnostic("test", Severity.WARNING, "wrong", Span(source, 0, 0), fix)


def replacing(old: str, new: str, *, safe: bool = True) -> Callable[[Source], Sequence[Diagnostic]]:
    """Return a judge that wants every `old` to be a `new`."""

    def look(source: Source) -> Sequence[Diagnostic]:
        starts = [place for place in range(len(source.text)) if source.text.startswith(old, place)]
        return [finding(source, [(start, start + len(old), new)], safe=safe, title=old) for start in starts]

    return look


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("language: pythn\n", "language: python\n", id="one"),
        pytest.param("language: pythn\nsudo: no\nos: macosx\n", "language: python\nos: osx\n", id="several"),
        pytest.param(
            "\ufefflanguage: pythn\r\n# c\r\nsudo: no\r\n", "\ufefflanguage: python\r\n# c\r\n", id="mark, CR LF"
        ),
        pytest.param("language: pythn\rsudo: no\ros: linux", "language: python\ros: linux", id="CR, no final line end"),
        pytest.param("langauge: Pythn # a\n", "language: python # a\n", id="one fix brings up the next"),
        pytest.param(
            "deploy:\n  provider: npm\n  skip_cleanup: true\nsudo: no\n", "deploy:\n  provider: npm\n", id="two places"
        ),
        pytest.param(
            "deploy:\n  sudo: true\n  provider: npm\n  skip_cleanup: true\n",
            "deploy:\n  sudo: true\n  provider: npm\n",
            id="an unknown key stays",
        ),
        pytest.param(
            "os: macosx # travistool: ignore[alias-value]\nsudo: no # travistool: ignore[edge]\nlanguage: c\n",
            "os: macosx # travistool: ignore[alias-value]\nlanguage: c\n",
            id="what is suppressed stays",
        ),
    ],
)
def test_fix(before: str, after: str) -> None:
    assert fixed(before) == after


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("language: python\n", id="clean"),
        pytest.param("language: [\n", id="no YAML"),
        pytest.param("- a\n", id="no config"),
        pytest.param("", id="empty"),
        pytest.param("deploy:\n  provider: npm\n  skip_cleanup: false\n", id="only an unsafe fix"),
    ],
)
def test_a_fix_of_nothing_is_the_same_text(text: str) -> None:
    source = Source("test.yml", text)
    assert fix(source, judge).source is source


def test_unsafe_fixes_only_when_asked_for() -> None:
    text = "sudo: no\ndeploy:\n  provider: npm\n  skip_cleanup: false\n"
    assert fixed(text) == "deploy:\n  provider: npm\n  skip_cleanup: false\n"
    assert fixed(text, unsafe=True) == "deploy:\n  provider: npm\n  cleanup: true\n"


def test_fixes_are_counted() -> None:
    assert fix(Source("test.yml", "language: pythn\nsudo: no\nos: macosx\n"), judge).fixes == 3


def test_a_safe_fix_that_changes_the_config_is_withheld_and_the_others_are_made() -> None:
    source = Source("test.yml", "script: a\nos: macosx\n")

    def look(source: Source) -> Sequence[Diagnostic]:
        return [*replacing("script: a", "script: b")(source), *replacing("macosx", "osx")(source)]

    found = fix(source, look)
    assert (found.source.text, found.fixes) == ("script: a\nos: osx\n", 1)
    assert [(one.rule, one.message) for one in found.withheld] == [
        (
            "internal-error",
            "the fix of test (script: a) would change the build and was not made, please report this",
        )
    ]
    assert {one.span.source for one in found.withheld} == {found.source}


def test_safe_fixes_that_only_break_together_are_made_one_by_one() -> None:
    """Each may go, but not both: the list would be empty."""
    source = Source("test.yml", "git:\n  depth: 3\nsudo: no\n")

    def look(source: Source) -> Sequence[Diagnostic]:
        return [*replacing("sudo: no\n", "")(source), *replacing("3", "4")(source)]

    found = fix(source, look)
    assert (found.source.text, found.fixes, len(found.withheld)) == ("git:\n  depth: 3\n", 1, 1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("jobs:\n  fast_finish: true\n", "jobs:\n  fast_finish: false\n", id="nothing to finish for"),
        pytest.param(
            "os: linux\njobs:\n  exclude:\n    - os: osx\n  fast_finish: true\n",
            "os: linux\n",
            id="a rule that fits nothing",
        ),
        pytest.param("stages: [a, test]\n", "stages: [test]\n", id="a stage without jobs"),
    ],
)
def test_another_config_may_be_the_same_build(before: str, after: str) -> None:
    one, other = (read(Source("test.yml", text)) for text in (before, after))
    assert meaning(one) != meaning(other)
    assert same_build(one, other)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("script: a\n", "script: b\n", id="a command"),
        pytest.param("if: tag IS present\n", "if: tag IS blank\n", id="a condition"),
        pytest.param("branches: {only: a}\n", "branches: {only: b}\n", id="branches"),
        pytest.param("notifications: {email: false}\n", "notifications: {email: true}\n", id="notifications"),
        pytest.param(
            "os: [linux, osx]\njobs: {exclude: [{os: osx, if: tag IS present}]}\n",
            "os: [linux, osx]\njobs: {exclude: [{os: osx, if: tag IS blank}]}\n",
            id="a rule's condition",
        ),
        pytest.param(
            "jobs: {allow_failures: [{os: linux}], fast_finish: true}\n",
            "jobs: {allow_failures: [{os: linux}]}\n",
            id="finishing early",
        ),
        pytest.param("stages: [{name: test, if: tag IS present}]\n", "stages: [test]\n", id="a stage's condition"),
        pytest.param("script: a\n", "script: [\n", id="no config any more"),
    ],
)
def test_another_build(before: str, after: str) -> None:
    assert not same_build(*(read(Source("test.yml", text)) for text in (before, after)))


def test_an_unsafe_fix_may_change_the_config_but_not_break_it() -> None:
    source = Source("test.yml", "script: a\n")
    assert fix(source, replacing("a", "b", safe=False), unsafe=True).source.text == "script: b\n"
    broken = fix(source, replacing("script", "[", safe=False), unsafe=True)
    assert broken.source is source
    assert len(broken.withheld) == 1


def test_fixes_that_undo_each_other_come_to_an_end() -> None:
    def look(source: Source) -> Sequence[Diagnostic]:
        here = "macosx" in source.text
        return replacing("macosx" if here else "osx", "osx" if here else "macosx")(source)

    assert fix(Source("test.yml", "os: osx\n"), look).fixes == fixing.PASSES


def test_a_fix_of_another_text_is_not_made() -> None:
    source = Source("test.yml", "os: osx\n")
    assert fix(source, lambda _: replacing("os", "dist")(Source("other.yml", "os: osx\n"))).source is source


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        pytest.param([(0, 2, "")], [(2, 4, "")], True, id="neighbors"),
        pytest.param([(0, 3, "")], [(2, 4, "")], False, id="overlap"),
        pytest.param([(1, 3, "")], [(1, 3, "")], False, id="equal"),
        pytest.param([(2, 2, "x")], [(2, 2, "y")], False, id="insertions at one place"),
        pytest.param([(2, 4, "")], [(2, 2, "y")], False, id="insertion at the start"),
        pytest.param([(0, 1, ""), (5, 6, "")], [(2, 3, ""), (5, 6, "")], False, id="one of two edits"),
    ],
)
def test_apart(first: list[tuple[int, int, str]], second: list[tuple[int, int, str]], both: bool) -> None:
    source = Source("test.yml", "0123456789")
    one, other = finding(source, first), finding(source, second)
    assert apart([one, other]) == ([one, other] if both else [one])


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        pytest.param("sudo: no\nos: linux\n", "os: linux\n", True, id="sudo"),
        pytest.param("_a: 1\nos: linux\n", "os: linux\n", True, id="own keys"),
        pytest.param("os: linux\n", "os: osx\n", False, id="a value"),
        pytest.param("os: [\n", "os: linux\n", False, id="no YAML"),
        pytest.param(
            "deploy: {provider: npm, skip_cleanup: true}\n", "deploy: {provider: npm}\n", True, id="skip_cleanup"
        ),
        pytest.param(
            "deploy: {provider: npm, skip_cleanup: false}\n", "deploy: {provider: npm}\n", False, id="skip_cleanup off"
        ),
        pytest.param(
            "deploy: {provider: npm, skip_cleanup: true, dpl_version: 1.10.16}\n",
            "deploy: {provider: npm, dpl_version: 1.10.16}\n",
            False,
            id="skip_cleanup of the old tool",
        ),
    ],
)
def test_meaning(one: str, other: str, equal: bool) -> None:
    assert (meaning(read(Source("a", one))) == meaning(read(Source("b", other)))) is equal


LINES = (
    "language: pythn",
    "sudo: no # c",
    "before-install: a",
    "os: [macosx]",
    "matrix:",
    "  include:",
    "    - sudo: no",
    "      os: macosx",
    "# travistool: ignore[edge, alias-key]",
    "dist: Jammy # travistool: ignore",
    "",
)


@given(st.lists(st.sampled_from(LINES), max_size=12), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_fixing_twice_is_fixing_once(lines: list[str], end: str, unsafe: bool) -> None:
    source = Source("test.yml", end.join(lines))
    once = fix(source, judge, unsafe=unsafe)
    again = fix(once.source, judge, unsafe=unsafe)
    assert again.source is once.source
    assert (once.source is source) is (once.fixes == 0)
    assert once.withheld == ()
    assert set(re_ends(once.source.text)) <= {end}
    if not unsafe:
        assert meaning(read(once.source)) == meaning(read(source))


def re_ends(text: str) -> list[str]:
    rest = text.replace("\r\n", "")
    return ["\r\n"] * (text.count("\r\n")) + ["\r"] * rest.count("\r") + ["\n"] * rest.count("\n")


def test_applied() -> None:
    source = Source("test.yml", "0123")
    edits = [Edit(Span(source, 3, 4), "c"), Edit(Span(source, 0, 0), "a"), Edit(Span(source, 1, 2), "")]
    assert applied(source.text, edits) == "a02c"
