from typing import Any

import pytest

from tests.plan.plans import normal, plan
from travistool.plan.decide import decide
from travistool.plan.model import Event


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        pytest.param(None, (True, None, "", False), id="none"),
        pytest.param(["a"], (True, None, "", False), id="a list is none"),
        pytest.param("branch = master", (True, "branch = master", "", False), id="holds"),
        pytest.param(False, (False, "false", "", False), id="a boolean is a text"),
        pytest.param(
            "branch =", (False, "branch =", "an attribute or a value is missing at the end", False), id="cannot be read"
        ),
        pytest.param(
            r"branch =~ /\g<a>(?<a>b)/",
            (
                True,
                r"branch =~ /\g<a>(?<a>b)/",
                r"the pattern '\\g<a>(?<a>b)' uses '\\g', which cannot be evaluated here",
                True,
            ),
            id="only Ruby can tell: taken as holding, and said so",
        ),
    ],
)
def test_decide(condition: Any, expected: Any) -> None:
    found = decide(condition, None, {}, {"branch": "master"})
    assert (found.holds, found.condition, found.problem, found.unknown) == expected


def test_the_place_is_that_of_the_condition() -> None:
    place = normal("if: branch = x").root.get("if")
    found = decide("branch = x", place, {}, {})
    assert found.span is not None
    assert found.span.text == "branch = x"


@pytest.mark.parametrize(
    ("event", "data"),
    [
        pytest.param(Event(branch=None, fork=None), {"type": "push"}, id="nothing known"),
        pytest.param(
            Event(tag="v1", branch="v1", repo="a/b", sender="dev"),
            {"type": "push", "branch": "v1", "tag": "v1", "repo": "a/b", "sender": "dev", "fork": False},
            id="tag",
        ),
        pytest.param(
            Event(settings={"A": "1"}, extra={"branch": "x", "os": "osx"}),
            {"type": "push", "branch": "x", "fork": False, "env": [{"A": "1"}], "os": "osx"},
            id="extra attributes win",
        ),
    ],
)
def test_the_attributes_of_an_event(event: Event, data: dict[str, Any]) -> None:
    assert event.data() == data


def test_variables_of_the_settings_and_of_the_job() -> None:
    text = "{env: {global: [A=1], jobs: [B=2]}, jobs: {include: [{if: env(A) = 1 AND env(B) = 2 AND env(C) = 3}]}}"
    assert len(plan(text, settings={"C": "3"}).jobs) == 1
    assert len(plan(text).jobs) == 0
