"""What a job asks of its machine: services, packages, host names, git, caches, workspaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from travistool.catalog.check import NEVER, settle
from travistool.catalog.services import POSTGRESQL
from travistool.catalog.settings import as_text
from travistool.migrate.blocks import to_shell
from travistool.migrate.model import Git, Service, Setup, Workspace
from travistool.migrate.packages import installed
from travistool.migrate.shell import quoted
from travistool.migrate.sought import sought
from travistool.migrate.tasks import Tasks
from travistool.plan.model import Job
from travistool.plan.phases import language_of
from travistool.source import Span

_ALIASES: Mapping[str, str] = {
    "memcache": "memcached",
    "pgsql": "postgresql",
    "postgres": "postgresql",
    "rabbitmq-server": "rabbitmq",
    "redis-server": "redis",
    "neo4j-server": "neo4j",
}
_ADDON_SERVICES = ("postgresql", "mariadb", "mysql", "rethinkdb")
_XVFB = sought(r"/etc/init\.d/xvfb\s+start|\bxvfb\s+start", "xvfb")
_HISTORY = re.compile(
    r"git\s+(?:describe|tag|log|fetch|diff|merge-base|rev-list)|setuptools_scm|--unshallow|semantic-release"
)


def services(job: Job, dist: str) -> tuple[Service, ...]:
    """Return the services of a job, those of addons included; each once."""
    found: dict[str, Service] = {}
    origin = job.origins.get("services")
    span = origin.span if origin is not None else None
    for name in _listed(job.config.get("services")):
        known = _ALIASES.get(as_text(name).lower(), as_text(name).lower())
        found.setdefault(known, Service(known, POSTGRESQL.get(dist, "") if known == "postgresql" else "", span))
    addons = _addons(job)
    for name in _ADDON_SERVICES:
        if addons.get(name) not in (None, False):
            version = as_text(addons[name]) if not isinstance(addons[name], dict | bool | list) else ""
            found[name] = Service(name, version, _span(job, "addons", name), is_asked=bool(version))
    return tuple(found.values())


def starts_display(texts: str) -> bool:
    """Tell whether commands start the virtual display in the old way."""
    return _XVFB.is_in(texts)


def setups(job: Job, tasks: Tasks) -> tuple[Setup, ...]:
    """Return what is prepared before the repository is there, from `addons`; what has no equal becomes a task."""
    if not _addons(job):
        return ()
    found = []
    if job.config.get("os") in (None, "linux"):
        found += [Setup("Install packages", tuple(_apt(job, tasks))), Setup("Install snaps", tuple(_snaps(job)))]
    if job.config.get("os") == "osx":
        found.append(Setup("Install packages", tuple(_homebrew(job))))
    found.append(Setup("Name this machine", tuple(_hosts(job))))
    found.append(Setup("Trust known hosts", tuple(_known_hosts(job))))
    return tuple([one for one in found if one.commands])


def _addons(job: Job) -> Mapping[str, Any]:
    addons = job.config.get("addons")
    if isinstance(addons, list):
        return {key: value for item in addons if isinstance(item, dict) for key, value in item.items()}
    return addons if isinstance(addons, dict) else {}


def addons(job: Job) -> Mapping[str, Any]:
    """Return the addons of a job, as written."""
    return _addons(job)


def _span(job: Job, key: str, part: str = "") -> Span | None:
    origin = job.origins.get(key)
    if origin is None:
        return None
    return origin.at(part).span if part else origin.span


def place_of(job: Job, key: str, part: str = "") -> Span | None:
    """Return where a key of a job, or a part of it, is written."""
    return _span(job, key, part)


def _apt(job: Job, tasks: Tasks) -> Iterator[str]:
    given = _addons(job)
    place = _span(job, "addons", "apt") if "apt" in given else _span(job, "addons", "apt_packages")
    yield from installed(given.get("apt"), given.get("apt_packages"), tasks, place)


def _snaps(job: Job) -> Iterator[str]:
    for snap in _listed(_addons(job).get("snaps")):
        if isinstance(snap, dict):
            name = as_text(snap.get("name"))
            words = [name, *([f"--{as_text(snap['confinement'])}"] if snap.get("confinement") else [])]
            words += [f"--channel={as_text(snap['channel'])}"] if snap.get("channel") else []
        else:
            words = as_text(snap).split()
        if words and words[0]:
            yield f"sudo snap install {' '.join(map(quoted, words))}"


def _homebrew(job: Job) -> Iterator[str]:
    brew = _addons(job).get("homebrew")
    if not isinstance(brew, dict):
        names = [as_text(one) for one in _listed(brew) if one not in (None, True)]
        if names:
            yield f"brew install {' '.join(map(quoted, names))}"
        return
    if brew.get("update") is True:
        yield "brew update"
    for tap in _listed(brew.get("taps")):
        yield f"brew tap {quoted(as_text(tap))}"
    for key, command in (("packages", "brew install"), ("casks", "brew install --cask")):
        names = [as_text(one) for one in _listed(brew.get(key))]
        if names:
            yield f"{command} {' '.join(map(quoted, names))}"


def brewfile(job: Job) -> str:
    """Return the command that installs what a Brewfile lists, once the repository is there; `` without one."""
    brew = _addons(job).get("homebrew")
    if job.config.get("os") != "osx" or not isinstance(brew, dict) or brew.get("brewfile") in (None, False):
        return ""
    name = brew["brewfile"]
    return "brew bundle" if name is True else f"brew bundle --file={quoted(as_text(name))}"


def _hosts(job: Job) -> Iterator[str]:
    for host in _listed(_addons(job).get("hosts")):
        yield f"echo {quoted(f'127.0.0.1 {as_text(host)}')} | sudo tee -a /etc/hosts"
    name = _addons(job).get("hostname")
    if name not in (None, False):
        yield f"echo {quoted(f'127.0.0.1 {as_text(name)}')} | sudo tee -a /etc/hosts"
        yield f"sudo hostname {quoted(as_text(name))}"


def _known_hosts(job: Job) -> Iterator[str]:
    hosts = [as_text(host) for host in _listed(_addons(job).get("ssh_known_hosts"))]
    if hosts:
        yield "mkdir -p ~/.ssh"
    for host in hosts:
        name, _, port = host.partition(":")
        yield f"ssh-keyscan {f'-p {quoted(port)} ' if port else ''}{quoted(name)} >> ~/.ssh/known_hosts"


def git(job: Job, texts: str) -> Git:
    """Return how the repository of a job is fetched."""
    given = job.config.get("git")
    options: Mapping[str, Any] = given if isinstance(given, dict) else {}
    depth = options.get("depth", 50)
    return Git(
        clone=options.get("clone") is not False,
        depth=depth if isinstance(depth, int) and not isinstance(depth, bool) else 0 if depth is False else 50,
        submodules="no" if options.get("submodules") is False else "recursive",
        lfs=options.get("lfs_skip_smudge") is not True,
        tags=_HISTORY.search(texts) is not None,
        autocrlf=as_text(options.get("autocrlf")),
        sparse=as_text(options.get("sparse_checkout")) if isinstance(options.get("sparse_checkout"), str) else "",
    )


def caches(job: Job) -> tuple[str, ...]:
    """Return the folders that the job's cache keeps, as paths of its shell; none where it has no cache."""
    cache = job.config.get("cache")
    if cache is False:
        return ()
    found = [folder for item in _listed(cache) for folder in _folders(item)]
    language = language_of(job)
    settings = language.settings(job.config)
    for shorthand in language.caches:
        # npm's is on by itself, which nobody asked for.
        if settings.caches(shorthand.name) and not (shorthand.name == "npm" and not _asks_for(cache, "npm")):
            for stored in shorthand.folders:
                check = settle(stored.check, settings)
                if check != NEVER and not ("node_modules" in stored.path and to_shell(check) != "true"):
                    found.append(settings.fill(stored.path))
    return tuple(dict.fromkeys(found))


def _asks_for(cache: Any, name: str) -> bool:
    return any(item == name or (isinstance(item, dict) and item.get(name)) for item in _listed(cache))


def _folders(item: Any) -> Iterator[str]:
    if isinstance(item, dict):
        for folder in _listed(item.get("directories")):
            text = as_text(folder).strip()
            if text:
                yield text


def workspaces(job: Job) -> tuple[tuple[Workspace, ...], tuple[str, ...]]:
    """Return the workspaces that a job creates, and the names of those that it uses."""
    given = job.config.get("workspaces")
    if not isinstance(given, dict):
        return (), ()
    created = []
    for item in _listed(given.get("create")):
        if isinstance(item, dict):
            paths = tuple([as_text(path) for path in _listed(item.get("paths"))])
            created.append(Workspace(as_text(item.get("name")) or "workspace", paths))
    used = tuple([as_text(item.get("name") if isinstance(item, dict) else item) for item in _listed(given.get("use"))])
    return tuple(created), used


def _listed(value: Any) -> list[Any]:
    if value is None or value is False:
        return []
    return value if isinstance(value, list) else [value]


listed = _listed
