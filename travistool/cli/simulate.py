"""`travistool simulate`: what it says of itself, and how it begins; the rest is in simulating.py."""

from __future__ import annotations

import gc
import os

from travistool.cli.simulate_options import SimulateOptions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from travistool.cli.git import Repository
    from travistool.simulate.checkout import Early

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
    from travistool.cli.exits import EXIT_CODES  # noqa: PLC0415  # help and completion do without
    from travistool.cli.terminating import Terminated, terminable  # noqa: PLC0415

    try:
        with terminable():
            return _run(options)
    except Terminated:
        return EXIT_CODES["canceled"]


def _run(options: SimulateOptions) -> int:
    from travistool.cli.git import Repositories  # noqa: PLC0415
    from travistool.cli.meanwhile import loading  # noqa: PLC0415
    from travistool.document.lean import load_parts  # noqa: PLC0415

    repositories = Repositories()
    early: Early | None = None
    try:
        with loading("travistool.cli.simulating", load_parts):
            path = os.path.realpath(options.file or ".")
            git = repositories.around(path if os.path.isdir(path) else os.path.dirname(path))
            if git is not None:
                early = _early(options, git)
                if early is not None:
                    early.begin()
                git.ahead(changes=not (options.dirty or options.commit))
        from travistool.cli.simulating import run  # noqa: PLC0415

        return run(options, repositories, early)
    finally:
        if early is not None:
            early.close()


def _early(options: SimulateOptions, git: Repository) -> Early | None:
    """Return the checkout that most runs want: of the commit that is checked out, as a push of its branch."""
    event = options.asked.event
    if (
        options.lists
        or options.dry_run
        or options.watch
        or options.commit
        or event.tag
        or event.event not in (None, "push")
    ):
        return None
    commit, branch = git.commit, event.branch or git.branch
    if not commit or not branch:
        return None
    from travistool.simulate.checkout import Early, Wanted  # noqa: PLC0415

    return Early(Wanted(git.folder, commit, branch))
