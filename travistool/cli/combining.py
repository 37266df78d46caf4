"""Options of `travistool simulate` that make no sense together: told at once, in one line."""

from __future__ import annotations

import os
import sys

from travistool.cli.files import STDIN
from travistool.cli.planning import find_job
from travistool.cli.simulate_options import SimulateOptions
from travistool.errors import UsageError
from travistool.plan.model import BuildPlan, Job
from travistool.simulate.reports import FORMATS


def check(options: SimulateOptions) -> None:
    """Raise UsageError for the first combination that cannot be meant."""
    told = "--list" if options.lists else "--dry-run"
    shell = "--shell" if options.shell else "--shell-on-failure"
    needs_a_run = {
        "--report": bool(options.reports),
        "--keep": options.keep,
        "--watch": options.watch,
        shell: bool(options.shell) or options.shell_on_failure,
    }
    if options.lists or options.dry_run:
        asked = next((flag for flag, given in needs_a_run.items() if given), None)
        if asked is not None:
            raise UsageError(f"{asked} is for a run, and {told} runs nothing", f"leave out {asked} or {told}")
    if options.commit and (options.dirty or options.watch):
        flag = "--watch" if options.watch else "--dirty"
        raise UsageError(f"{flag} takes the files as they are, --commit as they were", f"leave out {flag} or --commit")
    if needs_a_run[shell]:
        _check_shell(options, shell)


def _check_shell(options: SimulateOptions, flag: str) -> None:
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError("a shell needs a terminal", f"leave out {flag}")
    if options.progress in ("live", "jsonl"):
        raise UsageError(
            f"{flag} needs the terminal that --progress {options.progress} writes to", "use --progress lines"
        )


def reports_of(options: SimulateOptions) -> tuple[tuple[str, str], ...]:
    """Return format and path of each report. Raises UsageError, also where one cannot be written: a run may take long."""
    found: list[tuple[str, str]] = []
    for text in options.reports:
        form, sign, path = text.partition("=")
        if form not in FORMATS or not sign or not path:
            raise UsageError(f"--report takes FORMAT=FILE with one of {', '.join(FORMATS)}, not '{text}'")
        if path == STDIN and options.progress not in ("auto", "none"):
            raise UsageError(
                f"--progress {options.progress} and the report '{text}' both go to standard output", "leave one out"
            )
        if os.path.realpath(path) in {os.path.realpath(known) for _, known in found}:
            raise UsageError(f"two reports go to '{path}'", "give each a file of its own")
        folder = os.path.dirname(os.path.realpath(path))
        if os.path.isdir(path) or not os.path.isdir(folder) or not os.access(folder, os.W_OK):
            raise UsageError(f"the report '{path}' cannot be written", "name a file in a folder that you may write to")
        found.append((form, path))
    return tuple(found)


def check_chosen(options: SimulateOptions, plan: BuildPlan, jobs: tuple[Job, ...]) -> None:
    """Raise UsageError where options choose no job, or a shell for one that does not run."""
    if not jobs and not options.only_failed:
        raise UsageError("no job has all that --job and --stage ask for", "--list without them shows all jobs")
    if jobs and options.shell:
        wanted = find_job(plan, options.shell)
        if wanted.number not in {job.number for job in jobs}:
            raise UsageError(
                f"--shell names job {wanted.number}, which is not among those that run", "choose it with --job, too"
            )
