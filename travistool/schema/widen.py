"""The written form of each shape as JSON Schema: all that Travis takes without a warning, shorthand included.

Where an exact answer would need more than JSON Schema can say, the schema accepts. Warnings are rejected where that
is cheap: unknown keys, lists in place of one value, plain text in place of secrets.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping

from travistool.schema import spelling
from travistool.schema.shape import BOOLEAN, CHOICE, LIST, MAP, NUMBER, SECRET, STRING, Shape

Schema = dict[str, object]

UNKNOWN = "unknown"
PRIVATE = r"^(?:[._]|<<$|merge_mode$)"
"""Keys that are never judged: the user's own, merge keys, and one of the API's payload."""

_SECURE: Schema = {
    "type": "string",
    "pattern": spelling.ENCODED,
    "errorMessage": "Not encrypted text: use the output of `travis encrypt`.",
}

SHARED: Mapping[str, Schema] = {
    "text": {"description": "A text; a number or a boolean is read as one.", "type": [
        "string", "number", "boolean", "null"]},
    "number": {"type": ["number", "string", "null"], "pattern": spelling.NUMBER},
    "flag": {
        "description": "On or off; `yes`, `enabled`, `required` and their opposites are read so too.",
        "type": ["boolean", "string", "null"],
        "pattern": spelling.BOOLEAN,
    },
    "secret": {
        "description": "A secret: encrypted text under `secure`, or the name of a variable such as $TOKEN.",
        "type": ["object", "string", "null"],
        "required": ["secure"],
        "additionalProperties": False,
        "properties": {"secure": {"description": "the encrypted text", **_SECURE}},
        "pattern": spelling.REFERENCE,
        "errorMessage": "A secret in plain text: encrypt it (`travis encrypt`) or name a variable.",
    },
    "soft_secret": {
        "description": "A text that may be encrypted under `secure`.",
        "type": ["object", "string", "null"],
        "required": ["secure"],
        "additionalProperties": False,
        "properties": {"secure": {"description": "the encrypted text", "type": "string"}},
    },
    "open": {"description": "Any keys.", "type": ["object", "null"]},
    UNKNOWN: {
        "description": "Travis knows no such key here.",
        "enum": [None, "", [], {}],
        "errorMessage": "Travis knows no such key here.",
    },
}
"""The types that are not derived from a shape. `unknown` is a key that Travis ignores: it passes with nothing in it."""


def refer(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}
