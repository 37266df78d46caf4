"""One job in full: its config with the origin of every value, and its phases with the default commands written out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from json import loads

from travistool.catalog.rule import Rule
from travistool.catalog.settings import as_text
from travistool.catalog.wording import phrase
from travistool.document.emit import emit
from travistool.plan import dpl
from travistool.plan.deployments import Deployment, deployments
from travistool.plan.model import Job, Origin
from travistool.plan.phases import PHASES, Phase, language_of, phases, skipped
from travistool.report.columns import width, wrap
from travistool.report.layout import BOLD, DIM, Style, paint, printable
from travistool.report.plan_json import job_record, place_record, starts_record
from travistool.report.plan_tree import CYAN, GREEN, RED, YELLOW, headline
from travistool.report.plan_view import PlanView, origin, place, stage, title
from travistool.report.record import Record, dump

_FAR = 44
"""Origins stand no further right than this, unless a value is longer."""

_RUNS = {"always": "", "passed": "when script passed", "failed": "when script failed"}
_ANSWERS = {"yes": ("happens", GREEN), "no": ("does not happen", RED), "depends": ("may happen", YELLOW)}


def record(view: PlanView, job: Job) -> Record:
    """Return the job as data; the config is the official one. In commands of deployments secrets are masked."""
    made = [
        {
            "provider": one.provider,
            "happens": one.answer,
            "because": one.because,
            "commands": [" ".join(line) for line in call],
            **place_record(one.span),
        }
        for one, call in deploy_calls(view, job)
    ]
    shared = job_record(job, view.plan.event.repo or "")
    return {"path": view.path, "starts": starts_record(view.starts), **shared, "deployments": made}


def text(view: PlanView, job: Job, style: Style) -> str:
    """Return the job for people."""
    told = [title(job, view.mask)]
    facts = [
        f"stage {stage(job.stage, view.plan, view.mask)}" if job.stage else "",
        "may fail" if job.allow_failure else "",
    ]
    head = printable(" ".join([f"job {job.number}", *[one for one in told if one]]))
    stated = printable(", ".join([fact for fact in facts if fact]))
    lines = [*headline(view, style), "", paint(style, BOLD, head) + (f"  ({stated})" if stated else "")]
    lines += ["", paint(style, BOLD, "Config, and where each value is from"), *_config(view, job, style)]
    lines += ["", paint(style, BOLD, "Phases"), *_phases(view, job, style)]
    return "\n".join(lines) + "\n"


def config_lines(view: PlanView, job: Job) -> Iterator[tuple[str, str]]:
    """Yield each line of the config as YAML, secrets masked, with the origin of the value that begins on it."""
    for key, value in job.config.items():
        found = job.origins.get(key)
        if key == "env" and isinstance(value, list) and len(job.env_origins) == len(value):
            yield "env:", ""
            for row, where in zip(value, job.env_origins, strict=True):
                yield from _lines(_yaml(dump([view.mask.value(row)])), where, view.path)
        else:
            yield from _lines(_yaml(dump({key: view.mask.named(key, value)})), found, view.path)


@lru_cache(maxsize=4096)
def _yaml(data: str) -> str:
    """Return JSON as YAML. Jobs share most of their values, and writing YAML is slow."""
    return emit(loads(data))


def _lines(text: str, found: Origin | None, path: str) -> Iterator[tuple[str, str]]:
    first, *rest = text.rstrip("\n").split("\n")
    yield first, origin(found, path)
    yield from [(line, "") for line in rest]


def _config(view: PlanView, job: Job, style: Style) -> Iterator[str]:
    found = list(config_lines(view, job))
    column = min(_FAR, max((width(line) for line, _ in found), default=0))
    for line, where in found:
        shown = printable(line)
        gap = " " * max(2, column + 2 - width(shown))
        yield f"  {shown}{gap}{paint(style, DIM, f'# {printable(where)}')}" if where else f"  {shown}"


def _phases(view: PlanView, job: Job, style: Style) -> Iterator[str]:
    found = {phase.name: phase for phase in phases(job, view.plan.event.repo or "")}
    left_out = skipped(job)
    for name in PHASES:
        if name in left_out:
            yield f"  {paint(style, CYAN, name)}  {paint(style, DIM, 'skipped by the config')}"
        elif name in found:
            phase = found[name]
            notes = ", ".join([note for note in (_source(view, job, phase), when(view, job, phase)) if note])
            yield f"  {paint(style, CYAN, name)}  {paint(style, DIM, notes)}"
            if name == "deploy":
                yield from _deploy(view, job, style)
                continue
            for line in commands(view, phase):
                yield f"    {printable(line)}"


def when(view: PlanView, job: Job, phase: Phase) -> str:
    """Return when a phase runs, in words; `` for always."""
    if phase.name not in ("before_deploy", "after_deploy"):
        return _RUNS[phase.runs]
    answers = {one.answer for one in deployments(job, view.plan.event)}
    each = f"{phase.name.partition('_')[0]} each deployment that happens"
    return each if answers != {"no"} else "not run, as nothing is deployed"


def _deploy(view: PlanView, job: Job, style: Style) -> Iterator[str]:
    for one, call in deploy_calls(view, job):
        answer, color = _ANSWERS[one.answer]
        because = printable(view.mask.text(f"{one.because} ({place(one.span, view.path)})"))
        head, *rest = wrap(f"{one.number}. {printable(one.provider)} {answer}: {because}", max(40, style.width - 7))
        yield f"    {head.replace(answer, paint(style, color, answer), 1)}"
        yield from [f"       {line}" for line in rest]
        for number, words in enumerate(call):
            lines = _folded(words, max(40, style.width - 11))
            yield f"       {'$' if number == 0 else ' '} {lines[0]}"
            yield from [f"             {line}" for line in lines[1:]]


def _folded(words: Sequence[str], room: int) -> list[str]:
    """Return words as lines of a shell, each but the last one to be continued."""
    lines: list[str] = []
    for word in map(printable, words):
        if lines and width(lines[-1]) + 1 + width(word) <= room - 4:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return [*[f"{line} \\" for line in lines[:-1]], lines[-1]]


def deploy_calls(view: PlanView, job: Job) -> Iterator[tuple[Deployment, list[tuple[str, ...]]]]:
    """Yield each deployment with the lines of its command, secrets masked: its script, else the call of the tool.

    A line of a script is one piece, the tool and its options are several.
    """
    branch = view.plan.event.data().get("branch")
    for one in deployments(job, view.plan.event):
        entry = view.mask.value(one.entry)
        script = entry.get("script")
        if one.provider == "script" and script is not None:
            texts = script if isinstance(script, list) else [script]
            yield one, [(line,) for text in texts for line in as_text(text).rstrip("\n").split("\n")]
        else:
            yield one, [dpl.call(entry, branch)]


def _source(view: PlanView, job: Job, phase: Phase) -> str:
    return f"default of {language_of(job).name}" if phase.is_default else origin(phase.origin, view.path)


def commands(view: PlanView, phase: Phase) -> Iterator[str]:
    """Yield the lines of a phase: commands, and for defaults what each depends on."""
    for entry in phase.entries:
        first, *rest = view.mask.text(entry.text).rstrip("\n").split("\n")
        yield f"$ {first}"
        yield from [f"  {line}" for line in rest]
    for choice in phase.default:
        for number, rule in enumerate(choice):
            yield from _rule(view, rule, number == 0, len(choice) > 1)


def _rule(view: PlanView, rule: Rule, is_first: bool, is_one_of: bool) -> Iterator[str]:
    when = phrase(rule.check, is_first)
    plain = when == "always" and not is_one_of
    indent = "" if plain else "  "
    if not plain:
        yield f"{when}:"
    if rule.message:
        yield f"{indent}# {view.mask.text(rule.message)}"
    shown = [(rule.shown, True)] if rule.shown else [(command.text, command.echo) for command in rule.commands]
    for command, is_logged in shown:
        first, *rest = view.mask.text(command).split("\n")
        yield f"{indent}$ {first}" + ("" if is_logged or rest else "  # not in the log")
        yield from [f"{indent}  {line}" for line in rest]
    if rule.fails:
        yield f"{indent}# the job ends here as failed"
    elif not shown and not rule.message:
        yield f"{indent}# nothing"
