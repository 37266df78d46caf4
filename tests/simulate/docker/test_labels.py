import os
import socket
import subprocess

import pytest

from travistool.simulate.docker import labels

NOW = 1_000_000.0
OTHER = {labels.RUN: "1", labels.PROCESS: "elsewhere/1/2"}


def test_what_this_process_makes_is_alive() -> None:
    made = labels.labels("job", "run", 10, job="1.1")
    assert made[labels.JOB] == "1.1"
    # Even behind its deadline: who made it is there to remove it.
    assert not labels.is_dead(made, NOW * 10_000)


def test_a_process_that_has_ended_is_dead() -> None:
    child = subprocess.Popen(["sleep", "60"])
    found = {labels.RUN: "1", labels.PROCESS: f"{socket.gethostname()}/{child.pid}/{labels._started(child.pid)}"}
    assert not labels.is_dead(found, NOW)
    child.kill()
    child.wait()
    assert labels.is_dead(found, NOW)


def test_a_number_that_is_used_again_is_dead() -> None:
    found = {labels.RUN: "1", labels.PROCESS: f"{socket.gethostname()}/{os.getpid()}/1"}
    assert labels.is_dead(found, NOW)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(OTHER | {labels.DEADLINE: "999999"}, True, id="over"),
        pytest.param(OTHER | {labels.DEADLINE: "1000001"}, False, id="still running"),
        pytest.param(OTHER, False, id="without a deadline"),
        pytest.param(OTHER | {labels.DEADLINE: "1", labels.KIND: "cache"}, False, id="kept between runs"),
        pytest.param({labels.DEADLINE: "1"}, False, id="not ours"),
    ],
)
def test_other_machines_are_judged_by_the_deadline(found: dict[str, str], expected: bool) -> None:
    assert labels.is_dead(found, NOW) is expected
