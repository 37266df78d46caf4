"""Everything that does or does not happen for an event, each with what decides it and where that is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from travistool.plan.deployments import Answer, deployment_name, deployments
from travistool.plan.imports import Request
from travistool.plan.model import BuildPlan, Decision, Event, Job, Skipped, Stage
from travistool.plan.notifications import is_never_sent, when_sent
from travistool.plan.stages import stage_title
from travistool.plan.starts import Starts
from travistool.plan.trace import Term, trace
from travistool.record import Record
from travistool.schema.elements import Element
from travistool.schema.normalize import Normal
from travistool.source import Span

Kind = Literal["build", "import", "stage", "job", "exclude", "allow_failure", "notification", "deployment"]

_MOST_JOBS = 3
"""So many jobs are named where a deployment is that of several."""

_SILENT_IN_PULL_REQUESTS = ("email", "irc", "campfire", "flowdock", "pushover")


class Why(Record):
    """One thing and whether it happens. `what` names it, `because` is a sentence that follows "because".

    `condition` is the text of the deciding condition, None where it is none; `terms` are the parts of it that decided.
    `span` is the deciding place, None where nothing in a file is. `parts` are the name and the job of a deployment.
    """

    kind: Kind
    what: str
    answer: Answer
    because: str
    span: Span | None = None
    condition: str | None = None
    terms: tuple[Term, ...] = ()
    parts: tuple[str, str] | None = None


def grouped(found: Iterable[Why]) -> list[Why]:
    """Return the decisions with deployments that several jobs share, verdict, reason and place, as one."""
    shared: dict[object, list[Why]] = {}
    for one in found:
        key = id(one) if one.parts is None else (one.parts[0], one.answer, one.because, one.span)
        shared.setdefault(key, []).append(one)
    return [_together(same) for same in shared.values()]


def _together(same: list[Why]) -> Why:
    first = same[0]
    if len(same) == 1 or first.parts is None:
        return first
    numbers = [one.parts[1] for one in same if one.parts is not None]
    more = f" (and {len(numbers) - _MOST_JOBS} more)" if len(numbers) > _MOST_JOBS else ""
    return first._replace(what=f"{first.parts[0]} in jobs {', '.join(numbers[:_MOST_JOBS])}{more}")


def why(request: Request, plan: BuildPlan, starts: Starts) -> tuple[Why, ...]:
    """Return the decisions about a build, in the order in which Travis takes them; `request` has been planned."""
    normal = request.normal
    if normal is None:
        return ()
    return (
        _start(normal, plan, starts),
        *_imports(normal, request, plan),
        *_stages(plan),
        *_jobs(plan),
        *_excludes(normal, plan),
        *_tolerances(normal, plan),
        *_notifications(normal, plan),
        *_deployments(plan),
    )


def _start(normal: Normal, plan: BuildPlan, starts: Starts) -> Why:
    condition = normal.root.get("if")
    answer: Answer = "yes" if starts.build else "no"
    if condition is None or (not starts.build and starts.span != condition.span()):
        return Why("build", "the build", answer, starts.because, starts.span)
    text = str(condition.plain())
    terms = trace(text, plan.config, plan.event.data())
    because = "the config's condition holds" if starts.build else starts.because
    return Why("build", "the build", answer, because, condition.span(), text, terms)


def _imports(normal: Normal, request: Request, plan: BuildPlan) -> Iterator[Why]:
    element = normal.root.get("import")
    left = [one for one in request.skipped if one.kind == "import"]
    for item in element.items if element is not None else ():
        source, condition = item.get("source"), item.get("if")
        mine = [one for one in left if one.span is not None and _is_in(one.span, item)]
        left = [one for one in left if one not in mine]
        if mine:
            yield from [_skipped(one, {}, plan.event) for one in mine]
            continue
        name = str(source.value) if source is not None else "import"
        yield _happens("import", name, _decision(condition), "it has no condition", item, {}, plan.event)
    yield from [_skipped(one, {}, plan.event) for one in left]


def _decision(condition: Element | None) -> Decision:
    return Decision(True) if condition is None else Decision(True, str(condition.plain()), condition.span())


def _is_in(span: Span, element: Element) -> bool:
    """Tell whether a place is inside the value of an element."""
    whole = element.span()
    return span.source is whole.source and whole.start <= span.start and span.end <= whole.end


def _happens(
    kind: Kind,
    what: str,
    decision: Decision,
    otherwise: str,
    element: Element | None,
    config: Mapping[str, Any],
    event: Event,
) -> Why:
    """Return that something happens: because of its condition, or `otherwise`."""
    span = decision.span or _span(element)
    if decision.condition is None:
        return Why(kind, what, "yes", otherwise, span)
    if decision.unknown:
        because = f"its condition cannot be evaluated here and is taken as holding: {decision.problem}"
        return Why(kind, what, "depends", because, span, decision.condition)
    terms = trace(decision.condition, config, event.data())
    return Why(kind, what, "yes", "its condition holds", span, decision.condition, terms)


def _skipped(one: Skipped, config: Mapping[str, Any], event: Event) -> Why:
    assert one.kind != "key"
    terms = trace(one.condition, config if one.config is None else one.config, event.data()) if one.condition else ()
    return Why(one.kind, _named(one), "no", one.reason, one.span, one.condition, terms)


def _named(one: Skipped) -> str:
    if one.kind in ("exclude", "allow_failure"):
        return f"rule {one.what}"
    if one.kind == "stage":
        return stage_title(one.what)
    return "all notifications" if (one.kind, one.what) == ("notification", "all") else one.what


def _stages(plan: BuildPlan) -> Iterator[Why]:
    for stage in plan.stages:
        otherwise = f"it has {len(stage.jobs)} job{'' if len(stage.jobs) == 1 else 's'}"
        found = _happens("stage", stage_title(stage.name), stage.condition, otherwise, None, plan.config, plan.event)
        yield found if found.span is not None else found._replace(span=_stage_span(stage))
    yield from [_skipped(one, plan.config, plan.event) for one in plan.skipped if one.kind == "stage"]


def _stage_span(stage: Stage) -> Span | None:
    if stage.span is not None:
        return stage.span
    origins = [job.origins.get("stage") for job in stage.jobs]
    return next((origin.span for origin in origins if origin is not None and origin.span is not None), None)


def job_name(job: Job) -> str:
    """Return a job's number and name, as in `1.3 Unit tests`."""
    return f"{job.number} {job.name}" if job.name else job.number


def _jobs(plan: BuildPlan) -> Iterator[Why]:
    for job in plan.jobs:
        origins = [origin for origin in job.origins.values() if origin.kind in ("include", "axis")]
        element = next((origin.element for origin in origins if origin.element is not None), None)
        if element is not None and origins[0].kind == "include":
            element, otherwise = element.parent, "it is an entry of jobs.include without a condition"
        else:
            otherwise = "the matrix gives it" if element is not None else "there is always at least one job"
        where = job.origins.get("if")
        if where is not None and where.kind in ("root", "import") and not job.condition.unknown:
            yield Why("job", job_name(job), "yes", f"{otherwise}, and the config's condition holds", _span(element))
            continue
        yield _happens("job", job_name(job), job.condition, otherwise, element, job.config, plan.event)
    yield from [_skipped(one, plan.config, plan.event) for one in plan.skipped if one.kind == "job"]


def _span(element: Element | None) -> Span | None:
    return None if element is None else element.span()


def _rules(normal: Normal, part: str) -> list[tuple[int, Element]]:
    jobs = normal.root.get("jobs")
    element = jobs.get(part) if jobs is not None else None
    items = element.items if element is not None else []
    return list(enumerate([item for item in items if item.kind == "map"], 1))


def _excludes(normal: Normal, plan: BuildPlan) -> Iterator[Why]:
    idle = {one.what: one for one in plan.skipped if one.kind == "exclude"}
    for number, element in _rules(normal, "exclude"):
        refused = idle.get(str(number))
        span = element.span()
        dropped = [one for one in plan.skipped if one.kind == "job" and one.span == span and one.condition is None]
        if refused is not None:
            yield _skipped(refused, {}, plan.event)
        elif dropped:
            names = "; ".join(one.what for one in dropped)
            because = f"it fits {_count(len(dropped), 'job')}: {names}"
            yield Why("exclude", f"rule {number}", "yes", because, span)
        else:
            yield Why("exclude", f"rule {number}", "no", "it fits no job", span)


def _tolerances(normal: Normal, plan: BuildPlan) -> Iterator[Why]:
    refused: dict[str, list[Skipped]] = {}
    for one in plan.skipped:
        if one.kind == "allow_failure":
            refused.setdefault(one.what, []).append(one)
    for number, element in _rules(normal, "allow_failures"):
        marked = [job for job in plan.jobs if _is_by(job, element)]
        if marked:
            condition = element.get("if")
            names = "; ".join(map(job_name, marked))
            because = f"it fits {_count(len(marked), 'job')}: {names}"
            found = Why("allow_failure", f"rule {number}", "yes", because, element.span())
            if condition is not None:
                text = str(condition.plain())
                terms = trace(text, marked[0].config, plan.event.data())
                found = found._replace(span=condition.span(), condition=text, terms=terms)
            yield found
        elif str(number) not in refused:
            yield Why("allow_failure", f"rule {number}", "no", "other rules mark all jobs that it fits", element.span())
        if str(number) in refused:
            yield _refused(refused[str(number)], bool(marked), plan)
    for job in plan.jobs:
        origin = job.origins.get("allow_failure")
        if job.allow_failure and origin is not None and origin.kind != "tolerance":
            yield Why("allow_failure", job_name(job), "yes", "the job itself says allow_failure", origin.span)


def _refused(same: list[Skipped], is_used: bool, plan: BuildPlan) -> Why:
    """Return one decision for all jobs that a rule does not mark though it fits them; or that it fits none."""
    first = _skipped(same[0], {}, plan.event)
    if first.condition is None:
        return first
    if is_used:
        return first if len(same) == 1 else first._replace(because=f"its condition does not hold for {len(same)} jobs")
    _, colon, problem = same[0].reason.partition("its condition does not hold: ")
    return first._replace(because=f"its condition holds for no job{': ' if colon else ''}{problem}")


def _is_by(job: Job, rule: Element) -> bool:
    origin = job.origins.get("allow_failure")
    return job.allow_failure and origin is not None and origin.kind == "tolerance" and origin.span == rule.span()


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _notifications(normal: Normal, plan: BuildPlan) -> Iterator[Why]:
    refused = {one.what: one for one in plan.skipped if one.kind == "notification"}
    element = normal.root.get("notifications")
    if "all" in refused:
        yield _skipped(refused["all"], plan.config, plan.event)
        return
    for kind, child in element.children.items() if element is not None else ():
        if kind in ("if", "on_success", "on_failure"):
            continue
        for number, item in enumerate(child.items if child.kind == "seq" else [child], 1):
            one = refused.get(f"{kind} {number}")
            what = f"{kind} {number}" if child.kind == "seq" and len(child.items) > 1 else kind
            if one is not None:
                yield _skipped(one, plan.config, plan.event)._replace(what=what)
            else:
                yield _notification(kind, what, item, plan)


def _notification(kind: str, what: str, item: Element, plan: BuildPlan) -> Why:
    enabled, requests = item.get("enabled"), item.get("on_pull_requests")
    if enabled is not None and enabled.value is False:
        return Why("notification", what, "no", "it is turned off", enabled.span())
    if plan.event.data().get("type") == "pull_request":
        if kind in _SILENT_IN_PULL_REQUESTS:
            return Why("notification", what, "no", f"Travis sends no {kind} for pull requests", item.span())
        if requests is not None and requests.value is False:
            return Why("notification", what, "no", "it is turned off for pull requests", requests.span())
    if is_never_sent(kind, item):
        span = next((place.span() for key in ("on_success", "on_failure") if (place := item.get(key))), item.span())
        return Why("notification", what, "no", "never sent: on_success and on_failure are never", span)
    when = when_sent(item)
    otherwise = "it has no condition" + (f", {when}" if when else "")
    found = _happens("notification", what, _decision(item.get("if")), otherwise, item, plan.config, plan.event)
    return found if found.condition is None or not when else found._replace(because=f"{found.because}, {when}")


def _deployments(plan: BuildPlan) -> Iterator[Why]:
    for job in plan.jobs:
        found = deployments(job, plan.event)
        for one in found:
            what = f"{deployment_name(one, found)} of job {job_name(job)}"
            parts = (deployment_name(one, found), job.number)
            yield Why("deployment", what, one.answer, one.because, one.span, parts=parts)
