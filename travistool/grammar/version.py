"""The root key `version:`, which asks for a version of the config format.

Source: travis-yml lib/travis/yml/support/version.rb at 8d6f36f. Its `<`, `>` and `~>` compare the versions as
texts ("1.10.0" < "1.9.0"), which we repeat.
"""

import re

_VERSION = re.compile(r"^(\d+)(?:\.(\d+))?(?:\.(\d+))?$", re.MULTILINE | re.ASCII)
_REQUIREMENT = re.compile(r"^(~>|>|>=|=|<=|<) (\d+(?:\.\d+)?(?:\.\d+)?)$", re.MULTILINE | re.ASCII)


class VersionError(ValueError):
    """Text that is no version, or no requirement such as `~> 1.0.0`. `text` is what was written."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} is no version requirement")
        self.text = text


def satisfies(version: str, requirement: str) -> bool:
    """Return whether `version` ("1.0.0") meets `requirement` (an operator, one blank, a version).

    Raises VersionError for either text.
    """
    match = _REQUIREMENT.search(requirement)
    if not match:
        raise VersionError(requirement)
    numbers, wanted = _numbers(version), _numbers(match[2])
    match match[1]:
        case "=":
            return numbers == wanted
        case "~>":
            wanted = wanted[: len(numbers)]
            return _text(wanted) <= _text(numbers) < _text(_bump(wanted))
        case "<":
            return _text(numbers) < _text(wanted)
        case ">":
            return _text(numbers) > _text(wanted)
        case "<=":
            return _text(numbers) <= _text(wanted)
        case _:
            return _text(numbers) >= _text(wanted)


def _numbers(text: str) -> tuple[int, ...]:
    match = _VERSION.search(text)
    if not match:
        raise VersionError(text)
    try:
        return tuple(int(number) for number in match.groups() if number is not None)
    except ValueError as error:  # Python refuses numbers of more than 4,300 digits.
        raise VersionError(text) from error


def _bump(numbers: tuple[int, ...]) -> tuple[int, ...]:
    """The first version that `~>` does not reach: 1.2.3 gives 1.3.0, 1.2 gives 2.0, 1 gives 2."""
    if len(numbers) == 1:
        return (numbers[0] + 1,)
    return (*numbers[:-2], numbers[-2] + 1, 0)


def _text(numbers: tuple[int, ...]) -> str:
    return ".".join(map(str, numbers))
