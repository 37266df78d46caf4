"""`travistool simulate`: what it says of itself, and how it begins; the rest is in simulating.py."""

import gc
import os

from travistool.cli.simulate_options import SimulateOptions

EXAMPLES = """\b
Examples:
  travistool simulate                              the build of a push of the commit that is checked out
  travistool simulate --list                       the jobs, and what cannot work here; nothing is run
  travistool simulate --job 1.2 --dirty            one job, with the files as they are now
  travistool simulate --stage tests -j 4
  travistool simulate --event pull_request --secrets-file .env.travis
  travistool simulate --report junit=build.xml --report html=build.html

Exit codes: 0 passed, 1 failed, 2 wrong usage, 3 errored, 4 canceled by SIGTERM, 5 engine problem, 6 nothing could run
here, 130 interrupted by Ctrl-C.
"""


def simulate(options: SimulateOptions) -> int:
    """Run the build on this machine, stage by stage, as Travis would: same phases, same results.

    The commit is built from a clean checkout; your files are never changed. Nothing is deployed unless asked for.
    """
    # Until jobs run there is much to load and no garbage.
    gc.disable()
    from travistool.cli.git import Repositories  # noqa: PLC0415  # help and completion do without
    from travistool.cli.meanwhile import loading  # noqa: PLC0415

    repositories = Repositories()
    with loading("travistool.cli.simulating"):
        path = os.path.realpath(options.file or ".")
        git = repositories.around(path if os.path.isdir(path) else os.path.dirname(path))
        if git is not None:
            git.ahead(changes=not (options.dirty or options.commit))
    from travistool.cli.simulating import run  # noqa: PLC0415

    return run(options, repositories)
