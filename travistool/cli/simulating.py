"""What `travistool simulate` does: plan, look ahead, run, report."""

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from shutil import which
from typing import get_args

from travistool.cli.again import again
from travistool.cli.building import GivenOptions, build_of
from travistool.cli.canceling import Terminated, canceling, terminable
from travistool.cli.combining import check, check_chosen, reports_of
from travistool.cli.container_settings import container_settings
from travistool.cli.engines import Deploy, EngineOptions, docker_options, engine_for
from travistool.cli.files import find_one
from travistool.cli.git import Repositories
from travistool.cli.limits import log_bytes, seconds
from travistool.cli.logs import log_folder
from travistool.cli.noticing import stops, tree_notices
from travistool.cli.observing import observer
from travistool.cli.planning import Planner, Read, find_job, planned
from travistool.cli.reaching import listens, unreachable
from travistool.cli.selecting import chosen, home, last, project, remember
from travistool.cli.showing import listing, notices_text
from travistool.cli.simulate import SimulateOptions
from travistool.cli.terminal import style_for, write, write_aside
from travistool.cli.watching import Events, to_stdout
from travistool.errors import EngineError, FileError, OutputError, UsageError
from travistool.plan.model import BuildPlan, Job
from travistool.report.layout import Style
from travistool.report.plan_view import PlanView, describe
from travistool.simulate.engine import Ending, Engine, Remark
from travistool.simulate.given import Resolved
from travistool.simulate.notify import notifications
from travistool.simulate.output import Limits
from travistool.simulate.preflight import Facts, addresses_of, preflight
from travistool.simulate.reports import json as as_json
from travistool.simulate.reports import render
from travistool.simulate.reports.summary import text as summary
from travistool.simulate.result import BuildResult, JobState
from travistool.simulate.run import Run, run_build
from travistool.simulate.script.facts import Build
from travistool.simulate.tree import Origin, Trees

EXIT_CODES: dict[JobState, int] = {"passed": 0, "failed": 1, "errored": 3, "canceled": 4, "skipped": 6}
"""The exit code by the state of the build; 2 is wrong usage, 5 a problem of the engine, 130 interrupted."""

ENGINE_PROBLEM = 5
INTERRUPTED = 130
_ENDED: dict[int, int] = {signal.SIGINT: INTERRUPTED, signal.SIGTERM: EXIT_CODES["canceled"]}


def run(options: SimulateOptions) -> int:
    """Run a build and return the exit code. What the engine cannot do is a code of its own here, not an exception."""
    check(options)
    try:
        with terminable():
            return _watched(options) if options.watch else _once(options)
    except Terminated:
        return EXIT_CODES["canceled"]


def _watched(options: SimulateOptions) -> int:
    """Run a build, and again after each change, until Ctrl-C. Raises UsageError for what is wrong from the start."""
    options = options._replace(dirty=True)
    # A shell script that starts us in the background has it ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    path = find_one(options.file)
    folder = os.path.dirname(os.path.realpath(path))
    git = Repositories().around(folder)
    # What a run writes must not start the next one.
    aside = tuple([name for _, name in reports_of(options)] + ([options.logs] if options.logs else []))
    ran = False

    def once() -> bool:
        nonlocal ran
        try:
            # Whoever ends a run does not want the next one.
            return _once(options) not in (INTERRUPTED, EXIT_CODES["canceled"])
        except UsageError as error:
            if not ran:
                raise
            write_aside(f"travistool: error: {error.message}\n" + (f"  {error.hint}\n" if error.hint else ""))
            return True
        finally:
            ran = True

    again(git.folder if git is not None else folder, aside, once, write_aside)
    return INTERRUPTED


def _once(options: SimulateOptions) -> int:
    try:
        return _run(options)
    except EngineError as error:
        write_aside(f"travistool: error: {error.message}\n" + (f"  {error.hint}\n" if error.hint else ""))
        return ENGINE_PROBLEM
    except (FileError, OutputError) as error:
        # Their own codes would read as results of a build.
        raise UsageError(error.message, error.hint) from error


def _run(options: SimulateOptions) -> int:
    reports = reports_of(options)
    limits = Limits(
        timeout_seconds=seconds("--timeout", options.timeout),
        silence_seconds=seconds("--silence", options.silence),
        log_bytes=log_bytes(options.log_limit),
    )
    style = style_for(options.color)
    read, view = planned(options.file, Planner(options.asked.event, options.asked.import_root, options.commit))
    if not view.starts.build:
        write_aside(f"no build starts: {view.starts.because}\n")
        return EXIT_CODES["skipped"]
    build, secrets = build_of(read, view.plan, _given(options), _commit(options, read), deploys=options.deploy == "all")
    jobs = chosen(view.plan, options.jobs, options.stages, last(read.folder) if options.only_failed else None)
    check_chosen(options, view.plan, jobs)
    if not jobs:
        write_aside("nothing to run: no job failed last time\n")
        return 0
    asked = _engine(options, read)
    engine = engine_for(asked)
    is_cut_off = engine.name == "docker" and docker_options(asked).network == "none"
    with _closing(engine.close):
        return _with_engine(options, read, view, build, secrets, jobs, engine, limits, reports, style, is_cut_off)


def _with_engine(
    options: SimulateOptions,
    read: Read,
    view: PlanView,
    build: Build,
    secrets: Resolved,
    jobs: tuple[Job, ...],
    engine: Engine,
    limits: Limits,
    reports: tuple[tuple[str, str], ...],
    style: Style,
    is_cut_off: bool,
) -> int:
    refused = {job.number: reason for job in jobs if (reason := engine.refuses(job))}
    is_here = engine.means.packages == "announce"
    has = (lambda name: which(name) is not None) if is_here else None
    addresses = addresses_of(job for job in jobs if job.number not in refused)
    facts = Facts(
        means=engine.means,
        refused=refused,
        folders=_folders(read, build, dirty=options.dirty),
        elsewhere=_elsewhere(read, build),
        has=has,
        listens=listens if is_here else None,
        unreachable=addresses if is_cut_off else unreachable(addresses),
        is_cut_off=is_cut_off,
        remarks=_remarks(engine, jobs, refused),
    )
    notices = (
        *preflight(jobs, build, secrets, facts),
        *tree_notices(read, build, dirty=options.dirty, commit=options.commit),
    )
    if options.lists or options.dry_run:
        write(listing(view, jobs, notices, build, dry=options.dry_run, style=style))
        return EXIT_CODES["skipped"] if options.strict and stops(notices) else 0
    write_aside(notices_text(notices, engine.name, view, color=style.color and sys.stderr.isatty()))
    if options.strict and stops(notices):
        write_aside("nothing is run: --strict\n")
        return EXIT_CODES["skipped"]
    lingers = bool(options.shell) or options.shell_on_failure
    trees = Trees(Origin(read.git.folder if read.git else read.folder, build.commit, dirty=options.dirty), build)
    with _closing(trees.close), observer(options.progress, jobs, color=style.color, shell=lingers) as observe:
        # Made before the first job: what cannot be checked out is no job's fault.
        trees.prepare([job for job in jobs if job.number not in refused])
        write_aside("".join(f"note: {note}\n" for note in trees.notes))
        made = Run(
            plan=view.plan,
            build=build,
            engine=engine,
            trees=trees,
            id=os.urandom(4).hex(),
            event=describe(view.plan.event, view.mask),
            jobs=options.parallel or os.cpu_count() or 1,
            limits=limits,
            logs=log_folder(options.logs),
            cache=not options.no_cache,
            refused=refused,
            linger=_linger(options, view.plan),
            keep=options.keep,
        )
        # A run may take hours.
        gc.freeze()
        gc.enable()
        with canceling() as canceler:
            result = run_build(made, jobs, observe, canceler)
    if options.keep and not any(job.kept for job in result.jobs):
        write_aside(f"note: nothing is kept: the engine '{engine.name}' kept no job\n")
    return _finish(options, read, view, result, reports, style, ended=_ENDED.get(canceler.signal))


def _remarks(engine: Engine, jobs: tuple[Job, ...], refused: dict[str, str]) -> dict[str, tuple[Remark, ...]]:
    return {job.number: engine.remarks(job) for job in jobs if job.number not in refused}


def _finish(
    options: SimulateOptions,
    read: Read,
    view: PlanView,
    result: BuildResult,
    reports: tuple[tuple[str, str], ...],
    style: Style,
    *,
    ended: int | None,
) -> int:
    for form, path in reports:
        write(render(form, result), path)
    remember(read.folder, as_json.text(result))
    if options.progress == "jsonl":
        Events(to_stdout).finished(result)
    else:
        sent = view.mask.text(_sent(view.plan, result, options.previous_state))
        write("\n" + summary(result, color=style.color) + sent)
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


def _engine(options: SimulateOptions, read: Read) -> EngineOptions:
    name = project(read.folder)
    return EngineOptions(
        name=options.engine,
        deploy=next(one for one in get_args(Deploy) if one == options.deploy),
        caches=os.path.join(home(), "caches", name) if not options.no_cache else "",
        allow_sudo=options.allow_sudo,
        project=name,
        images=options.images,
        pull=options.pull,
        network=options.network,
        docker=options.docker,
        memory=options.memory,
        pids=options.pids,
        dns=options.dns,
        insecure_registries=options.insecure_registries,
        settings=container_settings(read.folder),
    )


def _given(options: SimulateOptions) -> GivenOptions:
    return GivenOptions(
        env=options.env,
        env_files=options.env_files,
        secrets=options.secrets,
        secrets_files=options.secrets_files,
        settings_env=options.asked.event.settings_env,
        private_key=options.private_key,
    )


def _commit(options: SimulateOptions, read: Read) -> str:
    if not options.commit:
        return ""
    found = read.git.resolve(options.commit) if read.git else None
    if found is None:
        raise UsageError(f"there is no commit '{options.commit}'")
    return found


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


@contextmanager
def _closing(close: Callable[[], None]) -> Iterator[None]:
    try:
        yield
    finally:
        close()
