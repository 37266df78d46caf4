"""A plan as plain data: the official values as they are, secrets included, beside numbers, phases and origins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from travistool.catalog.wording import phrase
from travistool.plan.model import Job, Origin, Skipped
from travistool.plan.phases import Phase, phases
from travistool.plan.starts import Starts
from travistool.plan.trace import Term
from travistool.plan.why import Why
from travistool.report.plan_view import PlanView
from travistool.report.record import Record, dump
from travistool.schema.run import Message
from travistool.source import Span


def plan_record(view: PlanView, *, every: bool = False) -> Record:
    """Return a plan. With `every` also `matrix`, the jobs before any condition of stages and tolerances is asked."""
    plan = view.plan
    data: Record = {
        "path": view.path,
        "starts": starts_record(view.starts),
        "stages": [stage.config for stage in plan.stages],
        "notifications": plan.notifications,
        "jobs": [job_record(job, plan.event.repo or "") for job in plan.jobs],
        "skipped": [skipped_record(one) for one in (*view.request.skipped, *plan.skipped)],
        "messages": [_message(one) for one in (*plan.matrix_messages, *plan.messages)],
    }
    if every:
        data["matrix"] = list(plan.matrix)
    return data


def starts_record(starts: Starts) -> Record:
    """Return whether the event starts a build, and why; with the place in a file that decides, where one does."""
    return {"build": starts.build, "because": starts.because, **place_record(starts.span)}


def job_record(job: Job, repo: str) -> Record:
    """Return a job; `config` is the official raw map."""
    return {
        "number": job.number,
        "name": job.name,
        "stage": job.stage,
        "allow_failure": job.allow_failure,
        "config": job.config,
        "phases": {phase.name: phase_record(phase) for phase in phases(job, repo)},
        "origin": {key: origin_record(origin) for key, origin in job.origins.items() if key in job.config},
    }


def phase_record(phase: Phase) -> Record:
    """Return what a phase runs: `commands` of the config, or `rules` of the language, the first that holds of each."""
    if not phase.is_default:
        return {"default": False, "commands": [entry.text for entry in phase.entries]}
    return {
        "default": True,
        "rules": [
            [
                {
                    "when": phrase(rule.check, number == 0),
                    "commands": [command.text for command in rule.commands],
                    **({"message": rule.message} if rule.message else {}),
                    **({"fails": True} if rule.fails else {}),
                }
                for number, rule in enumerate(choice)
            ]
            for choice in phase.default
        ],
    }


def origin_record(origin: Origin) -> Record:
    """Return a value's origin; without a place where nothing is written."""
    return {"kind": origin.kind, **place_record(origin.span)}


def place_record(span: Span | None) -> Record:
    """Return file, line and column (1-based) of a place; nothing for none."""
    if span is None:
        return {}
    position = span.first()
    return {"file": span.source.name, "line": position.line, "column": position.column}


def skipped_record(one: Skipped) -> Record:
    """Return something that does not happen."""
    return {
        "kind": one.kind,
        "what": one.what,
        "reason": one.reason,
        "condition": one.condition,
        **place_record(one.span),
    }


def why_record(one: Why) -> Record:
    """Return a decision; `happens` is `yes`, `no`, or `depends` on what only the build knows."""
    return {
        "kind": one.kind,
        "what": one.what,
        "happens": one.answer,
        "because": one.because,
        "condition": one.condition,
        "terms": [_term(term) for term in one.terms],
        **place_record(one.span),
    }


def _term(term: Term) -> Record:
    hint = {"hint": term.hint} if term.hint else {}
    return {"text": term.text, "holds": term.holds, "saw": dict(term.saw), **hint}


def _message(message: Message) -> list[Any]:
    """Return an official message as the official parser's logs have it: level, key, code, arguments."""
    return [message.level, message.key, message.code, dict(message.args)]


def as_json(records: Iterable[Mapping[str, Any]], *, many: bool) -> str:
    """Return one object for one file, a list for several."""
    rows = list(records)
    return dump(rows if many else rows[0], indent=2) + "\n"


def as_line(record: Mapping[str, Any]) -> str:
    """Return a record as one line."""
    return dump(record) + "\n"
