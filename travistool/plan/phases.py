"""A job's phases in order: what the config says, else the default of the job's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from travistool.catalog.language import Language
from travistool.catalog.languages import FALLBACK, language
from travistool.catalog.project import Project
from travistool.catalog.rule import Command, Default, Rule, chosen, settled
from travistool.catalog.settings import as_text
from travistool.plan.model import Job, Origin
from travistool.record import Record
from travistool.source import Span

Runs = Literal["always", "passed", "failed"]
Failure = Literal["errored", "failed"]


class Entry(Record):
    """One command as the config has it: the text that the shell gets. `span` is None where it is not written."""

    text: str
    span: Span | None = None


class Phase(Record):
    """One phase of a job that has something to do.

    `entries` are the commands of the config, with `origin`; or `default` is what the language does, its templates
    filled. Of `deploy` the entries are the deployments. `runs` is the result of `script` that the phase needs.
    `failure` is the state of the job when a command fails, None where that is ignored; `stops` tells that nothing else
    runs then, in this phase or later.
    """

    name: str
    entries: tuple[Entry, ...] = ()
    origin: Origin | None = None
    default: Default = ()
    runs: Runs = "always"
    failure: Failure | None = None
    stops: bool = False

    @property
    def is_default(self) -> bool:
        """Tell whether the language has it, not the config."""
        return bool(self.default)


class Outcome(Record):
    """What a default comes to for one project.

    `shown` are the lines that the log shows: the commands, or what Travis shows in their place. `fails` tells that the
    job ends here as failed, after after_failure.
    """

    commands: tuple[Command, ...]
    messages: tuple[str, ...]
    shown: tuple[str, ...]
    fails: bool


_BEFORE_SCRIPT = ("before_install", "install", "before_script")
_AFTER_RESULT: Mapping[str, Runs] = {"after_success": "passed", "after_failure": "failed"}
_DEPLOY = ("before_deploy", "deploy", "after_deploy")

PHASES = (*_BEFORE_SCRIPT, "script", "before_cache", *_AFTER_RESULT, *_DEPLOY, "after_script")
"""All phases, in order."""

SKIP_WORDS = ("skip", "ignore")


def phases(job: Job, repo: str = "") -> tuple[Phase, ...]:
    """Return the phases of a job that have something to do. `repo` is `owner/name`, for defaults that name it."""
    return tuple(_phases(job, repo))


def skipped(job: Job) -> tuple[str, ...]:
    """Return the names of the phases that the config skips. A skipped script counts as passed."""
    return tuple([name for name in PHASES if _is_skipped(job.config.get(name))])


def language_of(job: Job) -> Language:
    """Return the language that a job is built as."""
    name = job.config.get("language")
    first = name[0] if isinstance(name, list) and name else name
    return language(str(first or FALLBACK))


def default_commands(job: Job, project: Project, repo: str = "") -> Mapping[str, Outcome]:
    """Return what the default of each phase that has one comes to for a project. Phases after a failing one stay in."""
    return {phase.name: _outcome(tuple(chosen(phase.default, project))) for phase in phases(job, repo) if phase.default}


def _phases(job: Job, repo: str) -> Iterator[Phase]:
    left_out = {*skipped(job), *_without_deploy(job)}
    known = language_of(job)
    for name in PHASES:
        if name in left_out:
            continue
        origin = job.origins.get(name)
        value = job.config.get(name)
        if value is None or value is False:
            # Most phases have no default, and this is asked for every job of large builds.
            default = known.default(name)
            if not default:
                continue
            phase = Phase(name, default=settled(default, known.settings(job.config, repo)))
        elif name == "deploy":
            phase = Phase(name, tuple(_deployments(value, origin)), origin)
        else:
            phase = Phase(name, tuple(entries_of(value, origin)), origin)
        if phase.entries or phase.default:
            yield phase._replace(**_effect(name, value))


def _is_skipped(value: Any) -> bool:
    return value in SKIP_WORDS or (isinstance(value, list) and len(value) == 1 and value[0] in SKIP_WORDS)


def _without_deploy(job: Job) -> tuple[str, ...]:
    """Return the phases of deploying that cannot come: deploying is a part of after_success, and skipped with it.

    Source: travis-build lib/travis/build/stages.rb and stages/skip.rb at 2812e526.
    """
    return () if job.config.get("deploy") and not _is_skipped(job.config.get("after_success")) else _DEPLOY


def _effect(name: str, value: Any) -> dict[str, Any]:
    """Return the fields `runs`, `failure` and `stops` of a phase."""
    if name in _BEFORE_SCRIPT:
        return {"failure": "errored", "stops": True}
    if name == "script":
        return {"failure": "failed"}
    if name in ("before_deploy", "deploy"):
        ignored = name == "deploy" and all(item.get("allow_failure") is True for item in _maps(value))
        return {"runs": "passed"} if ignored else {"runs": "passed", "failure": "errored", "stops": True}
    return {"runs": "passed" if name == "after_deploy" else _AFTER_RESULT.get(name, "always")}


def entries_of(value: Any, origin: Origin | None) -> Iterator[Entry]:
    """Yield the commands of a phase's value, each with its place."""
    values = value if isinstance(value, list) else [value]
    for item, span in zip(values, _spans(len(values), origin), strict=True):
        yield Entry(as_text(item), span)


def _deployments(value: Any, origin: Origin | None) -> Iterator[Entry]:
    deployments = _maps(value)
    for item, span in zip(deployments, _spans(len(deployments), origin), strict=True):
        yield Entry(_deployment(item), span)


def _deployment(deploy: Mapping[str, Any]) -> str:
    """Return the command of a deployment: its script, or else the tool's call without its options."""
    provider = as_text(deploy.get("provider"))
    script = deploy.get("script")
    if provider != "script" or script is None:
        return f"dpl --provider={provider}"
    return "\n".join(map(as_text, script)) if isinstance(script, list) else as_text(script)


def _maps(value: Any) -> list[Mapping[str, Any]]:
    values = value if isinstance(value, list) else [value]
    return [item for item in values if isinstance(item, dict)]


def _spans(number: int, origin: Origin | None) -> tuple[Span | None, ...]:
    """Return the place of each of a phase's entries; that of the whole phase where they are not written one by one."""
    if origin is None:
        return (None,) * number
    items = [] if origin.element is None or origin.span is None else origin.element.items
    return tuple([item.span() for item in items]) if len(items) == number else (origin.span,) * number


def _outcome(rules: tuple[Rule, ...]) -> Outcome:
    commands = tuple([command for rule in rules for command in rule.commands])
    shown = [line for rule in rules for line in _shown(rule)]
    messages = tuple([rule.message for rule in rules if rule.message])
    return Outcome(commands, messages, tuple(shown), any(rule.fails for rule in rules))


def _shown(rule: Rule) -> tuple[str, ...]:
    return (rule.shown,) if rule.shown else tuple([command.text for command in rule.commands if command.echo])
