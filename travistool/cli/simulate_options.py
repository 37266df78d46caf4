"""The options of `travistool simulate`."""

from __future__ import annotations

from travistool.cli.event_options import Asked
from travistool.cli.option import COLOR, Options, argument, number, switch, text, texts

PROGRESS = ("auto", "live", "lines", "jsonl", "none")
STATES = ("passed", "failed", "errored", "canceled", "skipped")


class SimulateOptions(Options):
    """The options of the command line."""

    file: str = argument("The config.")
    jobs: tuple[str, ...] = texts("--job", help="Run this job: 1.2, 2, or its name; repeatable.", metavar="JOB")
    stages: tuple[str, ...] = texts("--stage", help="Run this stage; repeatable.", metavar="NAME")
    only_failed: bool = switch("--only-failed", help="Run what did not pass last time.")
    dirty: bool = switch("--dirty", help="Take the files as they are, not as committed.")
    commit: str = text("--commit", help="The commit to build, with its own config.  [default: HEAD]", metavar="COMMIT")
    lists: bool = switch("--list", help="List the jobs and what cannot work here.")
    dry_run: bool = switch("--dry-run", help="Show the jobs with their commands; run nothing.")
    asked: Asked = Asked()
    env: tuple[str, ...] = texts(
        "--env",
        help="A variable, behind those of the config; without a value, that of your own; repeatable.",
        metavar="NAME[=VALUE]",
    )
    env_files: tuple[str, ...] = texts("--env-file", help="A file of such variables; repeatable.", metavar="FILE")
    secrets: tuple[str, ...] = texts(
        "--secret", help="A secret; without a value, from the variable of that name.", metavar="NAME[=VALUE]"
    )
    secrets_files: tuple[str, ...] = texts(
        "--secrets-file", help="Secrets by name, position or encrypted text: dotenv, or .json.", metavar="FILE"
    )
    private_key: str = text("--private-key", help="Decrypt what was encrypted for this RSA key.", metavar="FILE")
    engine: str = text(
        "--engine", help="What runs the jobs.", metavar="ENGINE", default="auto", choices=("auto", "docker", "host")
    )
    images: tuple[str, ...] = texts(
        "--image", help="The image for a language, version, dist, job or service; repeatable.", metavar="KEY=IMAGE"
    )
    pull: str = text(
        "--pull", help="Fetch images; missing if not set.", metavar="WHEN", choices=("never", "missing", "always")
    )
    network: str = text(
        "--network", help="What jobs reach; bridge if not set.", metavar="WHAT", choices=("bridge", "none")
    )
    docker: str = text(
        "--docker",
        help="The engine of jobs with services: docker; nested if not set, host is this machine's.",
        metavar="WHICH",
        choices=("nested", "host"),
    )
    memory: str = text("--memory", help="The memory of a job.  [default: 7.5g]", metavar="SIZE")
    pids: int = number("--pids", help="Processes and threads of a job.  [default: 4096]", metavar="N", least=1)
    dns: tuple[str, ...] = texts(
        "--dns", help="A name server of jobs, instead of the engine's; repeatable.", metavar="ADDRESS"
    )
    insecure_registries: tuple[str, ...] = texts(
        "--insecure-registry",
        help="A registry that the nested engine may use without TLS; repeatable.",
        metavar="HOST:PORT",
    )
    parallel: int = number("--jobs", "-j", help="Jobs side by side; 0: as many as cores.", metavar="N")
    deploy: str = text(
        "--deploy", help="What really deploys.", metavar="WHAT", default="dry", choices=("dry", "script", "all")
    )
    timeout: str = text("--timeout", help="The longest time of a job; 0: none.", metavar="TIME", default="50m")
    silence: str = text("--silence", help="The longest time without output; 0: none.", metavar="TIME", default="10m")
    log_limit: str = text(
        "--log-limit", help="End a job with a longer log; travis: as there; 0: none.", metavar="SIZE", default="0"
    )
    no_cache: bool = switch("--no-cache", help="Neither use nor keep caches of jobs.")
    allow_sudo: bool = switch("--allow-sudo", help="Let jobs of the host engine call sudo.")
    strict: bool = switch("--strict", help="Run nothing when something cannot work here.")
    shell: str = text("--shell", help="Open a shell where this job has ended.", metavar="JOB")
    shell_on_failure: bool = switch("--shell-on-failure", help="Open a shell where a job has failed.")
    keep: bool = switch("--keep", help="Leave the machines of jobs; say how to enter them.")
    watch: bool = switch("--watch", help="Run again when files change; implies --dirty.")
    reports: tuple[str, ...] = texts(
        "--report", help="Write a report: junit, json, html, md; repeatable.", metavar="FORMAT=FILE"
    )
    logs: str = text("--logs", help="The folder for the logs of jobs.", metavar="DIR")
    progress: str = text("--progress", help="How to show it.", metavar="HOW", default="auto", choices=PROGRESS)
    previous_state: str = text(
        "--previous-state",
        help="How the build before ended, for notifications.",
        metavar="STATE",
        default="passed",
        choices=STATES,
    )
    color: str = COLOR
