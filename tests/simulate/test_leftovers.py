"""Processes are found by their mark; those that were there before a run are not looked at."""

import os
import subprocess
import sys

import pytest

from travistool.simulate.leftovers import kill_all, processes

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells")


@pytest.mark.parametrize("known", [False, True], ids=["new", "there before"])
def test_what_is_looked_at(known: bool) -> None:
    mark = f"/tmp/leftovers-{os.getpid()}-{known}"  # a name only
    with subprocess.Popen(["sleep", "60"], env={"TRAVISTOOL_JOB": mark, "PATH": os.environ["PATH"]}) as process:
        try:
            assert process.pid in processes()
            assert kill_all(mark, frozenset([process.pid] if known else [])) == (0 if known else 1)
            if not known:
                # Until it is gone, it can be found.
                process.wait()
            assert kill_all(mark[:-1]) == (1 if known else 0)
        finally:
            process.kill()
