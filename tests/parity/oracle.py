"""The recordings of the official implementation, wherever they are. Any folder with the same layout will do."""

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

_DEFAULT = Path(__file__).resolve().parents[2].parent / "shared" / "oracle"


def folder() -> Path:
    """Return the folder of the recordings: TRAVISTOOL_ORACLE, else `../shared/oracle` from the project's root.

    Without it a test skips; it fails where the variable is set.
    """
    named = os.environ.get("TRAVISTOOL_ORACLE")
    path = Path(named) if named else _DEFAULT
    if path.is_dir():
        return path
    reason = f"no recordings of the official parser in {path}: set TRAVISTOOL_ORACLE"
    if named:
        pytest.fail(reason)
    pytest.skip(reason, allow_module_level=True)


def rows(name: str) -> list[dict[str, Any]]:
    """Return the rows of one file, such as `vectors/yaml.jsonl.gz`."""
    with gzip.open(folder() / name, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
