"""What the files have nothing of, because it does nothing: told in the report, so that nothing is lost in silence.

What changes a build when it is missing is a task instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from travistool.catalog.language import Language
from travistool.catalog.rule import settled
from travistool.catalog.settings import as_text
from travistool.migrate.containers import has_image_of_dist
from travistool.migrate.machine import addons, place_of
from travistool.migrate.model import Build, Row
from travistool.migrate.notes import SET_UP
from travistool.migrate.target import Target
from travistool.migrate.tasks import Tasks
from travistool.plan.model import BuildPlan, Job, Skipped
from travistool.plan.support import is_of_language, supports_key
from travistool.schema.elements import Element
from travistool.schema.normalize import Normal
from travistool.source import Span

_ALSO_OF_BUILDS = frozenset(("if", "branches", "env", "deploy"))
"""Keys of the top level that say something of the whole build, or are merged with those of jobs."""

_CAUSES = frozenset(("lone", "repeated"))
"""What a job is lost to on Travis as well, without a condition."""

_READ_ALL_THE_SAME = frozenset(("git.clone", "addons.snaps.confinement"))
"""What the parser does not know, but jobs do."""

_OF_ROOT: Mapping[str, str] = {
    "conditions": "conditions are read in its way in any case",
    "version": "it only asks Travis to check the config",
}
_OF_JOBS: Mapping[str, str] = {
    "sudo": "jobs may become root wherever they run",
    **dict.fromkeys(("group", "stack", "virt"), "it chooses among Travis's own machines"),
    **dict.fromkeys(("filter_secrets", "trace", "keep_netrc"), "it is about Travis's own log and logins"),
}
_OF_PARTS: Mapping[str, str] = {
    "cache.apt": "Travis does nothing about it either",
    **dict.fromkeys(
        ("cache.timeout", "cache.edge", "cache.branch"), "it is about the program that keeps Travis's caches"
    ),
    "git.quiet": "it is about the log only",
    **dict.fromkeys(("git.strategy", "git.symlinks"), "the repository is fetched in the system's own way"),
    "git.submodules_depth": "submodules are fetched in the system's own way",
}
_OF_TOOL = ("skip_cleanup", "edge", "dpl_version")
_OF_SYSTEM: Mapping[str, str] = {"apt": "linux", "apt_packages": "linux", "snaps": "linux", "homebrew": "osx"}
_AROUND = ("before_deploy", "after_deploy")
_PHASES = ("install", "script", "before_cache")


def leave(normal: Normal, plan: BuildPlan, build: Build, tasks: Tasks) -> None:
    """Note what no target has anything of."""
    read = {key for row in build.rows for key in row.language.unlisted} | _READ_ALL_THE_SAME
    for message in normal.messages:
        key = f"{message.key}.{as_text(message.args.get('key'))}".removeprefix("root.")
        own = key.removeprefix("jobs.include.")
        if message.code == "unknown_key" and own not in read and not own.startswith("deploy."):
            tasks.leave(key, "Travis does not know it", message.span)
    for skipped in plan.skipped:
        if skipped.kind == "key" and not _is_taken(skipped, build):
            tasks.leave(skipped.what, skipped.reason.partition("' ")[2].replace("has", "it has", 1), skipped.span)
        elif skipped.reason in ("it has no jobs", "it fits no job"):
            tasks.leave(f"{skipped.kind} {skipped.what}", skipped.reason, skipped.span)
        elif skipped.cause in _CAUSES:
            tasks.leave(f"job {skipped.what}", skipped.reason, skipped.span)
    _of_root(normal, tasks)
    _overridden(normal, build, tasks)
    for row in build.rows:
        _of_deployments(row, tasks)
    for place in _merged([one for row in build.rows for one in _of_row(row)]):
        tasks.leave(*place)


def _is_taken(skipped: Skipped, build: Build) -> bool:
    """Tell whether some job has a value that another one lost."""
    origins = [row.job.origins[skipped.what] for row in build.rows if skipped.what in row.job.origins]
    return any(_start(origin.span) == _start(skipped.span) for origin in origins)


def _start(place: Span | None) -> tuple[int, int] | None:
    return None if place is None else (id(place.source), place.start)


def leave_on(target: Target, build: Build, tasks: Tasks) -> None:
    """Note what a target has nothing of."""
    found: list[_Told] = []
    for row in build.rows:
        has_other = not target.installs and row.os == "linux" and not has_image_of_dist(row)
        found.append(
            _told(row, "dist", "", "images and machines there have a system of their own" if has_other else "")
        )
        if isinstance(row.job.config.get("git"), dict) and "depth" in row.job.config["git"]:
            why = "commands ask for the history, so all of it is fetched" if row.git.tags else ""
            why = "all of the history is fetched" if target.fetches_all else why
            found.append(_told(row, "git", "depth", why))
    for place in _merged([one for one in found if one.place is not None]):
        tasks.leave(*place)


class _Told(NamedTuple):
    """What a job makes of a value: `why` it does nothing there; `` where it does something."""

    what: str
    why: str
    place: Span | None


def _told(row: Row, key: str, part: str, why: str) -> _Told:
    origin = row.job.origins.get(key)
    place = None if origin is None else origin.at(part).span if part else origin.span
    return _Told(f"{key}.{part}" if part else key, why, place)


def _merged(told: Iterable[_Told]) -> Iterator[_Told]:
    """Yield, of values that are written somewhere, those that do nothing in any job that has them."""
    found: dict[tuple[str, tuple[int, int] | None], _Told] = {}
    for one in told:
        if one.place is not None:
            key = (one.what, _start(one.place))
            known = found.get(key)
            found[key] = one if known is None or known.why else known
    yield from [one for one in found.values() if one.why]


def _of_root(normal: Normal, tasks: Tasks) -> None:
    for key, why in _OF_ROOT.items():
        _leave_child(normal.root, key, why, tasks)
    jobs = normal.root.get("jobs")
    if jobs is not None and jobs.kind == "map":
        _leave_child(
            jobs, "fast_finish", "a build ends there when all of its jobs have ended", tasks, "jobs.fast_finish"
        )


def _leave_child(element: Element, key: str, why: str, tasks: Tasks, what: str = "") -> None:
    child = element.get(key)
    if child is not None and child.given() and child.key_node is not None:
        tasks.leave(what or key, why, child.span())


def _overridden(normal: Normal, build: Build, tasks: Tasks) -> None:
    """Note keys of the top level that no job takes: each has a value of its own, or none could do anything with it."""
    for key in normal.root.children:
        if not any(supports_key(key, row.job.config) for row in build.rows):
            _leave_child(normal.root, key, "no job has a language or system that it is for", tasks)
    taken = {key for row in build.rows for key, origin in row.job.origins.items() if origin.kind != "include"}
    named = {key for row in build.rows for key in row.job.origins} - _ALSO_OF_BUILDS
    for key in sorted(named - taken):
        _leave_child(normal.root, key, "every job has a value of its own", tasks)


def _of_row(row: Row) -> Iterator[_Told]:
    # Most keys always do something.
    for key in [key for key in row.job.config if key in _OF_JOBS or key in _AROUND or is_of_language(key)]:
        is_around_nothing = key in _AROUND and not row.deployments
        why = "nothing is deployed" if is_around_nothing else _OF_JOBS.get(key) or _of_language(row, key)
        yield _told(row, key, "", why)
    if isinstance(row.job.config.get("android"), dict):
        yield _told(row, "android", "licenses", "all licenses are accepted, by Travis as well")
    for what, why in _of_parts(row):
        key, _, part = what.partition(".")
        yield _told(row, key, part, why)


def _of_language(row: Row, key: str) -> str:
    """Return why a key of a job's language does nothing; `` where it does something, or is a task."""
    if any(key == name for name, _ in row.versions) or key in SET_UP.get(row.language.name, ()):
        return ""
    asked = [phase for phase in _PHASES if key in _asked(row.job, row.language, phase)]
    if any(phase in row.blocks and row.blocks[phase].is_default for phase in asked):
        return ""
    named = " and ".join(f"'{phase}'" for phase in asked)
    return f"only the default of {named} asks for it, which the config replaces" if asked else ""


class _Noting(dict[str, Any]):
    """A config that knows which of its keys somebody has asked for."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        super().__init__(config)
        self.asked: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)


def _asked(job: Job, language: Language, phase: str) -> set[str]:
    """Return the keys that the default of a phase asks for."""
    config = _Noting(job.config)
    settled(language.default(phase), language.settings(config))
    return config.asked


def _of_parts(row: Row) -> Iterator[tuple[str, str]]:
    """Yield the parts of `cache`, `git` and `addons` of a job, each with why it does nothing."""
    kinds = {one.name for one in row.language.caches}
    for key in ("cache", "git"):
        value = row.job.config.get(key)
        for name, given in (value if isinstance(value, dict) else {}).items():
            has_none = key == "cache" and given is True and name not in kinds
            other = f"jobs in {row.language.name} have no cache of that kind" if has_none else ""
            yield f"{key}.{name}", _OF_PARTS.get(f"{key}.{name}", other)
    for name in addons(row.job):
        system = _OF_SYSTEM.get(name, row.os)
        yield f"addons.{name}", "" if system == row.os else f"it does nothing on os '{row.os}'"


def _of_deployments(row: Row, tasks: Tasks) -> None:
    value = row.job.config.get("deploy")
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, dict) and as_text(entry.get("dpl_version") or "").split(".")[0] not in ("0", "1"):
            for key in _OF_TOOL:
                if entry.get(key) is not None:
                    tasks.leave(
                        f"deploy.{key}",
                        "no version of Travis's own tool runs that would ask for it",
                        place_of(row.job, "deploy"),
                    )
