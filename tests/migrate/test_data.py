"""The data files of targets: dated, with a source, and no action that is known to be dead."""

import json
import re
from pathlib import Path

import pytest

import travistool.migrate.data

FILES = sorted(Path(travistool.migrate.data.__file__).parent.glob("*.json"))
_DATE = re.compile(r"20\d\d-[01]\d-[0-3]\d\Z")
_DEAD = {"actions/cache": 4, "actions/upload-artifact": 4, "actions/download-artifact": 4, "actions/checkout": 4}
"""The oldest major that still runs."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_everything_has_a_date(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    assert _DATE.match(data["date"])
    assert data["source"]
    for name, section in data.items():
        if isinstance(section, dict):
            dated = section.values() if name == "actions" else [section]
            assert [part for part in dated if not _DATE.match(part.get("date", ""))] == []
            # One source for all of GitHub's: its tags and manifests were read in one go.
            assert name == "actions" or path.stem in ("github", "clients") or section["source"]


def test_no_action_is_dead() -> None:
    (path,) = (path for path in FILES if path.stem == "github")
    actions = json.loads(path.read_text(encoding="utf-8"))["actions"]
    for name, oldest in _DEAD.items():
        assert int(actions[name]["version"].removeprefix("v")) >= oldest
