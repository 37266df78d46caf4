"""What all views of a plan show: the words for events, jobs, platforms, versions, variables and places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from travistool.catalog.settings import as_text
from travistool.plan.imports import Request
from travistool.plan.model import BuildPlan, Event, Job, Origin
from travistool.plan.phases import language_of
from travistool.plan.stages import stage_title
from travistool.plan.starts import Starts
from travistool.record import Record
from travistool.report.masking import MASK, Mask
from travistool.schema.store import load
from travistool.source import Span


class PlanView(Record):
    """One file's plan, and all that the views say beside it. `request` holds a config that could be read."""

    path: str
    request: Request
    plan: BuildPlan
    starts: Starts
    mask: Mask


def describe(event: Event, mask: Mask) -> str:
    """Return an event in words: `a push to 'master' of acme/demo`."""
    data = event.data()
    branch, repo = data.get("branch"), data.get("repo")
    of = f" of {repo}" if repo else ""
    if data.get("tag"):
        text = f"a push of the tag '{data['tag']}'{of}"
    elif data.get("type") == "pull_request":
        head = data.get("head_branch")
        fork = data.get("head_repo")
        source = f" from '{head}'" if head else ""
        source += f" of {fork}" if fork and fork != repo else ""
        text = f"a pull request{source} into '{branch}'{of}"
    else:
        kinds = {"cron": "a cron build of", "api": "a build by the API of"}
        text = f"{kinds.get(str(data.get('type')), 'a push to')} '{branch}'{of}"
    return mask.text(text)


ORIGINS = {
    "root": "shared by all jobs",
    "axis": "of the matrix",
    "include": "of the job's own entry",
    "inherited": "taken over",
    "import": "imported",
    "default": "a default",
    "tolerance": "by a rule of allow_failures",
}
"""The kinds of origins in words."""


def place(span: Span | None, path: str = "") -> str:
    """Return `file:line:column`, in the file `path` just `line:column`; `` for nothing."""
    if span is None:
        return ""
    position = span.first()
    at = f"{position.line}:{position.column}"
    return at if path and span.source.name == path else f"{span.source.name}:{at}"


def origin(found: Origin | None, path: str = "") -> str:
    """Return where a value comes from: `of the matrix, 3:5`."""
    if found is None:
        return ""
    words, at = ORIGINS[found.kind], place(found.span, path)
    return f"{words}, {at}" if at else words


def stage(name: str | None, plan: BuildPlan, mask: Mask) -> str:
    """Return the name of a stage as all views show it: as its stage writes it, the first letter in upper case."""
    if not name:
        return ""
    found = next((one.name for one in plan.stages if one.name.lower() == name.lower()), name)
    return mask.text(stage_title(found))


def title(job: Job, mask: Mask) -> str:
    """Return the name of a job; `` for one without."""
    return mask.text(job.name) if job.name else ""


def platform(job: Job) -> str:
    """Return os, dist or image, and arch, as far as the job says."""
    config = job.config
    parts = [config.get("os"), config.get("osx_image") or config.get("dist"), config.get("arch")]
    return " ".join(as_text(part) for part in parts if part not in (None, False, "", []))


def language(job: Job, mask: Mask) -> str:
    """Return the language with its version, then further matrix keys: `ruby 3.2, gemfile: rails7`."""
    config = job.config
    name = as_text(config.get("language") or "")
    versions = language_of(job).versions[:1]
    main = next((as_text(config[key]) for key in versions if config.get(key) not in (None, False)), "")
    others = [
        f"{key}: {as_text(mask.value(config[key]))}"
        for key in load().axes
        if key in config
        and key not in (*versions, "os", "arch", "osx_image", "dist")
        and config[key] not in (None, False)
    ]
    return mask.text(", ".join([f"{name} {main}".strip(), *others]))


def variables(job: Job, mask: Mask, *, own: bool = False) -> tuple[str, ...]:
    """Return the variables as `NAME=value`, global ones first; with `own`, only those that not all jobs share."""
    found = []
    for name, value, where in job.variables():
        if own and where.kind in ("root", "import"):
            continue
        found.append(variable(name, value, mask))
    return tuple(found)


def variable(name: str, value: Any, mask: Mask) -> str:
    """Return one variable; a secret as its mask."""
    shown = as_text(mask.named(name, value)) if not isinstance(value, Mapping) else as_text(mask.value(value))
    return f"{name}={shown}" if name else shown or MASK


def condition(job: Job, mask: Mask) -> str:
    """Return the job's own condition as one line; `` for none. That of the whole config is not its own."""
    where = job.origins.get("if")
    if not job.condition.condition or (where is not None and where.kind in ("root", "import")):
        return ""
    return mask.text(" ".join(job.condition.condition.split()))
