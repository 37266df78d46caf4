"""`travistool compile`: one job as the bash script that it is."""

from __future__ import annotations

from travistool.cli.event_options import Asked
from travistool.cli.option import OUTPUT, Options, argument, formats, text
from travistool.cli.planning import Planner, find_job, planned
from travistool.cli.terminal import write

EXAMPLES = """\b
Examples:
  travistool compile 1.1                        the first job
  travistool compile "Unit tests" > job.sh      a job by its name
  travistool compile 3 --event pull_request     as a pull request would run it

Exit codes: 0 compiled, 2 wrong usage, 4 no file.
"""


class CompileOptions(Options):
    """The options of the command line."""

    job: str = argument("The job, by number (1.3 or 3) or exact name.", "JOB", needed=True)
    file: str = argument("The config.")
    asked: Asked = Asked()
    machine: str = text(
        "--for",
        help="A bare machine of Travis's, or what `simulate` runs.",
        metavar="MACHINE",
        default="travis",
        choices=("travis", "docker", "host"),
    )
    format: str = formats(("script", "json"))
    output: str = OUTPUT


def compile(options: CompileOptions) -> int:  # noqa: A001  # the command's name
    """Print one job as a readable bash script: what Travis makes of it, phase by phase. Secrets are not in it.

    The script clones, starts services and installs packages by itself; --for docker prints what `simulate` runs.
    """
    # Imported late: the other commands do without.
    from travistool.cli.building import GivenOptions, build_of  # noqa: PLC0415
    from travistool.simulate.script.compile import compile_job  # noqa: PLC0415
    from travistool.simulate.script.facts import BESIDE, HERE, Means  # noqa: PLC0415

    means = {"travis": Means(), "docker": BESIDE, "host": HERE}[options.machine]
    asked = options.asked
    read, view = planned(options.file, Planner(*asked))
    build, _ = build_of(read, view.plan, GivenOptions(settings_env=asked.event.settings_env))
    found = find_job(view.plan, options.job)
    script = compile_job(found, build, means)
    if options.format == "json":
        from travistool.report.plan_json import as_json  # noqa: PLC0415  # as above

        record = {"number": found.number, "name": found.name, "script": script.text, "unknown": list(script.unknown)}
        write(as_json([record], many=False), options.output)
    else:
        write(script.text, options.output)
    return 0
