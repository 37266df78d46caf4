"""Words that are looked for before their pattern: a text that the pattern fits has one of them, whatever it is."""

import pkgutil
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

import pytest

from travistool import migrate
from travistool.migrate.sought import Sought, sought

# Python's own reader of patterns: nothing public tells what they are made of.
_PARSER: Any = import_module("re._parser")
_BREAK = "\0"


def _all() -> Iterator[tuple[str, Sought]]:
    for module in pkgutil.walk_packages(migrate.__path__, "travistool.migrate."):
        for name, value in vars(import_module(module.name)).items():
            if isinstance(value, Sought):
                yield f"{module.name}.{name}", value


def _certain(parsed: Sequence[Any]) -> list[str]:
    """Return what is certain of the texts that a pattern fits, one for each of its ways, with breaks in between."""
    ways = [""]
    for kind, value in parsed:
        ways = [way + more for way in ways for more in _certain_of(str(kind), value)]
    return ways


def _certain_of(kind: str, value: Any) -> list[str]:
    match kind:
        case "LITERAL":
            return [chr(value)]
        case "IN" if all(str(one) == "LITERAL" for one, _ in value):
            return [chr(one) for _, one in value]
        case "AT" | "ASSERT" | "ASSERT_NOT":
            return [""]
        case "SUBPATTERN":
            return _certain(value[-1])
        case "BRANCH":
            return [way for part in value[1] for way in _certain(part)]
        case "MAX_REPEAT" if value[0]:
            return [_BREAK + way + _BREAK for way in _certain(value[2])]
        case _:
            return [_BREAK]


def _without_word(one: Sought) -> list[str]:
    parsed = _PARSER.parse(one.pattern.pattern)
    return [way for way in _certain(parsed) if not any(word in way for word in one.words)]


def test_every_way_of_a_pattern_has_a_word() -> None:
    found = dict(_all())
    assert len(found) >= 7
    assert {name: ways for name, one in found.items() if (ways := _without_word(one))} == {}


@pytest.mark.parametrize(
    ("one", "ways"),
    [
        (sought("abc|abd", "abc"), ["abd"]),
        (sought(r"(?:a\s+)?b", "a"), ["\0b"]),
        (sought("(?=a)b", "a"), ["b"]),
        (sought("a[bc]", "ab"), ["ac"]),
        (sought("x(?:ab)+", "xab"), ["x\0ab\0"]),
    ],
)
def test_a_way_without_a_word_is_found(one: Sought, ways: list[str]) -> None:
    assert _without_word(one) == ways


def test_what_is_found() -> None:
    one = sought(r"\b(ab|cd)\b", "ab", "cd")
    assert one.all_in("cd ab cd abc") == {"ab", "cd"}
    assert not one.is_in("abc")
    assert one.may_be_in("abc")
