"""One job in full: its config with the origin of every value, and its phases with the default commands written out."""

from collections.abc import Iterator
from functools import lru_cache
from json import loads

from travistool.catalog.rule import Rule
from travistool.catalog.wording import phrase
from travistool.document.emit import emit
from travistool.plan.deployments import deployments
from travistool.plan.model import Job, Origin
from travistool.plan.phases import PHASES, Phase, language_of, phases, skipped
from travistool.report.columns import width
from travistool.report.layout import BOLD, DIM, Style, paint, printable
from travistool.report.plan_json import job_record, starts_record
from travistool.report.plan_tree import CYAN, GREEN, RED, YELLOW, headline
from travistool.report.plan_view import PlanView, origin, place, stage, title
from travistool.report.record import Record, dump

_FAR = 44
"""Origins stand no further right than this, unless a value is longer."""

_RUNS = {"always": "", "passed": "when script passed", "failed": "when script failed"}
_ANSWERS = {"yes": ("happens", GREEN), "no": ("does not happen", RED), "depends": ("depends", YELLOW)}


def record(view: PlanView, job: Job) -> Record:
    """Return the job as data; the config is the official one."""
    return {"path": view.path, "starts": starts_record(view.starts), **job_record(job, view.plan.event.repo or "")}


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
    found = deployments(job, view.plan.event)
    if found:
        lines += ["", paint(style, BOLD, "Deployments")]
        for one in found:
            answer, color = _ANSWERS[one.answer]
            because = printable(view.mask.text(f"{one.because} ({place(one.span, view.path)})"))
            lines.append(f"  {one.number}. {printable(one.provider)} {paint(style, color, answer)}: {because}")
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
            notes = ", ".join([note for note in (_source(view, job, phase), _RUNS[phase.runs]) if note])
            yield f"  {paint(style, CYAN, name)}  {paint(style, DIM, notes)}"
            for line in commands(view, phase):
                yield f"    {printable(line)}"


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
    shown = (rule.shown,) if rule.shown else [command.text for command in rule.commands if command.echo]
    for command in shown:
        first, *rest = view.mask.text(command).split("\n")
        yield f"{indent}$ {first}"
        yield from [f"{indent}  {line}" for line in rest]
    if rule.fails:
        yield f"{indent}# the job ends here as failed"
    elif not shown and not rule.message:
        yield f"{indent}# nothing"
