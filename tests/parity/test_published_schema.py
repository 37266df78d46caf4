"""The published schema against the official verdicts, in both loadings: check-jsonschema's and our own."""

from collections.abc import Callable
from typing import Any

import pytest
from check_jsonschema.parsers import ParseError, ParserSet  # type: ignore[import-untyped]
from jsonschema import Draft202012Validator

from tests.parity.oracle import rows
from travistool.document.dialect import resolve
from travistool.document.parse import parse
from travistool.schema.publish import publish
from travistool.source import Source

pytestmark = pytest.mark.parity

WRONG = {"invalid_type", "unknown_value", "required", "overwrite"}
UNREADABLE = object()

Load = Callable[[str], Any]


def plain(text: str) -> object:
    """Load as we do: text stays text."""
    value, _ = resolve(parse(Source(".travis.yml", text)))
    return UNREADABLE if value is None else value.plain()


def check_jsonschema(text: str) -> object:
    """Load as check-jsonschema does: YAML 1.2, 3.10 is a number, no key twice."""
    try:
        return ParserSet().parse_data_with_path(text.encode(), ".travis.yml", "yaml")
    except ParseError:
        return UNREADABLE


@pytest.mark.parametrize("load", [plain, check_jsonschema])
def test_the_schema_says_what_the_official_parser_says(load: Load) -> None:
    validator = Draft202012Validator(publish())
    rejected, accepted, unreadable, binary = [], [], 0, 0
    recorded = rows("configs.jsonl.gz")
    for row in recorded:
        config = load(row["yaml"])
        if config is UNREADABLE:
            unreadable += 1
        elif holds_bytes(config):
            binary += 1
        elif validator.is_valid(config):
            if WRONG & {code for _, _, code, _ in row["msgs"]}:
                accepted.append(row["path"])
        elif all(map(_is_quiet, row["msgs"])):
            rejected.append(row["path"])
    assert not rejected, "false alarms"
    assert not accepted, "misses"
    assert unreadable < len(recorded) / 50
    assert binary <= 5


def holds_bytes(value: object) -> bool:
    """Tell whether a value tagged `!!binary` is in there: no JSON, so JSON Schema knows no type for it."""
    if isinstance(value, dict | list):
        return any(map(holds_bytes, value.values() if isinstance(value, dict) else value))
    return isinstance(value, bytes)


def _is_quiet(message: list[Any]) -> bool:
    """Tell whether a message is an info, or a deprecation that the schema shows without rejecting the key.

    A key with an anchor is rejected: Travis calls it deprecated, but JSON Schema sees an unknown key.
    """
    level, _, code, args = message
    return level == "info" or (code == "deprecated_key" and not args["info"].startswith("anchor"))
