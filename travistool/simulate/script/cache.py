"""Caches and workspaces: which folders are kept, and the statements that fetch and store them.

The store is a folder that whoever runs the job names in TRAVISTOOL_CACHE and TRAVISTOOL_WORKSPACES; without one, nothing
is kept. Each cached folder is one archive there, named after its path as the config writes it.
"""

from __future__ import annotations

from typing import Any

from travistool.catalog.check import NEVER, settle
from travistool.catalog.language import Language
from travistool.catalog.settings import Settings, as_text
from travistool.catalog.wording import to_shell
from travistool.plan.model import Job
from travistool.record import Record
from travistool.simulate.digest import digest
from travistool.simulate.script.shell import Lines, at_home, call, choose, fold, word


class Folder(Record):
    """One folder to keep, as text of the shell, where a test holds (`true`: always)."""

    path: str
    test: str


def folders(job: Job, language: Language, settings: Settings) -> tuple[Folder, ...]:
    """Return all folders that a job keeps."""
    given = job.config.get("cache")
    if given is False:
        return ()
    found = [Folder(as_text(path), "true") for item in _maps(given) for path in _listed(item.get("directories"))]
    for cache in language.caches:
        for stored in cache.folders if settings.caches(cache.name) else ():
            check = settle(stored.check, settings)
            if check != NEVER:
                found.append(Folder(settings.fill(stored.path), to_shell(check)))
    return tuple(dict.fromkeys(found))


def key(job: Job) -> str:
    """Return what tells the caches of a build's jobs apart: os, dist, arch, language and its versions, public variables."""
    config = job.config
    names = [name for name in config if name not in _NOT_IN_KEY]
    env = [f"{name}={as_text(value)}" for name, value, _ in job.variables() if not isinstance(value, dict)]
    parts = [f"{name}={as_text(config[name])}" for name in sorted(names) if isinstance(config[name], str | int | float)]
    return digest("\0".join([*parts, *env]))


_NOT_IN_KEY = frozenset(
    (
        *("env", "if", "name", "stage", "allow_failure", "cache", "deploy", "notifications", "sudo", "group"),
        *("before_install", "install", "before_script", "script", "before_cache", "after_success", "after_failure"),
        *("after_script", "before_deploy", "after_deploy", "git", "addons", "services", "branches", "filter_secrets"),
    )
)


def fetch(kept: tuple[Folder, ...]) -> Lines:
    """Return the statements that bring the folders back."""
    return _each(kept, "_job_cache_fetch", "cache.1")


def store(kept: tuple[Folder, ...], language: Language, settings: Settings) -> Lines:
    """Return the statements that keep the folders, behind the commands that tidy them up."""
    tidy = [
        call(command, "echo")
        for cache in language.caches
        if settings.caches(cache.name)
        for command in cache.before_upload
    ]
    return [*(tidy if kept else []), *_each(kept, "_job_cache_store", "cache.2")]


def exports(language: Language, settings: Settings) -> Lines:
    """Return the variables that a cache sets."""
    lines: Lines = []
    for cache in language.caches:
        for export in cache.exports if settings.caches(cache.name) else ():
            check = settle(export.check, settings)
            if check != NEVER:
                statement = call(f"export {export.name}={settings.fill(export.value)}", "echo")
                lines += choose([(to_shell(check), [statement])])
    return lines


def _each(kept: tuple[Folder, ...], action: str, name: str) -> Lines:
    lines: Lines = []
    for folder in kept:
        archive = digest(folder.path)
        lines += choose([(folder.test, [f"{action} {archive} {at_home(folder.path)}"])])
    return fold(name, lines) if lines else []


def use_workspaces(job: Job) -> Lines:
    """Return the statements that unpack workspaces of earlier stages."""
    given = job.config.get("workspaces")
    wanted = [name for item in _maps(given) for name in _listed(item.get("use"))]
    lines = [f"_job_workspace_use {_slug(name)} {word(as_text(name))}" for name in wanted]
    return fold("workspaces_use", lines) if lines else []


def create_workspaces(job: Job) -> Lines:
    """Return the statements that pack workspaces for later stages."""
    given = job.config.get("workspaces")
    made = [one for item in _maps(given) for one in _listed(item.get("create")) if isinstance(one, dict)]
    lines = []
    for one in made:
        name = as_text(one.get("name"))
        paths = " ".join(at_home(as_text(path)) for path in _listed(one.get("paths")))
        lines.append(f"_job_workspace_create {_slug(name)} {word(name)} {paths}")
    return fold("workspaces_create", lines) if lines else []


def _slug(name: Any) -> str:
    """Return a file name for a workspace: names are text of the config, and may hold anything."""
    return digest(as_text(name))


def _maps(value: Any) -> list[dict[str, Any]]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value in (None, False) else [value]
