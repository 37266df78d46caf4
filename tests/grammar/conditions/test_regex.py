r"""Ruby's patterns: each row was worked out from Onigmo's source."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travistool.grammar.conditions import regex
from travistool.grammar.conditions.errors import UntranslatableRegexError
from travistool.grammar.conditions.regex import RubyRegexError

SEARCHES = [
    ("^a", "b\na", True),
    ("a$", "a\nb", True),
    ("^$", "a\n", False),
    ("$", "", True),
    ("\\Aa", "b\na", False),
    ("a\\z", "a\n", False),
    ("a\\Z", "a\n", True),
    ("a.b", "a\nb", False),
    ("(?m)a.b", "a\nb", True),
    ("(?m:a.b)", "a\nb", True),
    ("(?i)AB", "ab", True),
    ("x(?i)a|b", "xB", True),
    ("x(?i)a|b", "b", False),
    ("(?x) a b # c", "ab", True),
    ("(?<n>a)\\k<n>", "aa", True),
    ("(a)\\1", "ab", False),
    ("[a-z&&[^b]]", "b", False),
    ("[a-z&&[^b]]", "c", True),
    ("[^a-z&&[^b]]", "b", True),
    ("[a[bc]]", "c", True),
    ("[^a[bc]]", "c", False),
    ("(?<=a|bc)d", "bcd", True),
    ("(?<!a|bc)d", "bcd", False),
    ("a{2}+", "aa", True),
    ("a{2}?", "", True),
    ("a**", "", True),
    ("a{,2}b", "aab", True),
    ("a{", "a{", True),
    ("a{x}", "a{x}", True),
    ("[]a]", "]", True),
    ("[\\w-]", "-", True),
    ("[a-]", "-", True),
    ("[-a]", "-", True),
    ("[a-c-e]", "-", True),
    ("[a-c-e]", "d", False),
    ("\\h", "g", False),
    ("[[:alpha:]]", "1", False),
    ("[[:^alpha:]]", "1", True),
    ("\\p{Alpha}", "x", True),
    ("\\P{Alpha}", "x", False),
    ("^*a", "a", True),
    ("(?=a)*", "", True),
    ("(?>a+)a", "aaa", False),
    ("a++a", "aaa", False),
    ("()", "", True),
    ("|a", "", True),
    ("a\\/b", "a/b", True),
    ("\\-", "-", True),
    ("\\y", "y", True),
    ("\\e", "\x1b", True),
    ("[\\]]", "]", True),
    ("[^\\]]", "a", True),
    ("(?-i:A)", "A", True),
    ("(?i-m:A)", "a", True),
    ("\\'", "'", True),
    ("\\012", "\n", True),
    ("(a)(?:b)\\1", "aba", True),
    ("(?<x>a)(b)", "ab", True),
    ("(?#x)a", "a", True),
    ("[&&a]", "a", False),
    ("[a&&]", "a", False),
    ("[~|&]", "|", True),
    ("[[a]]", "a", True),
    ("a?+b", "ab", True),
    ("[\\d.]+", "1.2", True),
    ("\\d", "٣", False),
]

REFUSED = [
    "a|*",
    "*",
    "+",
    "(",
    ")",
    "[",
    "[]",
    "[z-a]",
    "[\\w-.]",
    "\\",
    "(?P<a>b)",
    "a{3,1}",
    "(?<=a*)b",
    "[a-\\w]",
    "(?z)",
    "\\2",
    "\\x",
    "(?<1>a)",
    "(?<a>b)\\1",
    "\\k<x>",
    "a{100001}",
    "(?#",
    "[[:none:]]",
    "[a-[:alpha:]]",
    "(?a-",
    "\\u12",
]

UNTRANSLATABLE = [
    "\\g<0>",
    "(?~a)",
    "(a)?(?(1)b)",
    "(?u)a",
    "\\X",
    "\\cA",
    "\\M-a",
    "\\xff",
    "\\p{Greek}",
    "\\p{Punct}",
    "(?<a>b)(?<a>c)",
    "(a\\1)",
    "\\1(a)",
    "(?i)ß",
    "(" * 200 + ")" * 200,
    "[a-[b]]",
    "[[a]-b]",
]


@pytest.mark.parametrize(("pattern", "text", "expected"), SEARCHES)
def test_search(pattern: str, text: str, expected: bool) -> None:
    assert regex.compile(pattern).search(text) is expected


@pytest.mark.parametrize("pattern", REFUSED)
def test_refused_by_ruby(pattern: str) -> None:
    with pytest.raises(RubyRegexError):
        regex.compile(pattern)


@pytest.mark.parametrize("pattern", UNTRANSLATABLE)
def test_untranslatable(pattern: str) -> None:
    with pytest.raises(UntranslatableRegexError) as caught:
        regex.compile(pattern)
    assert caught.value.pattern == pattern


@pytest.mark.parametrize("pattern", ["[[:alpha:]]", "\\p{Alpha}", "\\bx", "(?i)x"])
def test_text_beyond_ascii_is_refused_where_it_may_differ(pattern: str) -> None:
    with pytest.raises(UntranslatableRegexError):
        regex.compile(pattern).search("é")


@given(st.text(alphabet="ab^$.*+?{}[]()|\\-,1<>=!:imxAzdwkpP&#é ", max_size=20), st.text("ab1 \n", max_size=6))
def test_raises_nothing_else(pattern: str, text: str) -> None:
    with contextlib.suppress(RubyRegexError, UntranslatableRegexError):
        regex.compile(pattern).search(text)
