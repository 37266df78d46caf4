"""Comments that suppress findings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lint.findings import findings, line
from travistool.lint.engine import lint
from travistool.lint.fixing import applied
from travistool.lint.own import OWN
from travistool.lint.selection import Choice, Layer
from travistool.pipeline import read
from travistool.source import Source


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param("os: ubuntu # travistool: ignore[alias-value]\n", [], id="at the end of the line"),
        pytest.param("# travistool: ignore[alias-value]\nos: ubuntu\n", [], id="on the line above"),
        pytest.param("os: ubuntu # travistool: ignore\n", [], id="all rules"),
        pytest.param("os: ubuntu #travistool:ignore [ edge , alias-value ,]\n", ["unused-suppression"], id="loose"),
        pytest.param("os: ubuntu # why # travistool: ignore[alias-value] for a reason\n", [], id="among other words"),
        pytest.param("\ufeff# travistool: ignore[alias-value]\r\nos: ubuntu\r\n", [], id="mark and CR LF"),
        pytest.param(
            "# travistool: ignore[alias-value]\n# travistool: ignore[deprecated-key]\n{os: ubuntu, sudo: no}\n",
            [],
            id="two lines above",
        ),
        pytest.param(
            "# travistool: ignore[alias-value]\n\nos: ubuntu\n", ["unused-suppression", "alias-value"], id="blank line"
        ),
        pytest.param(
            "os: ubuntu # travistool: ignore[find-value]\n", ["alias-value", "unused-suppression"], id="another rule"
        ),
        pytest.param(
            "language: c # travistool: ignore\nos: ubuntu\n", ["unused-suppression", "alias-value"], id="another line"
        ),
        pytest.param("os: ubuntu\nsudo: no\n# travistool: ignore-file\n", [], id="file"),
        pytest.param(
            "os: ubuntu\n# travistool: ignore-file[deprecated-key]\nsudo: no\n", ["alias-value"], id="file, one rule"
        ),
        pytest.param("os: 'ubuntu # travistool: ignore'\n", ["unknown-value"], id="text is no comment"),
        pytest.param(
            "os: ubuntu\nscript: |\n  # travistool: ignore-file\n",
            ["alias-value", "unused-suppression"],
            id="nor is a block of text",
        ),
        pytest.param(
            "os: [ubuntu # travistool: ignore-file\n", ["yaml-syntax"], id="nothing in a text that is no YAML"
        ),
        pytest.param("- a # travistool: ignore\n", ["root-not-a-map"], id="nor in one that is no config"),
        pytest.param("if: > # travistool: ignore[invalid-condition]\n  branch =\n  = x\n", [], id="block of text"),
        pytest.param("# about travistool: ignore[x]\nos: linux\n", [], id="words about it"),
    ],
)
def test_suppressed(text: str, left: list[str]) -> None:
    assert [one.rule for one in findings(text)] == left


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "os: linux # travistool: ignore[alias-valu, zzz]\n",
            [
                "1:32 warning unknown-rule: there is no rule 'alias-valu' to ignore, did you mean 'alias-value'?",
                "1:44 warning unknown-rule: there is no rule 'zzz' to ignore",
            ],
            id="unknown names",
        ),
        pytest.param(
            "os: linux # travistool: ignore[edge, secure]\n",
            ["1:11 warning unused-suppression: 'edge' and 'secure' are not found here, so this suppresses nothing"],
            id="unused names",
        ),
        pytest.param(
            "# travistool: ignore-file[edge]\nos: linux\n",
            ["1:1 warning unused-suppression: 'edge' is not found in this file, so this suppresses nothing"],
            id="unused for the file",
        ),
        pytest.param(
            "os: linux # travistool: ignore\n",
            ["1:11 warning unused-suppression: nothing is found here, so this suppresses nothing"],
            id="unused for all rules",
        ),
        pytest.param(
            "os: linux # travistool: ingore[edge]\n",
            [
                "1:11 warning unused-suppression: 'travistool: ingore' suppresses nothing, write 'travistool: ignore[rule]'"
            ],
            id="misspelled",
        ),
        pytest.param(
            "os: ubuntu # travistool: ignore-file\n",
            [
                "1:5 info alias-value: 'ubuntu' is another name for 'linux'",
                "1:12 warning unused-suppression: 'ignore-file' counts only on a line of its own",
            ],
            id="for the file, in the wrong place",
        ),
        pytest.param(
            "os: linux # travistool: ignore[edge] # travistool: ignore[unused-suppression]\n", [], id="by name"
        ),
        pytest.param("os: linux # travistool: ignore[unknown-rule, zzz]\n", [], id="unknown names, by name"),
    ],
)
def test_said_about_comments(text: str, said: list[str]) -> None:
    assert [line(one) for one in findings(text)] == said


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("os: linux  # travistool: ignore[edge]  \n", "os: linux  \n", id="comment"),
        pytest.param("os: linux # why # travistool: ignore[edge] so\n", "os: linux # why\n", id="behind another one"),
        pytest.param(
            "dist: jammy\r\n  # travistool: ignore\r\nos: linux\r\n", "dist: jammy\r\nos: linux\r\n", id="whole line"
        ),
        pytest.param("\ufeff# travistool: ignore[edge]\nos: linux\n", "\ufeffos: linux\n", id="first line"),
        pytest.param("os: linux\n# travistool: ignore-file", "os: linux\n", id="last line"),
        pytest.param(
            "os: ubuntu # travistool: ignore[edge, alias-value,secure] x\n",
            "os: ubuntu # travistool: ignore[alias-value] x\n",
            id="names",
        ),
        pytest.param(
            "os: linux # travistool: ignore[edge, zzz]\n",
            "os: linux # travistool: ignore[zzz]\n",
            id="unknown ones stay",
        ),
        pytest.param("script: |\n  a\n# travistool: ignore[edge]\n", None, id="not below text that would end the file"),
        pytest.param("  # travistool: ignore\nos: linux\n", None, id="not where the first line is indented"),
        pytest.param("# travistool: ignore\n  os: linux\n", None, id="not where the first line would be read anew"),
        pytest.param(
            "script: |+\n  a\n\n# travistool: ignore\n\nos: x\n", None, id="not below text that keeps line ends"
        ),
    ],
)
def test_fix_of_unused(before: str, after: str | None) -> None:
    (found,) = (one for one in findings(before) if one.rule == "unused-suppression")
    if after is None:
        assert found.fix is None
    else:
        assert found.fix is not None
        assert found.fix.safe
        assert applied(before, found.fix.edits) == after


def test_what_a_profile_leaves_out_is_still_of_use() -> None:
    assert findings("language: c # travistool: ignore[default]\n") == ()


def test_what_is_not_selected_is_still_of_use() -> None:
    reading = read(Source("test.yml", "os: ubuntu # travistool: ignore[alias-value]\n"))
    assert lint(reading, choice=Choice((Layer(select=("travistool",)),))) == ()


def test_the_service_knows_no_comments_that_are_wrong() -> None:
    reading = read(Source("test.yml", "os: linux # travistool: ignore[edge, zzz]\n"))
    assert [one.rule for one in lint(reading, "service")] == ["default", "default"]


@pytest.mark.heavy
def test_many_comments_and_findings_do_not_multiply() -> None:
    rows = "".join(f"k{n}: 1 # travistool: ignore[unknown-key]\n# travistool: ignore[edge]\n" for n in range(3000))
    assert {one.rule for one in findings(rows)} == {"unused-suppression"}


def test_own_rules_are_sorted() -> None:
    assert [rule.name for rule in OWN] == sorted(rule.name for rule in OWN)


PIECES = (
    "# travistool: ignore",
    "[edge",
    "]",
    ",",
    "sudo",
    "os: ubuntu",
    "\n",
    " ",
    "-file",
    "|\n",
    ": ",
    "'",
    "[",
    "#",
)


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_never_raises(pieces: list[str]) -> None:
    findings("".join(pieces))


def test_a_text_has_no_comments() -> None:
    text = "script: |\n  make a # travistool: ignore[block-last-status]\n  make b\n"
    found = [one for one in lint(read(Source("x", text))) if one.rule != "no-language"]
    assert [(one.rule, one.span.text) for one in found] == [
        ("block-last-status", "make a"),
        ("unused-suppression", "# travistool: ignore[block-last-status]"),
    ]
