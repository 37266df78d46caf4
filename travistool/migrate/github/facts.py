"""The dated data file of this target: versions of actions, runners, images."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def facts() -> dict[str, Any]:
    """Return the whole file; treat it as frozen."""
    text = files("travistool.migrate.data").joinpath("github.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def action(name: str) -> str:
    """Return what stands behind `uses:`. Raises KeyError for an action that the file does not know."""
    return f"{name}@{facts()['actions'][name]['version']}"
