"""The phases of the config as bash functions: what stops a job, what is recorded, what is ignored."""

from __future__ import annotations

from typing import Any

from travistool.catalog.settings import as_text
from travistool.plan.model import Job
from travistool.plan.phases import Phase, phases, skipped
from travistool.simulate.script import addons, defaults
from travistool.simulate.script.facts import Build, Means
from travistool.simulate.script.shell import Lines, call, fold, function, say

ASSERTED = ("before_install", "install", "before_script", "before_deploy")
"""Phases whose failing entry ends the job as errored."""

PHASES = (
    *("before_install", "install", "before_script", "script", "before_cache"),
    *("after_success", "after_failure", "after_script", "before_deploy", "after_deploy"),
)
"""All phases that are functions of their own."""


def phase_functions(job: Job, build: Build, means: Means) -> Lines:
    """Return the functions `travis_run_<phase>`, one for each phase."""
    found = {phase.name: phase for phase in phases(job, build.repo)}
    left_out = skipped(job)
    lines: Lines = []
    for name in PHASES:
        body = addons.hooks(job, name)
        if name in left_out:
            body = [*body, *_skipped(name)]
        elif name in ("before_deploy", "after_deploy"):
            body = [*body, *_around_deploying(name, job)]
        elif name in found:
            body = [*body, *_phase(found[name], job, means)]
        elif name == "script":
            body = [*body, *_no_script(job)]
        lines += ["", *function(f"travis_run_{name}", [f"_job_phase {name}", *body] if body else [":"])]
    return lines


def _skipped(name: str) -> Lines:
    text = f"Skipping the {name} step, as specified in the configuration."
    return [say(text), *(["travis_result 0"] if name == "script" else [])]


def _phase(phase: Phase, job: Job, means: Means) -> Lines:
    if phase.is_default:
        return defaults.phase(phase.default, phase.name, means)
    return _entries(phase.name, _texts(job, phase.name))


def _texts(job: Job, name: str) -> list[str]:
    """Return the entries of a phase as the shell gets them."""
    value = job.config.get(name)
    if value is None or value is False:
        return []
    return [_text(entry) for entry in (value if isinstance(value, list) else [value])]


def _text(entry: Any) -> str:
    if not isinstance(entry, dict | list) or "secure" in entry:
        return as_text(entry)
    # Imported late: hardly any entry is a map, as `- echo a: b` is. It is run as Ruby writes it, and fails.
    from travistool.grammar.conditions.data import to_text  # noqa: PLC0415

    return to_text(entry)


def _around_deploying(name: str, job: Job) -> Lines:
    texts = _texts(job, name)
    if not any("\n" in text for text in texts):
        return _entries(name, texts)
    # Imported late: most jobs do not deploy.
    from travistool.simulate.script.deploy import has_conditions  # noqa: PLC0415

    return _entries(name, texts, "    " if has_conditions(job) else "  ")


def _entries(name: str, texts: list[str], indent: str = "  ") -> Lines:
    """Return the statements of a phase. Travis indents its script inside folds, the lines of an entry with it."""
    lines: Lines = []
    for number, text in enumerate(texts, 1):
        if name == "script":
            lines += [call(text, "echo", "timing"), "travis_result $?"]
            continue
        flags = ("assert",) if name in ASSERTED else ()
        folded = name if len(texts) == 1 else f"{name}.{number}"
        lines += fold(folded, [call(text.replace("\n", "\n" + indent), *flags, "echo", "timing")])
    return lines


def _no_script(job: Job) -> Lines:
    """Return what a job without a script comes to: nothing is run, and that passes; an empty list leaves no result."""
    return [":"] if job.config.get("script") == [] else ["travis_result 0"]
