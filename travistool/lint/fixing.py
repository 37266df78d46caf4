"""Fixes applied to a text, pass after pass, until none is left; what a safe one would break is not done.

The promise of a safe fix is checked, not believed: Travis must read the same config before and behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from travistool.diagnostics import Diagnostic, Edit, Fix, Severity
from travistool.pipeline import Reading, read
from travistool.schema.normalize import Normal
from travistool.schema.store import load
from travistool.source import Source

IGNORED = frozenset(("sudo", "group"))
"""Keys that Travis takes and never looks at, beside the user's own at the top level and `skip_cleanup` (see below)."""

_OF_BUILD = ("import", "notifications", "version", "merge_mode", "if", "branches")
"""Keys of the root that count by themselves; the others count by what they make of the jobs."""

PASSES = 20
"""Passes after which we stop: a fix may bring up the next, but real files need three at most."""

_OLD_TOOL = ("0", "1")

Judge = Callable[[Source], Sequence[Diagnostic]]


class Fixed(NamedTuple):
    """`source` is the same object when nothing was fixed. `fixes` is the number of fixes made.

    `withheld` are findings about fixes that claim to be safe and are not; their places are in `source`.
    """

    source: Source
    fixes: int
    withheld: tuple[Diagnostic, ...] = ()


def fix(source: Source, judge: Judge, *, unsafe: bool = False) -> Fixed:
    """Make the safe fixes of the findings that `judge` brings up, and the others too if `unsafe`; then judge again."""
    count = 0
    broken: set[tuple[str, ...]] = set()
    for _ in range(PASSES):
        offered = [one for one in judge(source) if _identity(one) not in broken and _fits(one, source)]
        safe = [one for one in offered if one.fix is not None and one.fix.safe]
        chosen = apart(safe or (offered if unsafe else ()))
        if not chosen:
            break
        kept = _proven(source, chosen) if safe else _readable(source, chosen)
        broken.update(_identity(one) for one in chosen if one not in kept)
        if kept:
            source = _changed(source, kept)
            count += len(kept)
    if not broken:
        return Fixed(source, count)
    withheld = [_withheld(one) for one in judge(source) if _identity(one) in broken]
    return Fixed(source, count, tuple(withheld))


def apart(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return those findings, in order, whose fixes touch no text that the fix of an earlier one touches."""
    taken: list[Edit] = []
    chosen = []
    for diagnostic in diagnostics:
        assert diagnostic.fix is not None
        edits = diagnostic.fix.edits
        if not any(_touch(edit, other) for edit in edits for other in taken):
            taken += edits
            chosen.append(diagnostic)
    return chosen


def applied(text: str, edits: Iterable[Edit]) -> str:
    """Return the text after edits that do not overlap."""
    for edit in sorted(edits, key=lambda edit: -edit.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def meaning(reading: Reading) -> tuple[object, str]:
    """Return the config as Travis has it without what it ignores, and the rule for which it refuses the text, or ""."""
    broken = reading.broken()
    rule = "" if broken is None else broken.rule
    if reading.normal is None:
        return None, rule
    config = reading.normal.config()
    assert isinstance(config, dict)
    known = load().root.keys
    return _without({key: value for key, value in config.items() if key in known}), rule


def same_build(before: Reading, after: Reading) -> bool:
    """Tell whether Travis builds the same from two texts, for any event: the same config, or else the same jobs."""
    if meaning(before) == meaning(after):
        return True
    if before.normal is None or after.normal is None or meaning(before)[1] != meaning(after)[1]:
        return False
    return _build(before.normal) == _build(after.normal)


def _build(normal: Normal) -> object:
    """Return all that a config makes of a build: the jobs with their conditions, stages, and rules with conditions."""
    # Imported late: most fixes leave the config as it is.
    from travistool.plan.expand import expand  # noqa: PLC0415
    from travistool.plan.model import Event  # noqa: PLC0415

    plan = expand(normal, Event(), ignore_conditions=True)
    jobs = plan.config.get("jobs")
    rules = [
        [rule for rule in jobs.get(part) or () if isinstance(rule, dict) and "if" in rule]
        for part in ("exclude", "allow_failures")
        if isinstance(jobs, dict)
    ]
    is_fast = isinstance(jobs, dict) and bool(jobs.get("fast_finish")) and any(job.allow_failure for job in plan.jobs)
    stages = [(stage.name, stage.config, [job.number for job in stage.jobs]) for stage in plan.stages]
    rest = {key: plan.config.get(key) for key in _OF_BUILD}
    made = [_known(job.config) for job in plan.jobs]
    return _without([made, stages, [one for one in rules if one], is_fast, rest, len(plan.diagnostics)])


def _known(config: Mapping[str, object]) -> dict[object, object]:
    known = load().root.keys
    job = {"stage", "name", "allow_failure", *known}
    return {key: value for key, value in config.items() if key in job}


def _without(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without(child) for key, child in value.items() if not _is_ignored(key, value)}
    return [_without(child) for child in value] if isinstance(value, list | tuple) else value


def _is_ignored(key: object, inside: dict[object, object]) -> bool:
    """Tell whether nothing reads a key: today's deploy tool keeps files anyway, the old one needs `skip_cleanup`."""
    if key == "skip_cleanup":
        return inside[key] is True and not str(inside.get("dpl_version", "")).startswith(_OLD_TOOL)
    return key in IGNORED


def _fits(diagnostic: Diagnostic, source: Source) -> bool:
    """Tell whether there is a fix, within the text itself and not within what it imports."""
    fix = diagnostic.fix
    return fix is not None and bool(fix.edits) and all(edit.span.source is source for edit in fix.edits)


def _touch(one: Edit, other: Edit) -> bool:
    """Tell whether edits overlap; an insertion also touches what starts or ends where it stands."""
    first, second = one.span, other.span
    if first.start == first.end or second.start == second.end:
        return first.start <= second.end and second.start <= first.end
    return first.start < second.end and second.start < first.end


def _identity(diagnostic: Diagnostic) -> tuple[str, ...]:
    """Return what stays of a finding when its place moves."""
    title = diagnostic.fix.title if diagnostic.fix is not None else ""
    return diagnostic.rule, diagnostic.message, title


def _changed(source: Source, chosen: Iterable[Diagnostic]) -> Source:
    edits = [edit for one in chosen if one.fix is not None for edit in one.fix.edits]
    return Source(source.name, applied(source.text, edits))


def _proven(source: Source, chosen: list[Diagnostic]) -> list[Diagnostic]:
    """Return the findings whose fixes, made together, leave the config as it is to Travis."""
    before = read(source)
    return _largest(chosen, lambda some: same_build(before, read(_changed(source, some))))


def _readable(source: Source, chosen: list[Diagnostic]) -> list[Diagnostic]:
    """Return the findings whose fixes, made together, leave a text that Travis can read, if it could before."""
    if read(source).broken() is not None:
        return chosen
    return _largest(chosen, lambda some: read(_changed(source, some)).broken() is None)


def _largest(chosen: list[Diagnostic], holds: Callable[[list[Diagnostic]], bool]) -> list[Diagnostic]:
    """Return all, if they hold together, else those that hold one after the other."""
    if holds(chosen):
        return chosen
    kept: list[Diagnostic] = []
    for one in chosen:
        if holds([*kept, one]):
            kept.append(one)
    return kept


def _withheld(diagnostic: Diagnostic) -> Diagnostic:
    fix = diagnostic.fix
    assert isinstance(fix, Fix)
    message = f"the fix of {diagnostic.rule} ({fix.title}) would change the build and was not made, please report this"
    return Diagnostic("internal-error", Severity.WARNING, message, diagnostic.span)
