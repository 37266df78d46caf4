"""What `travistool simulate` does once all is ready: look ahead, run, report."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable

from travistool.cli.canceling import canceling
from travistool.cli.exits import EXIT_CODES, INTERRUPTED
from travistool.cli.files import STDIN
from travistool.cli.logs import log_folder
from travistool.cli.meanwhile import meanwhile
from travistool.cli.noticing import stops, tree_notices
from travistool.cli.observing import observer, way
from travistool.cli.planning import Read, find_job
from travistool.cli.reaching import listens, unreachable
from travistool.cli.ready import Ready
from travistool.cli.selecting import remember
from travistool.cli.showing import listing, missing_text, notices_text
from travistool.cli.simulate_options import SimulateOptions
from travistool.cli.terminal import write, write_aside
from travistool.cli.watching import Events, to_stdout
from travistool.plan.model import BuildPlan, Job
from travistool.report.plan_view import describe
from travistool.simulate.engine import Ending
from travistool.simulate.notify import notifications
from travistool.simulate.preflight import Facts, Notice, addresses_of, preflight
from travistool.simulate.programs import find
from travistool.simulate.reports import json as as_json
from travistool.simulate.reports import render
from travistool.simulate.reports.summary import tails
from travistool.simulate.reports.summary import text as summary
from travistool.simulate.result import BuildResult
from travistool.simulate.run import Run, run_build
from travistool.simulate.script.facts import Build

_ENDED: dict[int, int] = {signal.SIGINT: INTERRUPTED, signal.SIGTERM: EXIT_CODES["canceled"]}


def run_ready(ready: Ready) -> int:
    """Run what is ready, or only tell it, and return the exit code."""
    options, style = ready.options, ready.style
    notices = _notices(ready)
    if not ready.runs:
        write(listing(ready.view, ready.jobs, notices, ready.build, dry=options.dry_run, style=style))
        return EXIT_CODES["skipped"] if options.strict and stops(notices) else 0
    write_aside(notices_text(notices, ready.engine.name, ready.view, color=style.color and sys.stderr.isatty()))
    if options.strict and stops(notices):
        write_aside("nothing is run: --strict\n")
        return EXIT_CODES["skipped"]
    write_aside("".join(f"note: {note}\n" for note in ready.trees.notes))
    how = way(options.progress, shell=ready.lingers, piped=ready.is_piped)
    with observer(how, ready.jobs, color=style.color) as observe:
        # A run may take hours.
        gc.freeze()
        gc.enable()
        with canceling() as canceler:
            result = run_build(_run(ready), ready.jobs, observe, canceler)
    if options.keep and not any(job.kept for job in result.jobs):
        write_aside(f"note: nothing is kept: the engine '{ready.engine.name}' kept no job\n")
    with meanwhile(ready.trees.close):
        return _finish(ready, result, how, ended=_ENDED.get(canceler.signal))


def _notices(ready: Ready) -> tuple[Notice, ...]:
    """Return what to know before anything runs."""
    read, build, options, engine = ready.read, ready.build, ready.options, ready.engine
    jobs = [job for job in ready.jobs if job.number not in ready.refused]
    is_here = engine.means.packages == "announce"
    addresses = addresses_of(jobs)
    facts = Facts(
        means=engine.means,
        refused=ready.refused,
        folders=_folders(read, build, dirty=options.dirty),
        elsewhere=_elsewhere(read, build),
        has=(lambda name: bool(find(name))) if is_here else None,
        listens=listens if is_here else None,
        unreachable=addresses if ready.is_cut_off else unreachable(addresses),
        is_cut_off=ready.is_cut_off,
        remarks={job.number: engine.remarks(job) for job in jobs},
    )
    known = preflight(ready.jobs, build, ready.secrets, facts)
    return (*known, *tree_notices(read, build, dirty=options.dirty, commit=options.commit))


def _run(ready: Ready) -> Run:
    options = ready.options
    return Run(
        plan=ready.view.plan,
        build=ready.build,
        engine=ready.engine,
        trees=ready.trees,
        id=os.urandom(4).hex(),
        event=describe(ready.view.plan.event, ready.view.mask),
        # What others print would come into a shell.
        jobs=1 if ready.lingers else options.parallel or os.cpu_count() or 1,
        limits=ready.limits,
        logs=log_folder(options.logs),
        cache=not options.no_cache,
        refused=ready.refused,
        linger=_linger(options, ready.view.plan),
        keep=options.keep,
    )


def _finish(ready: Ready, result: BuildResult, how: str, *, ended: int | None) -> int:
    """Report what came of a run. `ended` is the exit code of who was interrupted, None for a run that was not."""
    options, view = ready.options, ready.view
    for form, path in ready.reports:
        write(render(form, result), "" if path == STDIN else path)
    remember(ready.read.folder, as_json.text(result))
    if options.progress == "jsonl":
        Events(to_stdout).finished(result)
    else:
        sent = missing_text(result, ready.engine.name) + view.mask.text(
            _sent(view.plan, result, options.previous_state)
        )
        color = ready.style.color
        # A live view has told, and a single job's log ends with it.
        known = how == "live" or (how == "lines" and len(ready.jobs) == 1)
        first = "" if known else tails(result, color=color)
        told = "\n" + (f"{first}\n" if first else "") + summary(result, color=color) + sent
        (write_aside if ready.is_piped else write)(told)
    return EXIT_CODES[result.state] if ended is None else ended


def _sent(plan: BuildPlan, result: BuildResult, previous: str) -> str:
    """Return a line for each notification that Travis would send; none where this machine could not run a job."""
    if any(job.state == "errored" and not job.phases for job in result.jobs):
        return ""
    previous_state = next(state for state in EXIT_CODES if state == previous)
    lines = []
    for one in notifications(plan.notifications, result.state, previous_state):
        to = f" to {', '.join(one.to)}" if one.to else " to whoever pushed" if one.kind == "email" else ""
        lines.append(f"Travis would send {one.kind}{to}: {one.because}\n")
    return "".join(lines)


def _folders(read: Read, build: Build, *, dirty: bool) -> Callable[[], frozenset[str]] | None:
    """Return what tells all folders that are checked out; None without a repository."""
    git = read.git
    if not git or not build.commit:
        return None
    return lambda: git.folders(build.commit) | (git.new_folders() if dirty else frozenset())


def _elsewhere(read: Read, build: Build) -> Callable[[], frozenset[str]]:
    """Return what tells the folders that are other repositories."""
    git = read.git
    return (lambda: git.submodules(build.commit)) if git and build.commit else frozenset


def _linger(options: SimulateOptions, plan: BuildPlan) -> Callable[[Job, Ending, Callable[[], int]], None] | None:
    wanted = find_job(plan, options.shell).number if options.shell else ""
    if not wanted and not options.shell_on_failure:
        return None

    def linger(job: Job, ending: Ending, shell: Callable[[], int]) -> None:
        if job.number == wanted or (options.shell_on_failure and ending.exit_code != 0):
            write_aside(f"-- a shell where job {job.number} has ended; leave it with exit\n")
            shell()

    return linger
