"""Two judges of the normal form: our walker, and jsonschema with the schema that the shapes stand for.

A config is invalid to both or to none. Counted as the walker's verdict are the messages about what JSON Schema can
say of a normal form: types, values, formats, unknown and missing keys. An unknown key that is an anchor is one too,
though Travis calls it deprecated.
"""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.parity.oracle import rows
from tests.schema.normal_form import normal_schema
from travistool.pipeline import read
from travistool.schema.run import Message
from travistool.schema.store import load
from travistool.source import Source

pytestmark = pytest.mark.parity

CODES = {"invalid_type", "unknown_value", "unknown_key", "required", "invalid_format"}


def test_the_walker_and_jsonschema_agree_on_every_normal_form() -> None:
    schema = normal_schema(load().root)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    recorded = rows("configs.jsonl.gz")
    verdicts = [(row["path"], _walker_accepts(row), validator.is_valid(row["config"])) for row in recorded]
    assert [path for path, ours, theirs in verdicts if ours != theirs] == []
    assert {ours for _, ours, _ in verdicts} == {True, False}


def _walker_accepts(row: dict[str, Any]) -> bool:
    normal = read(Source(row["path"], row["yaml"])).normal
    assert normal is not None
    return not any(_counts(message) for message in normal.messages)


def _counts(message: Message) -> bool:
    is_anchor = message.code == "deprecated_key" and str(message.args.get("info")).startswith("anchor")
    return is_anchor or message.code in CODES
