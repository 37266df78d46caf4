"""Processes that work side by side: all answers come, whatever happens to one of them."""

import os
import signal
import time
from collections.abc import Iterator

import pytest

from travistool.cli.workers import in_workers

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="what is sent to a process is defined here")


def upper(item: str) -> bytes:
    return item.upper().encode()


def troubled(item: str) -> bytes:
    match item:
        case "exit":
            os._exit(7)
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "hang":
            time.sleep(60)
        case "pid":
            return str(os.getpid()).encode()
    return upper(item)


@pytest.mark.parametrize("number", [1, 2, 5])
def test_every_item_once(number: int) -> None:
    items = [f"item {one}" for one in range(50)]
    assert dict(in_workers(number, items, upper)) == {item: item.upper().encode() for item in items}


def test_nothing_to_do() -> None:
    assert list(in_workers(2, [], upper)) == []


def test_items_are_taken_as_they_are_needed() -> None:
    taken = []

    def items() -> Iterator[str]:
        for number in range(1000):
            taken.append(number)
            yield str(number)

    answers = in_workers(2, items(), upper)
    next(answers)
    assert len(taken) <= 2 * 8 + 2
    answers.close()


@pytest.mark.parametrize(
    ("item", "why"),
    [
        ("exit", "the process ended with 7"),
        ("kill", "the process was ended by signal 9"),
        pytest.param("hang", "took longer than 3 seconds", marks=pytest.mark.processes),
    ],
)
@pytest.mark.parametrize("number", [1, 2])
def test_one_that_dies_costs_its_item_only(item: str, why: str, number: int) -> None:
    items = ["a", "b", item, "c", *(f"d{one}" for one in range(20))]
    found = dict(in_workers(number, items, troubled, seconds=3.0))
    assert found.pop(item) == why
    assert found == {one: one.upper().encode() for one in items if one != item}


def test_no_process_is_left() -> None:
    answers = in_workers(2, ["pid"] * 4, troubled)
    pids = {int(answer) for _, answer in [next(answers), next(answers)]}
    answers.close()
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
