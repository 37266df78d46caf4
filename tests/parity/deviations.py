"""Where we differ from the official parser on purpose: each a rule with a reason, and a test of whether it applies.

The parity tests count what falls under each row; together they may be at most one row in a hundred of a recording.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

_NON_ASCII = re.compile(r"[^\x00-\x7f]")


class Deviation(NamedTuple):
    """`applies` gets what we made and what was recorded, both as (config, messages) in a comparable form."""

    name: str
    reason: str
    applies: Callable[[str, Any, Any], bool]


def _only_characters_differ(text: str, ours: Any, theirs: Any) -> bool:
    """Both sides are equal once what the official reader deletes is deleted from both."""
    return not text.isascii() and _ascii(ours) == _ascii(theirs)


def _ascii(value: Any) -> Any:
    if isinstance(value, dict):
        return {_ascii(key): _ascii(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_ascii(item) for item in value]
    # What is blank on the outside once characters are gone was blank to the official reader too.
    return _NON_ASCII.sub("", value).strip() if isinstance(value, str) else value


def _undecodable_byte(text: str, ours: Any, theirs: Any) -> bool:
    return text.count("?") == 1 and _without(ours) == _without(theirs)


def _without(value: Any) -> Any:
    if isinstance(value, dict):
        return {_without(key): _without(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without(item) for item in value]
    return value.replace("?", "") if isinstance(value, str) else value


DEVIATIONS = (
    Deviation(
        "non-ascii-kept",
        "The official reader deletes every character outside ASCII before it parses. Users want their names, branches "
        "and commands as they wrote them, and a linter that prints other text than the file holds is not believed.",
        _only_characters_differ,
    ),
    Deviation(
        "undecodable-byte",
        "The recorder wrote a byte that is no UTF-8 as `?` in the input, while the official reader had dropped it. "
        "We drop such bytes too, with a warning that says where.",
        _undecodable_byte,
    ),
)


def explain(text: str, ours: Any, theirs: Any) -> str | None:
    """Return the name of the deviation that explains a difference; None when none does."""
    return next((row.name for row in DEVIATIONS if row.applies(text, ours, theirs)), None)
