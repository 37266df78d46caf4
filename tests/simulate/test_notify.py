"""Which notifications Travis would send."""

from typing import Any

import pytest

from travistool.simulate.notify import notifications
from travistool.simulate.result import JobState


@pytest.mark.parametrize(
    ("config", "state", "previous", "kinds"),
    [
        pytest.param(None, "failed", "passed", ["email"], id="mail when broken"),
        pytest.param(None, "passed", "failed", ["email"], id="mail when fixed"),
        pytest.param(None, "passed", "passed", [], id="no mail when it stays green"),
        pytest.param(False, "failed", "passed", [], id="none wanted"),
        pytest.param({"email": False}, "failed", "passed", [], id="no mail wanted"),
        pytest.param({"email": {"on_success": "always"}}, "passed", "passed", ["email"], id="always"),
        pytest.param({"email": {"on_failure": "change"}}, "failed", "errored", [], id="only changes"),
        pytest.param({"slack": {"rooms": ["a:b"]}}, "passed", "passed", ["slack"], id="others always"),
        pytest.param({"webhooks": [{"urls": ["u"], "on_success": "never"}]}, "passed", "failed", ["email"], id="never"),
    ],
)
def test_notifications(config: Any, state: JobState, previous: JobState, kinds: list[str]) -> None:
    assert [one.kind for one in notifications(config, state, previous)] == kinds


@pytest.mark.parametrize(
    ("email", "state", "because"),
    [
        ({}, "failed", "the build is broken"),
        ({"on_failure": "always"}, "failed", "the build is broken (on_failure: always)"),
        ({"on_success": True}, "passed", "the build has passed (on_success: true)"),
    ],
)
def test_why(email: Any, state: JobState, because: str) -> None:
    assert [one.because for one in notifications({"email": email}, state)] == [because]
