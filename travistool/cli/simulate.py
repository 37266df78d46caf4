"""`travistool simulate`: the options; what they lead to is in simulating.py."""

from typing import Annotated

import typer

from travistool.cli import parameters
from travistool.cli.event import Asked

EXAMPLES = """\b
Examples:
  travistool simulate                              the build of a push of the commit that is checked out
  travistool simulate --list                       the jobs, and what cannot work here; nothing is run
  travistool simulate --job 1.2 --dirty            one job, with the files as they are now
  travistool simulate --stage tests -j 4
  travistool simulate --event pull_request --secrets-file .env.travis
  travistool simulate --report junit=build.xml --report html=build.html

Exit codes: 0 passed, 1 failed, 2 wrong usage, 3 errored, 4 canceled, 5 engine problem, 6 nothing could run here,
130 interrupted.
"""

_WHAT, _VALUES, _HOW, _OUT = "What is run", "Variables and secrets", "How it is run", "What is printed"
_BOXES = "Containers"


@parameters.on_event
def simulate(
    file: Annotated[str, typer.Argument(help="The config.", show_default=False)] = "",
    job: Annotated[
        list[str] | None,
        typer.Option(
            "--job", help="Run this job: 1.2, 2, or its name; repeatable.", metavar="JOB", rich_help_panel=_WHAT
        ),
    ] = None,
    stage: Annotated[
        list[str] | None,
        typer.Option("--stage", help="Run this stage; repeatable.", metavar="NAME", rich_help_panel=_WHAT),
    ] = None,
    only_failed: Annotated[
        bool,
        typer.Option(
            "--only-failed", help="Run what did not pass last time.", show_default=False, rich_help_panel=_WHAT
        ),
    ] = False,
    dirty: Annotated[
        bool,
        typer.Option(
            "--dirty", help="Take the files as they are, not as committed.", show_default=False, rich_help_panel=_WHAT
        ),
    ] = False,
    commit: Annotated[
        str,
        typer.Option("--commit", help="The commit to build.  [default: HEAD]", metavar="COMMIT", show_default=False),
    ] = "",
    list_jobs: Annotated[
        bool, typer.Option("--list", help="List the jobs and what cannot work here.", show_default=False)
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the jobs with their commands; run nothing.", show_default=False)
    ] = False,
    asked: Asked = Asked(),
    env: Annotated[
        list[str] | None,
        typer.Option("--env", help="A variable, behind those of the config; repeatable.", metavar="NAME=VALUE"),
    ] = None,
    env_file: Annotated[
        list[str] | None, typer.Option("--env-file", help="A file of such variables; repeatable.", metavar="FILE")
    ] = None,
    secret: Annotated[
        list[str] | None,
        typer.Option(
            "--secret", help="A secret; without a value, from the variable of that name.", metavar="NAME[=VALUE]"
        ),
    ] = None,
    secrets_file: Annotated[
        list[str] | None,
        typer.Option(
            "--secrets-file", help="Secrets by name, position or encrypted text: dotenv, or .json.", metavar="FILE"
        ),
    ] = None,
    private_key: Annotated[
        str,
        typer.Option(
            "--private-key", help="Decrypt what was encrypted for this RSA key.", metavar="FILE", show_default=False
        ),
    ] = "",
    engine: Annotated[
        str,
        typer.Option(
            "--engine", help="What runs the jobs: auto, docker, host.", metavar="ENGINE", rich_help_panel=_HOW
        ),
    ] = "auto",
    image: Annotated[
        list[str] | None,
        typer.Option(
            "--image",
            help="The image for a language, version, dist, job or service; repeatable.",
            metavar="KEY=IMAGE",
            rich_help_panel=_BOXES,
        ),
    ] = None,
    pull: Annotated[
        str,
        typer.Option(
            "--pull",
            help="Fetch images: never, missing, always.  [default: missing]",
            metavar="WHEN",
            rich_help_panel=_BOXES,
            show_default=False,
        ),
    ] = "",
    network: Annotated[
        str,
        typer.Option(
            "--network",
            help="What jobs reach: bridge, none.  [default: bridge]",
            metavar="WHAT",
            rich_help_panel=_BOXES,
            show_default=False,
        ),
    ] = "",
    docker: Annotated[
        str,
        typer.Option(
            "--docker",
            help="The engine of jobs with services: docker: nested, or this machine's: host.  [default: nested]",
            metavar="WHICH",
            rich_help_panel=_BOXES,
            show_default=False,
        ),
    ] = "",
    memory: Annotated[
        str,
        typer.Option(
            "--memory",
            help="The memory of a job.  [default: 7.5g]",
            metavar="SIZE",
            rich_help_panel=_BOXES,
            show_default=False,
        ),
    ] = "",
    pids: Annotated[
        int | None,
        typer.Option(
            "--pids",
            help="Processes and threads of a job.  [default: 4096]",
            metavar="N",
            min=1,
            rich_help_panel=_BOXES,
            show_default=False,
        ),
    ] = None,
    dns: Annotated[
        list[str] | None,
        typer.Option(
            "--dns",
            help="A name server of jobs, instead of the engine's; repeatable.",
            metavar="ADDRESS",
            rich_help_panel=_BOXES,
        ),
    ] = None,
    insecure_registry: Annotated[
        list[str] | None,
        typer.Option(
            "--insecure-registry",
            help="A registry that the nested engine may use without TLS; repeatable.",
            metavar="HOST:PORT",
            rich_help_panel=_BOXES,
        ),
    ] = None,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", help="Jobs side by side; 0: as many as cores.", metavar="N", min=0)
    ] = 0,
    deploy: Annotated[
        str,
        typer.Option("--deploy", help="What really deploys: dry, script, all.", metavar="WHAT", rich_help_panel=_HOW),
    ] = "dry",
    timeout: Annotated[
        str, typer.Option("--timeout", help="The longest time of a job; 0: none.", metavar="TIME", rich_help_panel=_HOW)
    ] = "50m",
    silence: Annotated[
        str, typer.Option("--silence", help="The longest time without output; 0: none.", metavar="TIME")
    ] = "10m",
    log_limit: Annotated[
        str,
        typer.Option("--log-limit", help="End a job with a longer log; travis: as there; 0: none.", metavar="SIZE"),
    ] = "0",
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Neither use nor keep caches of jobs.", show_default=False)
    ] = False,
    allow_sudo: Annotated[
        bool, typer.Option("--allow-sudo", help="Let jobs of the host engine call sudo.", show_default=False)
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Run nothing when something cannot work here.", show_default=False)
    ] = False,
    shell: Annotated[
        str, typer.Option("--shell", help="Open a shell where this job has ended.", metavar="JOB", show_default=False)
    ] = "",
    shell_on_failure: Annotated[
        bool, typer.Option("--shell-on-failure", help="Open a shell where a job has failed.", show_default=False)
    ] = False,
    keep: Annotated[
        bool, typer.Option("--keep", help="Leave the machines of jobs; say how to enter them.", show_default=False)
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Run again when files change; implies --dirty.", show_default=False)
    ] = False,
    report: Annotated[
        list[str] | None,
        typer.Option("--report", help="Write a report: junit, json, html, md; repeatable.", metavar="FORMAT=FILE"),
    ] = None,
    logs: Annotated[
        str, typer.Option("--logs", help="The folder for the logs of jobs.", metavar="DIR", show_default=False)
    ] = "",
    progress: Annotated[
        str,
        typer.Option("--progress", help="One of: auto, live, lines, jsonl, none.", metavar="HOW", rich_help_panel=_OUT),
    ] = "auto",
    previous_state: Annotated[
        str, typer.Option("--previous-state", help="How the build before ended, for notifications.", metavar="STATE")
    ] = "passed",
    color: parameters.Color = "auto",
) -> int:
    """Run the build on this machine, stage by stage, as Travis would: same phases, same results.

    The commit is built from a clean checkout; your files are never changed. Nothing is deployed unless asked for.
    """
    # Imported late: help and completion do without.
    from travistool.cli.simulating import SimulateOptions, run  # noqa: PLC0415

    return run(
        SimulateOptions(
            file=file,
            asked=asked,
            jobs=tuple(job or ()),
            stages=tuple(stage or ()),
            only_failed=only_failed,
            dirty=dirty,
            commit=commit,
            view="list" if list_jobs else "dry" if dry_run else "run",
            env=tuple(env or ()),
            env_files=tuple(env_file or ()),
            secrets=tuple(secret or ()),
            secrets_files=tuple(secrets_file or ()),
            private_key=private_key,
            engine=engine,
            images=tuple(image or ()),
            pull=pull,
            network=network,
            docker=docker,
            memory=memory,
            pids=pids or 0,
            dns=tuple(dns or ()),
            insecure_registries=tuple(insecure_registry or ()),
            parallel=jobs,
            deploy=deploy,
            timeout=timeout,
            silence=silence,
            log_limit=log_limit,
            keep=keep,
            watch=watch,
            cache=not no_cache,
            allow_sudo=allow_sudo,
            strict=strict,
            shell=shell,
            shell_on_failure=shell_on_failure,
            reports=tuple(report or ()),
            logs=logs,
            progress=progress,
            previous_state=previous_state,
            color=color,
        )
    )
