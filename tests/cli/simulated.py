"""What tests of `travistool simulate` share."""

import json
from pathlib import Path
from typing import Any

HOST = ("--engine", "host", "-j", "2")


def report(folder: Path) -> Any:
    """Return the report that a run has written to `out.json`."""
    return json.loads((folder / "out.json").read_text())
