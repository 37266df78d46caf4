"""Rules that need the plan, and what tells them without one that they have nothing to say."""

import pytest

from tests.lint.rules import rules
from travistool.lint.subject import File
from travistool.pipeline import read
from travistool.source import Source

_RULES = {rule.name: rule for _, rule in rules()}
_RVM = "language: ruby\nrvm: [a, b]\njobs:\n  allow_failures: [{rvm: a}]\n"


def asked(name: str, text: str) -> tuple[int, bool]:
    """Return how many findings a rule has, and whether a plan was made for them."""
    file = File(read(Source("x", text)))
    found = list(_RULES[name].check(file))
    return len(found), "plan" in vars(file)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(_RVM, (0, False), id="a value that no rule names"),
        pytest.param(_RVM.replace("[a, b]", "[a]"), (1, True), id="no other value"),
        pytest.param(_RVM.replace("{rvm: a}", "{rvm: a}, {rvm: b}"), (1, True), id="each value is named"),
        pytest.param(_RVM.replace("{rvm: a}", "{rvm: a}, {os: linux}"), (1, True), id="another rule names them all"),
        pytest.param(_RVM + "  exclude: [{rvm: b}]\n", (1, True), id="the other one is excluded"),
        pytest.param(
            "language: go\nrvm: [a, b]\njobs:\n  include: [{language: ruby, rvm: a}]\n  allow_failures: [{rvm: a}]\n",
            (1, True),
            id="a list that multiplies nothing",
        ),
        pytest.param(
            "language: ruby\nrvm: a\njobs:\n  include: [{rvm: a}, {rvm: c}]\n  allow_failures: [{rvm: a}]\n",
            (0, False),
            id="an entry with another value",
        ),
        pytest.param(
            "language: ruby\njobs:\n  include: [{rvm: a, name: x}, {rvm: a}]\n  allow_failures: [{name: x}]\n",
            (0, False),
            id="an entry without one",
        ),
        pytest.param(
            "language: ruby\njobs:\n  include: [{rvm: a, stage: x}, {rvm: b}]\n  allow_failures: [{stage: x}]\n",
            (1, True),
            id="an entry with the stage of the one before",
        ),
        pytest.param(
            "language: ruby\njobs:\n  include: [{rvm: a}, {rvm: b, allow_failure: true}]\n  allow_failures: [{rvm: a}]\n",
            (1, True),
            id="an entry that tolerates itself",
        ),
    ],
)
def test_all_jobs_tolerated(text: str, expected: tuple[int, bool]) -> None:
    assert asked("all-jobs-tolerated", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("language: ruby\nrvm: [a, b]\njobs: {include: [{rvm: c}]}\n", (0, False), id="several jobs"),
        pytest.param("language: ruby\nrvm: a\njobs: {include: [{rvm: c}]}\n", (1, True), id="one"),
        pytest.param(
            "language: ruby\nrvm: a\npython: [a, b]\njobs: {include: [{rvm: c}]}\n", (1, True), id="another language's"
        ),
        pytest.param("language: ruby\nrvm: a\njobs: {include: []}\n", (0, False), id="no entries"),
    ],
)
def test_lone_job(text: str, expected: tuple[int, bool]) -> None:
    assert asked("lone-matrix-job-dropped", text) == expected
