"""What cannot work here, and why: told before anything runs, with what to pass to make it work."""

from __future__ import annotations

import posixpath
import re
import shlex
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Literal

from travistool.catalog.rule import settled
from travistool.catalog.services import BY_NAME
from travistool.catalog.settings import as_text
from travistool.plan.model import Job
from travistool.plan.phases import PHASES, entries_of, language_of
from travistool.record import Record
from travistool.simulate.addresses import HTTPS, Address, needs
from travistool.simulate.engine import Remark
from travistool.simulate.given import Encrypted, Resolved
from travistool.simulate.masking import SHORTEST, short
from travistool.simulate.script import addons
from travistool.simulate.script.defaults import MANAGERS
from travistool.simulate.script.facts import Build, Means
from travistool.simulate.script.options import secrets_of
from travistool.simulate.script.variables import pairs
from travistool.source import Span

Severity = Literal["skipped", "problem", "note"]

_LOGIN = r"\b(?:docker|podman|npm|gem|az|gcloud|aws|heroku|oc|cf)\s+(?:\S+\s+)?login\b|--password-stdin"
_ASSERTED = frozenset(("before_install", "install", "before_script", "before_deploy"))
_IGNORED = frozenset(("before_cache", "after_success", "after_failure", "after_script", "after_deploy"))
_USUAL = (0, 80, HTTPS)
_COMMAND_PHASES = tuple(name for name in PHASES if name != "deploy")
_MAKES = r"\b(?:mkdir|git\s+clone|tar|unzip|curl|wget|cp|mv|npm|composer|cmake|svn|hg|virtualenv|venv)\b"


class Notice(Record):
    """One thing to know. `jobs` are numbers; `hint` is what to do about it; `span` the place in the config."""

    severity: Severity
    message: str
    hint: str = ""
    jobs: tuple[str, ...] = ()
    span: Span | None = None


class Facts(Record):
    """What is known about the machine and the repository. What is None nobody looked at.

    `has` tells whether the machine has a program, `listens` whether something answers at a port of it, where all jobs
    share this one. `folders` are those of the repository, and `elsewhere` those of them that are other
    repositories, both only asked for where an entry goes to one. Nobody answers at the addresses that are
    `unreachable`, or jobs have no network, where it `is_cut_off`. `remarks` are the engine's, by job.
    """

    means: Means
    refused: Mapping[str, str]
    folders: Callable[[], Collection[str]] | None = None
    has: Callable[[str], bool] | None = None
    listens: Callable[[int], bool] | None = None
    unreachable: Collection[Address] = ()
    is_cut_off: bool = False
    remarks: Mapping[str, tuple[Remark, ...]] = MappingProxyType({})
    elsewhere: Callable[[], Collection[str]] = frozenset


def preflight(jobs: Iterable[Job], build: Build, secrets: Resolved, facts: Facts) -> tuple[Notice, ...]:
    """Return what to know about jobs before they run. Equal notices of several jobs are one."""
    merged: dict[tuple[Severity, str, str], Notice] = {}
    for one in _notices(tuple(jobs), build, secrets, facts):
        key = (one.severity, one.message, one.hint)
        known = merged.get(key)
        merged[key] = one if known is None else known._replace(jobs=tuple(dict.fromkeys((*known.jobs, *one.jobs))))
    order: tuple[Severity, ...] = ("skipped", "problem", "note")
    return tuple(sorted(merged.values(), key=lambda one: order.index(one.severity)))


def _notices(jobs: tuple[Job, ...], build: Build, secrets: Resolved, facts: Facts) -> Iterator[Notice]:
    for job in jobs:
        if job.number in facts.refused:
            yield Notice("skipped", f"cannot run here: {facts.refused[job.number]}", "", (job.number,))
    running = tuple(job for job in jobs if job.number not in facts.refused)
    yield from _secrets(running, build, secrets)
    for job in running:
        for one in facts.remarks.get(job.number, ()):
            yield Notice(one.severity, one.message, one.hint, (job.number,))
        yield from _services(job, facts)
        if facts.has is not None:
            yield from _programs(job, facts.has)
        if facts.folders is not None:
            yield from _folders(job, facts.folders, facts.elsewhere)
    yield from _hosts(running, facts)


def _secrets(jobs: tuple[Job, ...], build: Build, secrets: Resolved) -> Iterator[Notice]:
    if not build.may_use_secrets:
        if secrets.missing or secrets.secrets:
            reason = "secrets are not there: the pull request is from another repository, as on Travis"
            yield Notice("note", reason, "", tuple(job.number for job in jobs))
    elif secrets.missing:
        wanted = {one.text for one in secrets.missing}
        hurt = [job for job in jobs if wanted & set(_encrypted(job))]
        if hurt:
            several = len(secrets.missing) > _NAMED
            told = f"{len(secrets.missing)} secrets" if several else ", ".join(map(_called, secrets.missing))
            hint = "give them with --secret NAME=VALUE or --secrets-file FILE"
            numbers = tuple(job.number for job in hurt)
            yield Notice("problem", f"only Travis can decrypt {told}", hint, numbers, secrets.missing[0].span)
            for job in hurt:
                yield from _logins(job)
    values = [value for text in secrets.secrets.values() for _, value in pairs(text)]
    if short(values):
        yield Notice("note", f"a secret has fewer than {SHORTEST} characters and is not hidden, as on Travis")


def _called(one: Encrypted) -> str:
    return one.name or f"secret {one.position}"


def _encrypted(job: Job) -> Iterator[str]:
    for _, value, _ in job.variables():
        if isinstance(value, dict) and "secure" in value:
            yield as_text(value["secure"])
    for one in secrets_of(job):
        yield one.text


def _logins(job: Job) -> Iterator[Notice]:
    for phase, text, span in _entries(job):
        if re.search(_LOGIN, text) and "$" in text:
            message = f"the login in {phase} has no password without its secret: '{_line(text)}'"
            yield Notice("problem", message, "", (job.number,), span)


def _services(job: Job, facts: Facts) -> Iterator[Notice]:
    names = addons.names(job)
    if names and facts.means.packages == "announce":
        silent = tuple(_silent(names, facts))
        for name, port in silent:
            message = f"nothing listens at 127.0.0.1:{port}, where the service '{name}' would"
            yield Notice("problem", message, "start it yourself, or use --engine docker", (job.number,))
        shown = ", ".join(f"'{name}'" for name in names if name not in dict(silent))
        hint = "what runs here is used; start what is missing, or use --engine docker"
        if shown:
            yield Notice("note", f"services are not started on this machine: {shown}", hint, (job.number,))
    for name in addons.addons_of(job):
        if name not in addons.SIMULATED:
            yield Notice("note", f"the addon '{name}' is not simulated", "", (job.number,))
    if facts.means.packages != "announce":
        if addons.has_snaps(job):
            hint = "they need snapd: install the packages in another way, such as addons.apt"
            yield Notice("problem", "containers have no snaps, and the job is errored there", hint, (job.number,))
        return
    if addons.addons_of(job).keys() & {"apt", "apt_packages", "snaps"}:
        yield Notice("note", "packages are not installed on this machine", "use --engine docker", (job.number,))
    if any(re.search(r"\bsudo\b", text) for _, text, _ in _entries(job)):
        hint = "--allow-sudo lets it, --engine docker does it in a container"
        yield Notice("problem", "'sudo' is not run on this machine, and fails", hint, (job.number,))


def _silent(names: Iterable[str], facts: Facts) -> Iterator[tuple[str, int]]:
    """Yield the services that this machine does not have running, with their ports."""
    for name in names:
        known = BY_NAME.get(name)
        if known is not None and facts.listens is not None and not facts.listens(known.port):
            yield name, known.port


def _programs(job: Job, has: Callable[[str], bool]) -> Iterator[Notice]:
    """Tell that the language itself is not here: the first program whose version Travis prints, managers left out."""
    language = language_of(job)
    announced = settled(language.announce, language.settings(job.config))
    programs = (command.text.split()[0] for choice in announced for command in choice[0].commands)
    program = next((name for name in programs if name not in MANAGERS and not name.startswith("$")), None)
    if program is not None and not has(program):
        message = f"there is no '{program}' on this machine, which {language.name} needs"
        yield Notice("problem", message, "install it, or use --engine docker", (job.number,))


def _folders(
    job: Job, folders: Callable[[], Collection[str]], elsewhere: Callable[[], Collection[str]]
) -> Iterator[Notice]:
    """Follow plain `cd` entries through the phases; stop where a folder may have been made on the way."""
    at = ""
    for phase, text, span in _entries(job):
        wanted = _cd(text)
        if wanted is None:
            if re.search(_MAKES, text):
                return
            continue
        goal = posixpath.normpath(posixpath.join(at, wanted)).lstrip("/")
        if goal.startswith(".."):
            return
        if goal not in ("", ".") and goal not in folders():
            if any(goal.startswith(f"{one}/") for one in elsewhere()):
                return
            near = _near(goal, folders())
            fails = "the job is errored there" if phase in _ASSERTED else "what follows runs in the wrong folder"
            hint = f"there is '{near}'" if near else f"the command fails, and {fails}"
            yield Notice(
                "problem",
                f"{phase} goes to the folder '{wanted}', which the repository lacks",
                hint,
                (job.number,),
                span,
            )
            return
        at = "" if goal == "." else goal


def _near(goal: str, folders: Collection[str]) -> str | None:
    """Return the folder that may be meant: the same in other letters, or the only one of that name somewhere below."""
    found = [one for one in folders if one.lower() == goal.lower()] or [
        one for one in folders if one.endswith(f"/{goal}")
    ]
    return found[0] if len(found) == 1 else None


def _cd(text: str) -> str | None:
    """Return the folder that an entry goes to; None for an entry that does something else, or goes where only a shell knows."""
    if not re.match(r"cd\s+\S", text) or "\n" in text.strip():
        return None
    try:
        words = shlex.split(text)
    except ValueError:
        return None
    plain = len(words) == 2 and not set(words[1]) & set("$~*?`;&|") and words[1] != "-"
    return words[1] if plain and not words[1].startswith("/") else None


def addresses_of(jobs: Iterable[Job]) -> frozenset[Address]:
    """Return the machines that jobs talk to."""
    return frozenset(need.address for job in jobs for need in needs(job, _entries(job)))


def _hosts(jobs: tuple[Job, ...], facts: Facts) -> Iterator[Notice]:
    for job in jobs if facts.unreachable else ():
        for need in needs(job, _entries(job)):
            if need.address in facts.unreachable:
                host, port = need.address
                shown = host if port in _USUAL else f"{host}:{port}"
                why = (
                    "which --network none keeps from jobs" if facts.is_cut_off else "which cannot be reached from here"
                )
                severity: Severity = "note" if need.phase in _IGNORED else "problem"
                yield Notice(severity, f"{need.phase} needs '{shown}', {why}", "", (job.number,), need.span)


def _entries(job: Job) -> Iterator[tuple[str, str, Span | None]]:
    """Yield phase, text and place of each entry that the config has, in order."""
    for phase in _COMMAND_PHASES:
        value = job.config.get(phase)
        if value in (None, False):
            continue
        for entry in entries_of(value, job.origins.get(phase)):
            yield phase, entry.text, entry.span


def _line(text: str) -> str:
    first = text.strip().split("\n")[0]
    return first if len(first) <= _SHOWN else f"{first[: _SHOWN - 3]}..."


_SHOWN = 70
_NAMED = 3
