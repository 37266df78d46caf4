from typing import Any

import pytest

from tests.plan.plans import plan, skipped


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("script: a", None, id="none"),
        pytest.param("notifications: {email: false}", {"email": [{"enabled": False}]}, id="switched off"),
        pytest.param(
            "notifications: {slack: [{rooms: x, if: branch = x}, {rooms: y}]}",
            {"slack": [{"rooms": ["y"]}]},
            id="one of two",
        ),
        pytest.param("notifications: {slack: [{rooms: x, if: branch = x}]}", {"slack": []}, id="the only one"),
        pytest.param("notifications: {email: {if: branch = x}}", {"email": []}, id="one map, normalized to a list"),
        pytest.param("notifications: {if: false, email: true}", None, id="all, by a key that nobody documents"),
    ],
)
def test_notifications(text: str, expected: Any) -> None:
    found = plan(text)
    assert found.notifications == expected
    assert found.config.get("notifications") == expected


def test_nothing_left() -> None:
    assert plan("notifications: {foo: {if: branch = x}}").notifications is None


def test_skipped() -> None:
    found = plan("notifications:\n  slack:\n  - rooms: x\n  - rooms: y\n    if: branch = x")
    assert skipped(found) == [("notification", "slack 2", "its condition does not hold", "branch = x")]
    # The official number is always 1.
    assert [(one.key, one.args) for one in found.messages] == [
        ("notifications.slack", {"type": "slack", "number": 1, "condition": "branch = x"})
    ]
