"""Values for encrypted variables: by name, by position, by their text."""

import pytest

from tests.plan.plans import plan
from travistool.plan.model import Job
from travistool.simulate.given import Given, encrypted, resolve, sorted_out
from travistool.simulate.script.facts import Setting

LONG = "A" * 172 + "="
CONFIG = f"""
language: shell
env:
  global: [{{secure: {LONG}}}, {{secure: SECOND}}, NAMED: {{secure: THIRD}}, PLAIN=1]
"""


@pytest.fixture
def jobs() -> tuple[Job, ...]:
    return plan(CONFIG).jobs


def test_what_is_encrypted(jobs: tuple[Job, ...]) -> None:
    assert [(one.text, one.position, one.name) for one in encrypted(jobs)] == [
        (LONG, 1, ""),
        ("SECOND", 2, ""),
        ("THIRD", 3, "NAMED"),
    ]


@pytest.mark.parametrize(
    ("given", "secrets", "missing"),
    [
        pytest.param({}, {}, [1, 2, 3], id="nothing"),
        pytest.param({"2": "B=x y"}, {"SECOND": "B=x y"}, [1, 3], id="by position, as encrypted"),
        pytest.param({LONG: "A=1"}, {LONG: "A=1"}, [2, 3], id="by its text"),
        pytest.param({"NAMED": "x y"}, {"THIRD": "NAMED='x y'"}, [1, 2], id="by its name, quoted for the shell"),
        pytest.param(
            {"A": "1", "B": "2"}, {LONG: "A=1", "SECOND": "B=2"}, [3], id="other names, for those without one"
        ),
    ],
)
def test_resolving(jobs: tuple[Job, ...], given: dict[str, str], secrets: dict[str, str], missing: list[int]) -> None:
    found = resolve(encrypted(jobs), sorted_out(given.items()))
    assert (dict(found.secrets), [one.position for one in found.missing]) == (secrets, missing)


def test_names_that_are_left_are_settings() -> None:
    found = resolve(encrypted(plan("language: shell\nscript: x").jobs), Given({"TOKEN": "a b"}))
    assert found.settings == (Setting("TOKEN", "'a b'"),)
