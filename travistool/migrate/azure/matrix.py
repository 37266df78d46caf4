"""Which rows share a job with a matrix: those whose jobs are the same but for title, image, cache and variables.

A leg has only the variables that its row has.

Source: learn.microsoft.com, "jobs.job.strategy", "Define variables" (names that no variable may have), as of 2026-09.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

from travistool.migrate.azure.jobs import CACHE, IMAGE, TITLE, Job

_NOT_A_VARIABLE = re.compile(
    r"(?:endpoint|input|path|secret|securefile|system_|agent_|environment_|ld_|home$|tf_build$"
    r"|node_options$|pipeline_workspace$|build_(?:artifact|binaries|build|container|cron|definition|queued|reason"
    r"|repository|requested|source|staging|triggered))",
    re.IGNORECASE,
)
"""Names that Azure keeps for itself, or that its own steps would take for theirs: every step gets the variables."""

_CALL = re.compile(r"\$\((\w+)\)")
_OURS = frozenset(name.lower() for name in (TITLE, IMAGE, CACHE))


class Group(NamedTuple):
    """Jobs with one condition. `is_tolerated`: their failures are allowed."""

    condition: str
    is_tolerated: bool
    jobs: list[Job]


def grouped(jobs: Sequence[tuple[str, bool, Job]]) -> Iterator[Group]:
    """Yield jobs with their conditions, in the order of the first of each group."""
    found: dict[str, Group] = {}
    named: dict[str, dict[str, str]] = {}
    alone = count()
    for condition, is_tolerated, one in jobs:
        shape = one._replace(title="", image="", slot="", values={})
        key = json.dumps((condition, is_tolerated, bool(one.image), shape))
        own = {name.lower(): name for name in one.values}
        known = named.setdefault(key, {})
        if not _is_free(one) or any(known.get(lower, name) != name for lower, name in own.items()):
            key = str(next(alone))
        else:
            known |= own
        found.setdefault(key, Group(condition, is_tolerated, [])).jobs.append(one)
    return iter(found.values())


def _is_free(one: Job) -> bool:
    """Tell whether all of a job's variables may stand in a matrix, and none means anything to its script."""
    # Azure does not tell names by their case.
    names = [*_OURS, *[name.lower() for name in (*one.values, *one.secrets)]]
    called = {name.lower() for name in _CALL.findall(one.script)}
    return (
        len(names) == len(set(names))
        and not any(_NOT_A_VARIABLE.match(name) for name in one.values)
        and not any(value.startswith("$[") or _CALL.search(value) for value in one.values.values())
        and not called.intersection(names)
    )
