"""The dated data files of targets."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def facts(target: str) -> dict[str, Any]:
    """Return the data file of a target; treat it as frozen."""
    text = files("travistool.migrate.data").joinpath(f"{target}.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
