"""Secrets in texts that cannot be parsed: nothing that a name gives away is shown, in any format."""

import pytest

from tests.report.samples import linted, report
from travistool.grammar.unparsed import unparsed_secrets
from travistool.report.formats import FORMATS

SECRET = "hT7kLq92zWmN4xRv"

TEXTS = [
    pytest.param(f"env:\n  - API_TOKEN: {SECRET}: x\n", id="colon in the value"),
    pytest.param(f"script: @API_TOKEN={SECRET}\n", id="setting"),
    pytest.param(f"env:\n  global:\n    - API_TOKEN = {SECRET}\n   - x\n", id="setting with spaces"),
    pytest.param(f"env: {{API_TOKEN: {SECRET}\n", id="open brace"),
    pytest.param(f"deploy:\n  api_key: '{SECRET}\n", id="open quote"),
    pytest.param(f"deploy:\n  api-key:{SECRET}\n  x: y\n", id="no space"),
    pytest.param(f"deploy:\n  secret_access_key: x\n  secret_access_key {SECRET}\n", id="no colon"),
    pytest.param(f"deploy:\n  api_token: |\n    {SECRET}\n   bad\n", id="block of text"),
    pytest.param(f"env:\n  - API_TOKEN:\n      {SECRET}\n   - x\n", id="value on the next line"),
    pytest.param(f"env:\n  API_TOKEN: &a {SECRET}\nscript: *b {SECRET}\n", id="anchor, and the value again"),
    pytest.param(f"deploy:\n  api_key:\n    secure: {SECRET}: x\n", id="not encrypted"),
    pytest.param(f"script: curl -u me:{SECRET} https://example.org: x\n", id="login of curl"),
    pytest.param(f"- API_TOKEN: {SECRET}\n", id="list for a config"),
]


@pytest.mark.parametrize("text", TEXTS)
def test_no_format_shows_it(text: str) -> None:
    findings = linted(text)
    assert findings.broken is not None
    assert [name for name in FORMATS if SECRET in report(name, findings)] == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"if: env(API_TOKEN) = {SECRET} x\n", id="condition"),
        pytest.param(f"if: env(API_TOKEN) == '{SECRET}\n", id="condition with an open quote"),
        pytest.param(f"API_TOKEN={SECRET}: 1\n", id="setting as a key"),
        pytest.param(f"API_TOKEN: {SECRET}\n", id="unknown key"),
        pytest.param(f"deploy:\n  provider: heroku\n  api_key:\n    secure: {SECRET}!\n", id="not encrypted"),
    ],
)
def test_no_format_shows_it_in_a_config(text: str) -> None:
    assert [name for name in FORMATS if SECRET in report(name, linted(text))] == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("script: pass it\n", id="command"),
        pytest.param("env: API_TOKEN=$TOKEN\n", id="variable"),
        pytest.param("API_TOKEN:\nscript: x\n", id="nothing"),
    ],
)
def test_other_text_is_shown(text: str) -> None:
    assert unparsed_secrets(text) == []
