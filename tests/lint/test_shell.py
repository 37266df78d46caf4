"""Shell text read as simple commands."""

import pytest

from travistool.lint.shell import call, commands, is_conditional, is_root, option, program
from travistool.lint.shell_text import Reader, simple


def _told(text: str) -> list[str]:
    """Return each command with its marks: `?` runs only if, `!` its failure is seen to, `/block` what it is inside of."""
    return [
        " ".join(word.text for word in call(one))
        + ("?" if is_conditional(one) else "")
        + ("!" if one.rescued else "")
        + "".join(f"/{block}" for block in one.inside)
        for one in commands(text)
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("a; b\nc & d", ["a", "b", "c", "d"], id="list"),
        pytest.param("a && b || c", ["a!", "b?!", "c?"], id="and-or"),
        pytest.param("a && b; c", ["a", "b?", "c"], id="an and-or ends"),
        pytest.param("a | b || c", ["a!", "b!", "c?"], id="pipeline"),
        pytest.param("a |\n b &&\n c", ["a", "b", "c?"], id="an operator goes on in the next line"),
        pytest.param("a \\\n b", ["a b"], id="continued line"),
        pytest.param("a # b; c", ["a"], id="comment"),
        pytest.param("a b#c", ["a b#c"], id="no comment inside a word"),
        pytest.param("echo 'a | b' \"c; d\" e\\;f", ["echo a | b c; d e;f"], id="quotes"),
        pytest.param("echo 'it''s", ["echo its"], id="quote that is not closed"),
        pytest.param("cat <<EOF | b\nc; d\nEOF\ne", ["cat", "b", "e"], id="here document"),
        pytest.param("cat <<-'E'\n\tc\n\tE\nd", ["cat", "d"], id="indented here document"),
        pytest.param("a <<< b; c", ["a", "c"], id="here string"),
        pytest.param("a 2>&1 >/dev/null &>x; b", ["a", "b"], id="redirects are no words"),
        pytest.param('a "$(b | c)" `d`', ["a $(b | c) `d`", "b/$(", "c/$(", "d/$("], id="substitutions"),
        pytest.param("a <(b) > >(c)", ["a <(b)", "b/<(", "c/>("], id="process substitutions"),
        pytest.param("if a; then b; elif c; then d; else e; fi; f", [
            "a/if", "b?/then", "c?/elif", "d?/then", "e?/else", "f",
        ], id="if"),
        pytest.param("while a; do b; done", ["a?/while", "b/do"], id="while"),
        pytest.param("for a in b c; do d; done; e", ["for a in b c/for", "d/do", "e"], id="for"),
        pytest.param("case $a in b|c) d;; (*) e;; esac; f", ["case $a?/case", "d?/case", "e?/case", "f"], id="case"),
        pytest.param("(a; b) || c", ["a!/(", "b!/(", "c?"], id="group"),
        pytest.param("a && { b; c; }; d", ["a", "b?/{", "c?/{", "d"], id="braces under a test"),
        pytest.param("{ a; b; } || c", ["a!/{", "b!/{", "c?"], id="braces that are seen to"),
        pytest.param("f() { a; }; function g\n{ b; }; f", ["a?/function", "b?/function", "f"], id="functions"),
        pytest.param("[[ a && b < c ]] && d", ["[[  a && b < c ]]", "d?"], id="test with operators"),
        pytest.param("(( a < b )) && c", ["c?"], id="sum"),
        pytest.param("a=(b $(c)) d; e=${f:-g h}", ["d", ""], id="assignments"),
        pytest.param("A=1 B=2 c d=3", ["c d=3"], id="assignments before a command"),
        pytest.param("a ) b", ["a b"], id="stray bracket"),
        pytest.param("echo ${a", ["echo ${a"], id="brace that is not closed"),
    ],
)  # fmt: skip
def test_commands(text: str, wanted: list[str]) -> None:
    assert _told(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted", "root"),
    [
        pytest.param("sudo -E -u me /usr/bin/pip install", "pip", True, id="sudo"),
        pytest.param("travis_wait 30 make", "make", False, id="travis_wait"),
        pytest.param("travis_retry sudo apt-get update", "apt-get", True, id="two"),
        pytest.param("env A=1 timeout -k 5 10m x", "x", False, id="env and timeout"),
        pytest.param("! a", "a", False, id="negation"),
        pytest.param("A=1", "", False, id="nothing"),
    ],
)
def test_the_program_behind_its_prefixes(text: str, wanted: str, root: bool) -> None:
    (one,) = commands(text)
    assert (program(one), is_root(one)) == (wanted, root)


def test_places_are_those_of_the_text() -> None:
    text = "a; sudo curl 'x y' -o \"$(b c)\" > d"
    one = commands(text)[1]
    assert text[one.start : one.end] == "sudo curl 'x y' -o \"$(b c)\" > d"
    assert [word.raw for word in one.words] == [text[word.start : word.end] for word in one.words]
    assert one.words[-1].inner == (commands(text)[2],)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("curl -fsSk x", "-fsSk"), ("curl --insecure x", "--insecure"), ("curl -o k x", None), ("curl --k x", None)],
)
def test_option(text: str, wanted: str | None) -> None:
    found = option(commands(text)[0].words, "-k", "--insecure")
    assert (found.text if found is not None else None) == wanted


@pytest.mark.parametrize(
    "text", ['if a; then case b in c) "$(d `e <<F ${g} $((1)) [[ h ]] <(i) j=(k) {l; }\\\n(m) >n || o']
)
def test_no_beginning_of_a_text_makes_it_raise_or_stand_still(text: str) -> None:
    for end in range(len(text) + 1):
        for one in commands(text[:end]):
            assert 0 <= one.start <= one.end <= end


@pytest.mark.parametrize(
    "text",
    [
        "npm test",
        "make  -j2\tA=1 check*",
        "./run ~/x [a] {b} ! in do",
        "[ -f x ]",
        "7z x a.7z",
        "A=1 make",
        "! make",
        "if a",
        "fi",
        "function f",
        "echo 'a b'",
        "a b\n",
        " a",
        "a;b",
        "a #b",
        "a b#c",
        "a >b",
        "a $b",
        "a\\ b",
    ],
)
def test_a_call_of_plain_words_is_read_as_all_else(text: str) -> None:
    assert simple(text) in (None, *Reader(text).read())


def test_most_commands_are_calls_of_plain_words() -> None:
    assert [text for text in ("npm test", "make", "A=1 make", "a | b") if simple(text)] == ["npm test", "make"]
