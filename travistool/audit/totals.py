"""The totals of an audit, gathered row by row: nothing of a row is kept but numbers and names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from travistool.audit.row import STATES, Migrated, Row
from travistool.migrate.tasks import KINDS

_REASONS = 10
_LONGEST = 1000


class OfTarget:
    """What came of one target. `states` are files; `tasks` are tasks by kind, `files` the files with a task of a kind."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.states: Counter[str] = Counter()
        self.tasks: Counter[str] = Counter()
        self.files: Counter[str] = Counter()
        self.changed = 0
        self.compared = 0
        self.equal = 0

    def add(self, one: Migrated) -> None:
        """Count one file."""
        self.states[one["state"]] += 1
        self.tasks.update(one["tasks"])
        self.files.update(one["tasks"].keys())
        self.changed += one["changes_rows"] > 0
        self.compared += one["equal"] is not None
        self.equal += one["equal"] is True

    def record(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "target": self.name,
            "states": {name: self.states[name] for name in STATES},
            "tasks": {kind: self.tasks[kind] for kind in KINDS if self.tasks[kind]},
            "files_with_tasks": {kind: self.files[kind] for kind in KINDS if self.files[kind]},
            "files_with_changed_rows": self.changed,
            "compared": self.compared,
            "equal": self.equal,
        }


class Totals:
    """Sums over all rows. Languages, systems, services and providers are counted once a file, rules by findings.

    `problems` say why there is no build, `stops` why one is not migrated.
    """

    def __init__(self, targets: Sequence[str]) -> None:
        self.files = 0
        self.unreadable = 0
        self.planned = 0
        self.jobs = 0
        self.staged = 0
        self.findings: Counter[str] = Counter()
        self.files_with: Counter[str] = Counter()
        self.rules: Counter[str] = Counter()
        self.names: dict[str, Counter[str]] = {key: Counter() for key in ("languages", "os", "services", "providers")}
        self.problems: Counter[str] = Counter()
        self.stops: Counter[str] = Counter()
        self.crashes: Counter[str] = Counter()
        self.targets = {name: OfTarget(name) for name in targets}

    def add(self, row: Row) -> None:
        """Count one row."""
        self.files += 1
        if row["problem"]:
            self._count(self.problems, _without_line(row["problem"]))
        linted, planned = row["lint"], row["plan"]
        if linted is None:
            self.unreadable += 1
        else:
            for key, number in (
                ("errors", linted["errors"]),
                ("warnings", linted["warnings"]),
                ("infos", linted["infos"]),
            ):
                self.findings[key] += number
                self.files_with[key] += number > 0
            self.rules.update(linted["rules"])
        if planned is not None:
            self.planned += 1
            self.jobs += planned["jobs"]
            self.staged += planned["stages"] > 0
            self.names["languages"].update(planned["languages"])
            self.names["os"].update(planned["os"])
            self._update(self.names["services"], planned["services"])
            self._update(self.names["providers"], planned["providers"])
        for one in row["targets"]:
            self.targets[one["target"]].add(one)
        for why in (
            {_without_line(one["why"]) for one in row["targets"] if one["state"] == "stopped"} if planned else ()
        ):
            self._count(self.stops, why)
        for crash in row["crashes"]:
            self._count(self.crashes, f"{crash['step']}: {crash['error']}")

    def _update(self, counter: Counter[str], names: Sequence[str]) -> None:
        for name in names:
            self._count(counter, name)

    @staticmethod
    def _count(counter: Counter[str], name: str) -> None:
        """Count what is a text of the config's: however many there are, no more than some are kept apart."""
        counter[name if name in counter or len(counter) < _LONGEST else "other"] += 1

    @property
    def is_whole(self) -> bool:
        """Tell whether each file can be migrated to each target; whether it can be planned where there are none."""
        if self.planned < self.files:
            return False
        return not any(one.states["stopped"] or one.states["crashed"] for one in self.targets.values())

    def record(self) -> dict[str, Any]:
        """Return plain data; counts by name, the most frequent first."""
        return {
            "files": self.files,
            "unreadable": self.unreadable,
            "findings": dict(self.findings),
            "files_with": {key: number for key, number in self.files_with.items() if number},
            "rules": dict(ranked(self.rules)),
            "expandable": self.planned,
            "jobs": self.jobs,
            "files_with_stages": self.staged,
            **{key: dict(ranked(counter)) for key, counter in self.names.items()},
            "problems": dict(ranked(self.problems)[:_REASONS]),
            "stops": dict(ranked(self.stops)[:_REASONS]),
            "targets": [one.record() for one in self.targets.values()],
            "crashes": dict(ranked(self.crashes)),
        }


def ranked(counter: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return names and numbers, the highest first, equal ones by name: processes end in no order."""
    return sorted(counter.items(), key=lambda one: (-one[1], one[0]))


def _without_line(text: str) -> str:
    """Return a problem without its place, so that the same ones count as one."""
    place, sign, rest = text.partition(": ")
    return rest if sign and place.startswith("line ") else text
