"""The rule files, found by their names, for the tests that keep index, examples and verdicts current."""

import json
from pathlib import Path
from typing import NamedTuple

from travistool.lint.pages import Seen
from travistool.lint.rule import Rule
from travistool.lint.rules import load

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "travistool" / "lint" / "rules"
VERDICTS = ROOT / "docs" / "rules" / "verdicts"
CORPUS = VERDICTS / "corpus.json"


class Verdict(NamedTuple):
    """What a person says of one finding. `path` is that of the recording, `line` is 1-based."""

    path: str
    line: int
    agree: bool
    why: str


class Record(NamedTuple):
    """What is recorded of a rule: files with a finding, of all and of the sample, and the verdicts."""

    hits: int
    sample_hits: int
    verdicts: tuple[Verdict, ...]


def rules() -> tuple[tuple[str, Rule], ...]:
    """Return group and rule of every rule file, by group and name."""
    files = sorted(path for path in FOLDER.glob("*/*.py") if path.stem != "__init__")
    return tuple((path.parent.name, load(path.parent.name, path.stem)) for path in files)


def wanted(rule: Rule) -> int:
    """Return the number of findings that are to be judged, each in another file: fewer for what programs say."""
    if rule.needs_tools:
        return 20 if rule.profile == "default" else 5
    return 30 if rule.profile == "default" else 8


def record(name: str) -> Record | None:
    """Return what is recorded of a rule, None when nothing is."""
    path = VERDICTS / f"{name}.json"
    if not path.exists():
        return None
    data = json.loads(path.read_text(encoding="utf-8"))
    return Record(data["hits"], data["sample_hits"], tuple(Verdict(**one) for one in data["verdicts"]))


def seen() -> dict[str, Seen]:
    """Return what the pages say about real configs, by rule."""
    files = json.loads(CORPUS.read_text(encoding="utf-8"))["files"]
    found = {}
    for _, rule in rules():
        known = record(rule.name)
        if known is not None:
            agreed = sum(one.agree for one in known.verdicts)
            found[rule.name] = Seen(known.hits, files, len(known.verdicts), agreed)
    return found
