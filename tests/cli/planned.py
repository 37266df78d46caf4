"""What `travistool expand --format jsonl` prints, read back."""

import json
from typing import Any

from tests.cli.conftest import Call, Ran


def rows(ran: Ran) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ran.out.splitlines()]


def plan(travistool: Call, *arguments: str) -> dict[str, Any]:
    ran = travistool("expand", "--format", "jsonl", *arguments)
    assert (ran.code, ran.err) == (0, "")
    (row,) = rows(ran)
    return row
