"""What `travistool simulate` does first: plan, choose an engine, check the commit out. The rest is in running.py."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import get_args

from travistool.cli.building import GivenOptions, build_of
from travistool.cli.combining import check, check_chosen, reports_of
from travistool.cli.container_settings import container_settings
from travistool.cli.engines import Deploy, EngineOptions, docker_options, engine_for
from travistool.cli.exits import ENGINE_PROBLEM, EXIT_CODES, INTERRUPTED
from travistool.cli.files import find_one
from travistool.cli.git import Repositories
from travistool.cli.limits import log_bytes, seconds
from travistool.cli.planning import Planner, Read, planned
from travistool.cli.ready import Ready
from travistool.cli.running import run_ready
from travistool.cli.selecting import chosen, home, last, project
from travistool.cli.simulate_options import SimulateOptions
from travistool.cli.terminal import style_for, write_aside
from travistool.errors import EngineError, FileError, OutputError, UsageError
from travistool.simulate.checkout import Early
from travistool.simulate.limits import Limits
from travistool.simulate.tree import Origin, Trees


def run(options: SimulateOptions, repositories: Repositories, early: Early | None = None) -> int:
    """Run a build and return the exit code. What the engine cannot do is a code of its own here, not an exception."""
    check(options)
    return _watched(options) if options.watch else _once(options, repositories, early)


def _watched(options: SimulateOptions) -> int:
    """Run a build, and again after each change, until Ctrl-C. Raises UsageError for what is wrong from the start."""
    # Imported late: few runs are watched.
    from travistool.cli.again import again  # noqa: PLC0415

    options = options._replace(dirty=True)
    # A shell script that starts us in the background has it ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    path = find_one(options.file)
    folder = os.path.dirname(os.path.realpath(path))
    git = Repositories().around(folder)
    # What a run writes must not start the next one.
    aside = tuple([name for _, name in reports_of(options)] + ([options.logs] if options.logs else []))
    ran = False
    code = INTERRUPTED

    def once() -> bool:
        nonlocal ran, code
        try:
            code = _once(options, Repositories())
            # Whoever ends a run does not want the next one.
            return code not in (INTERRUPTED, EXIT_CODES["canceled"])
        except UsageError as error:
            if not ran:
                raise
            write_aside(f"travistool: error: {error.message}\n" + (f"  {error.hint}\n" if error.hint else ""))
            return True
        finally:
            ran = True

    again(git.folder if git is not None else folder, aside, once, write_aside)
    return code


def _once(options: SimulateOptions, repositories: Repositories, early: Early | None = None) -> int:
    try:
        return _run(options, repositories, early)
    except EngineError as error:
        write_aside(f"travistool: error: {error.message}\n" + (f"  {error.hint}\n" if error.hint else ""))
        return ENGINE_PROBLEM
    except (FileError, OutputError) as error:
        # Their own codes would read as results of a build.
        raise UsageError(error.message, error.hint) from error


def _run(options: SimulateOptions, repositories: Repositories, early: Early | None) -> int:
    reports = reports_of(options)
    limits = Limits(
        timeout_seconds=seconds("--timeout", options.timeout),
        silence_seconds=seconds("--silence", options.silence),
        log_bytes=log_bytes(options.log_limit),
    )
    style = style_for(options.color)
    planner = Planner(options.asked.event, options.asked.import_root, options.commit, repositories)
    read, view = planned(options.file, planner)
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
    with _closing(engine.close):
        origin = Origin(read.git.folder if read.git else read.folder, build.commit, dirty=options.dirty)
        trees = Trees(origin, build, early)
        with _closing(trees.close):
            ready = Ready(
                options=options,
                read=read,
                view=view,
                build=build,
                secrets=secrets,
                jobs=jobs,
                engine=engine,
                refused={job.number: reason for job in jobs if (reason := engine.refuses(job))},
                trees=trees,
                limits=limits,
                reports=reports,
                style=style,
                is_cut_off=engine.name == "docker" and docker_options(asked).network == "none",
            )
            return _with_engine(ready)


def _with_engine(ready: Ready) -> int:
    if ready.runs:
        # Before the first job: what cannot be checked out is no job's fault.
        ready.trees.prepare([job for job in ready.jobs if job.number not in ready.refused])
    return run_ready(ready)


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


@contextmanager
def _closing(close: Callable[[], None]) -> Iterator[None]:
    try:
        yield
    finally:
        close()
