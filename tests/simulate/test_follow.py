"""Marks: taken out of the stream wherever chunks end, and made into phases and commands."""

from itertools import count

import pytest

from travistool.simulate.follow import Marks, Now, Progress, mark
from travistool.simulate.result import Command, DeploymentResult, Phase

LOG = b"one\x1b]M;phase\x1fscript\x1f\atwo\x1b[0m\x1b]M;run\x1fscript\x1fmake test\x1f\athree\n\x1b]X;not ours\a"


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_marks_come_out_in_order(size: int) -> None:
    seen: list[bytes | list[str]] = []
    marks = Marks("M", seen.append, seen.append)
    for at in range(0, len(LOG), size):
        marks.feed(LOG[at : at + size])
    marks.flush()
    joined: list[bytes | list[str]] = []
    for one in seen:
        if isinstance(one, bytes) and joined and isinstance(joined[-1], bytes):
            joined[-1] += one
        else:
            joined.append(one)
    assert joined == [
        b"one",
        ["phase", "script"],
        b"two\x1b[0m",
        ["run", "script", "make test"],
        b"three\n\x1b]X;not ours\a",
    ]


def progress(*marks: list[str], exit_code: int | None = 0) -> tuple[tuple[Phase, ...], tuple[DeploymentResult, ...]]:
    ticks = count()
    made = Progress(lambda: float(next(ticks)), lambda _: None)
    for words in marks:
        made.tell(words)
    return made.end(exit_code)


def test_phases_have_commands_with_their_status() -> None:
    phases, _ = progress(
        ["phase", "install"],
        ["run", "install", "a"],
        ["ran", "0"],
        ["phase", "script"],
        ["run", "script", "b"],
        ["ran", "2"],
        ["phase", "finish"],
        exit_code=1,
    )
    assert phases == (
        Phase("install", "passed", 3.0, (Command("a", 0, 1.0),)),
        Phase("script", "failed", 3.0, (Command("b", 2, 1.0),)),
    )


@pytest.mark.parametrize(("exit_code", "state"), [(2, "errored"), (1, "failed"), (None, "canceled"), (137, "errored")])
def test_what_a_job_ends_in_has_its_state(exit_code: int | None, state: str) -> None:
    (phase,), _ = progress(["phase", "install"], ["run", "install", "exit"], exit_code=exit_code)
    assert (phase.state, phase.commands[0].exit_code) == (state, exit_code)


def test_failures_that_do_not_count_are_ignored() -> None:
    (phase, _), _ = progress(
        ["phase", "after_success"], ["run", "after_success", "x"], ["ran", "1"], ["phase", "after_script"]
    )
    assert phase.state == "ignored"


def test_deployments_are_told() -> None:
    _, deployments = progress(["deploy", "0", "npm", "skipped", "no tag"], ["deploy", "1", "script", "dry"])
    assert deployments == (DeploymentResult("npm", "skipped", "no tag"), DeploymentResult("script", "dry", ""))


def test_a_command_that_returns_early_ends_with_its_phase() -> None:
    seen: list[Now] = []
    made = Progress(lambda: 0.0, seen.append)
    for words in (["phase", "script"], ["run", "script", "return 1"], ["phase", "after_script"]):
        made.tell(words)
    phases, _ = made.end(0)
    assert phases[0].commands == (Command("return 1", None, 0.0),)
    assert seen == [Now("script", ""), Now("script", "return 1"), Now("after_script", "")]


def test_an_engine_tells_where_a_job_is() -> None:
    """It is shown, and is no phase of the job."""
    seen: list[Now] = []
    progress = Progress(lambda: 0.0, seen.append)
    rest: list[bytes] = []
    marks = Marks("x", rest.append, progress.tell)
    marks.feed(mark("x", "now", "pull", "python:3.9 1 of 2 layers") + mark("x", "now", "", ""))
    marks.flush()
    assert b"".join(rest) == b""
    assert seen == [Now("pull", "python:3.9 1 of 2 layers"), Now("", "")]
    assert progress.end(0) == ((), ())
    assert mark("", "now", "pull", "") == b""
