"""What Travis calls a secret in plain text is in no report, wherever it stands."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report.samples import linted, report
from travistool.report.formats import FORMATS
from travistool.report.layout import Style

CONFIGS = {
    "a value": "deploy:\n  provider: npm\n  api_key: SECRET\n  skip_cleanup: true\n",
    "flow": "deploy: {provider: npm, api_key: SECRET, foo: 1}\n",
    "double quotes": 'deploy: {provider: npm, api_key: "SECRET\\"q", foo: 1}\n',
    "single quotes": "deploy: {provider: npm, api_key: 'SECRET''q', foo: 1}\n",
    "a literal block": "deploy:\n  provider: npm\n  api_key: |\n    SECRET\n    SECRET\n  foo: 1\n",
    "a folded block": "deploy:\n  provider: npm\n  api_key: >\n    SECRET\n    SECRET\n  foo: 1\n",
    "several lines": "deploy:\n  provider: npm\n  api_key: a\n    SECRET\n    SECRET\n  foo: 1\n",
    "merged": "_d: &d\n  api_key: SECRET\n  foo: 1\ndeploy:\n  - provider: npm\n    <<: *d\n",
    "a list": "deploy:\n  provider: npm\n  api_key: [SECRET]\n",
    "a misspelt key": "deploy:\n  provider: npm\n  api_kye: SECRET\n",
    "a misspelt provider": "deploy:\n  provider: npmm\n  api_key: SECRET\n",
    "a map of branches": "deploy:\n  provider: heroku\n  api_key:\n    master: SECRET\n",
    "a shorthand": "notifications:\n  slack: 'account:SECRET'\n",
    "several notifications": "notifications:\n  hipchat: SECRET@x\n  campfire: a:SECRET@x\n  flowdock: SECRET\n",
    "an addon": "addons:\n  sauce_connect:\n    username: u\n    access_key: SECRET\n  code_climate: SECRET\n",
    "a vault": "vault:\n  token: SECRET\n  api_endpoint: x\n",
    "beside a wrong value": "deploy:\n  provider: pypi\n  user: u\n  password: SECRET\n  on: SECRET\n",
    "in a job": "jobs:\n  include:\n    - deploy: {provider: npm, api_key: SECRET, nothing: 1}\n",
}
_SECRETS = st.from_regex(re.compile(r"[A-Za-z0-9_+/]{12,40}"), fullmatch=True).map(lambda text: f"x{text}")


@pytest.mark.parametrize("name", CONFIGS)
@settings(max_examples=3, deadline=None)
@given(secret=_SECRETS)
def test_no_report_shows_it(name: str, secret: str) -> None:
    text = CONFIGS[name].replace("SECRET", secret)
    for profile in ("default", "service"):
        findings = linted(text, profile=profile)
        assert "secure" in {diagnostic.rule for diagnostic in findings.diagnostics}
        for look in FORMATS:
            for width in (40, 400):
                assert secret not in report(look, findings, style=Style(width=width))
