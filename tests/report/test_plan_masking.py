"""What is hidden from people, and what is not."""

from typing import Any

import pytest

from travistool.report.masking import Mask

MASK = Mask(["known-secret", "abc"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a known-secret b", "a [secure] b", id="known"),
        pytest.param("abc", "[secure]", id="short, alone"),
        pytest.param("abcdef", "abcdef", id="short, inside"),
        pytest.param("curl https://me:pw@host/", "curl https://me:[secure]@host/", id="login in an address"),
        pytest.param("curl https://me:$PW@host/", "curl https://me:$PW@host/", id="variable in an address"),
        pytest.param("https://host/a@b", "https://host/a@b", id="no login"),
        pytest.param("ghp_" + "a" * 36, "[secure]", id="token"),
        pytest.param("AKIA" + "A" * 16, "[secure]", id="access key"),
        pytest.param("export MY_TOKEN=x1 && make", "export MY_TOKEN=[secure] && make", id="set in a command"),
        pytest.param('DB_PASSWORD="a b" make', "DB_PASSWORD=[secure] make", id="set in quotes"),
        pytest.param("MY_TOKEN=$OTHER", "MY_TOKEN=$OTHER", id="set to a variable"),
        pytest.param("PASSED=1 TOKENIZER=x BYPASS=1", "PASSED=1 TOKENIZER=x BYPASS=1", id="other names"),
    ],
)
def test_text(text: str, expected: str) -> None:
    assert MASK.text(text) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param({"secure": "x"}, "[secure]", id="encrypted"),
        pytest.param({"secure": "x", "other": "y"}, {"secure": "[secure]", "other": "y"}, id="beside other keys"),
        pytest.param([{"password": "x", "user": "y"}], [{"password": "[secure]", "user": "y"}], id="by name"),
        pytest.param({"password": {"secure": "x"}}, {"password": "[secure]"}, id="encrypted by name"),
        pytest.param({"password": ["abc", 1, None, True]}, {"password": ["[secure]", 1, None, True]}, id="lists"),
    ],
)
def test_value(value: Any, expected: Any) -> None:
    assert MASK.value(value) == expected


def test_empty_values_are_no_secrets() -> None:
    assert MASK.named("TOKEN", "") == ""
