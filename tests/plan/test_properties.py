"""What holds for every config."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from tests.plan.plans import normal
from travistool.plan.axes import axes
from travistool.plan.equality import equal
from travistool.plan.expand import expand
from travistool.plan.model import Event
from travistool.plan.planning import Planning
from travistool.plan.starts import starts

_WORDS = st.sampled_from(
    ["linux", "osx", "3.8", "python", "ruby", "a", "A=1", "A=2 B=1", "master", "test", "", "x\ny", "ä"]
)
_CONDITIONS = st.sampled_from(["branch = master", "tag IS present", "env(A) = 1", "os = osx", "= bad", "true", "false"])
_SCALARS = st.one_of(_WORDS, st.booleans(), st.none(), st.integers(0, 2))
_LISTS = st.lists(_SCALARS, max_size=3)
_ENV = st.one_of(_WORDS, _LISTS, st.fixed_dictionaries({}, optional={"global": _LISTS, "jobs": _LISTS, "A": _SCALARS}))
_RULES = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("os", "python", "language", "stage", "name"), _SCALARS),
        "env": _ENV,
        "if": _CONDITIONS,
        "allow_failure": st.booleans(),
        "script": _LISTS,
    },
)
_CONFIGS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("os", "python", "rvm", "language", "script"), st.one_of(_SCALARS, _LISTS)),
        "env": _ENV,
        "if": _CONDITIONS,
        "branches": st.one_of(_WORDS, st.fixed_dictionaries({}, optional={"only": _LISTS, "except": _LISTS})),
        "stages": st.lists(
            st.one_of(_SCALARS, st.fixed_dictionaries({"name": _SCALARS, "if": _CONDITIONS})), max_size=3
        ),
        "notifications": st.fixed_dictionaries({}, optional={"email": st.fixed_dictionaries({"if": _CONDITIONS})}),
        "jobs": st.fixed_dictionaries(
            {}, optional=dict.fromkeys(("include", "exclude", "allow_failures"), st.lists(_RULES, max_size=4))
        ),
    },
)
_EVENTS = st.sampled_from(
    [
        Event(),
        Event(type="cron", branch=None),
        Event(tag="v1", branch="v1"),
        Event(settings={"A": "1"}, commit_message="[skip ci]"),
    ]
)


@pytest.mark.heavy
@examples(80)
@given(_CONFIGS, _EVENTS)
def test_plans(config: dict[str, Any], event: Event) -> None:
    given_config = normal(json.dumps(config))
    before = json.dumps(given_config.config())
    plan = expand(given_config, event)
    starts(given_config, event)

    assert json.dumps(given_config.config()) == before, "a plan changes no config"
    again = expand(given_config, event)
    assert (again.jobs, again.messages, again.skipped) == (plan.jobs, plan.messages, plan.skipped)

    assert [job.number for job in plan.jobs] == [f"1.{number}" for number in range(1, len(plan.jobs) + 1)]
    assert not any(equal(one.config, other.config) for one in plan.jobs for other in plan.jobs if one is not other)
    assert not plan.stages or [job for stage in plan.stages for job in stage.jobs] == list(plan.jobs)
    assert all(stage.jobs for stage in plan.stages)
    for job in plan.jobs:
        env = job.config.get("env")
        assert job.config.keys() <= job.origins.keys()
        assert len(job.env_origins) == (len(env) if isinstance(env, list) else 0)
        assert all(one.kind == "default" or one.span for one in (*job.origins.values(), *job.env_origins))
        assert job.condition.holds
    for message in (*plan.matrix_messages, *plan.messages):
        assert message.span.start < message.span.end
    for skipped in plan.skipped:
        assert skipped.reason


@pytest.mark.heavy
@examples(50)
@given(_CONFIGS)
def test_every_job_is_of_the_matrix_an_entry_or_the_default(config: dict[str, Any]) -> None:
    given_config = normal(json.dumps(config))
    plan = expand(given_config, Event())
    planning = Planning(given_config.root, None)
    product = 1
    for key in axes(planning):
        value = planning.config[key]
        if key == "env" and isinstance(value, dict):
            value = value.get("jobs", [])
        product *= max(1, len(value)) if isinstance(value, list) else 1
    jobs = config.get("jobs") or {}
    assert len(plan.matrix) <= product + len(jobs.get("include", []))
    gone = [one for one in plan.skipped if one.kind == "job"]
    assert len(plan.jobs) + len(gone) <= product + len(jobs.get("include", []))
