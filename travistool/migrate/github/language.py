"""What a language needs on GitHub, and what the functions that say so share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from travistool.migrate.github.facts import action
from travistool.migrate.machine import place_of
from travistool.migrate.model import Row
from travistool.migrate.tasks import Tasks

Step = dict[Any, Any]


class Language(NamedTuple):
    """What a language needs: steps, a container, another runner, and variables for the whole job."""

    steps: tuple[Step, ...] = ()
    container: str = ""
    runner: str = ""
    env: Mapping[str, str] = {}


def uses(name: str, **options: str | bool) -> Step:
    """Return the step of an action, in the version of the data file; `_` in options stands for `-`."""
    inputs = {key.replace("_", "-"): value for key, value in options.items()}
    return {"uses": action(name), **({"with": inputs} if inputs else {})}


def note_version(row: Row, tasks: Tasks, key: str, reason: str, do: str) -> None:
    """Note a version that is not there, at the place of its key."""
    tasks.add("version", reason, do, place_of(row.job, key))


def numbers_of(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, three at most."""
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def with_options(step: Step, **options: str) -> Step:
    """Return a step with other options."""
    return {**step, "with": {key.replace("_", "-"): value for key, value in options.items()}}
