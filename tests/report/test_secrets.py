"""What rules find as a secret is in no output of any format."""

import json

import pytest

from tests.report.samples import linted
from travistool.cli.fix import difference
from travistool.cli.lint import describe
from travistool.grammar.tokens import FORMS, is_example, tokens
from travistool.report.formats import FORMATS, output_format
from travistool.report.layout import Style, count
from travistool.source import Source

_HEX = "0123456789abcdef"
_LETTERS = "aB3dE5fG7hJ9kL2mN4pQ6rS8tU0vWxYzC1bD"
SECRETS = {
    "GitHub token": f"ghp_{_LETTERS}",
    "GitLab token": f"glpat-{_LETTERS[:20]}",
    "Slack token": f"xoxb-{_LETTERS}",
    "Slack webhook": f"https://hooks.slack.com/services/T0A1B2C3D/B4E5F6G7H/{_LETTERS[:24]}",
    "Discord webhook": f"https://discord.com/api/webhooks/123456789012345678/{_LETTERS}{_LETTERS}",
    "Microsoft Teams webhook": f"https://acme.webhook.office.com/webhookb2/{_LETTERS}{_LETTERS}",
    "Telegram bot token": f"123456789:AA{_LETTERS[:33]}",
    "npm token": f"npm_{_LETTERS}",
    "PyPI token": f"pypi-AgEIcHlwaS5vcmc{_LETTERS}{_LETTERS}",
    "RubyGems key": f"rubygems_{_HEX}{_HEX}{_HEX}",
    "Docker Hub token": f"dckr_pat_{_LETTERS[:27]}",
    "DigitalOcean token": f"dop_v1_{_HEX}{_HEX}{_HEX}{_HEX}",
    "Stripe key": f"sk_live_{_LETTERS}",
    "SendGrid key": f"SG.{_LETTERS[:22]}.{_LETTERS}{_LETTERS[:7]}",
    "Mailgun key": f"key-{_HEX}{_HEX}",
    "SonarQube token": f"sqp_{_HEX}{_HEX}01234567",
    "Vault token": f"hvs.{_LETTERS}",
    "Hugging Face token": "hf_aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH",
    "Atlassian token": f"ATATT3{_LETTERS}{_LETTERS}",
    "Shopify token": f"shpat_{_HEX}{_HEX}",
    "JSON web token": f"eyJ{_LETTERS}.eyJ{_LETTERS}.{_LETTERS}",
    "private key": f"-----BEGIN RSA PRIVATE KEY-----\n  {_LETTERS}{_LETTERS}\n  {_LETTERS}\n  -----END RSA PRIVATE KEY-----",
}


def test_every_form_has_a_sample_and_a_source() -> None:
    assert set(SECRETS) == {form.name for form in FORMS}
    assert all(form.source.startswith("https://") for form in FORMS)


@pytest.mark.parametrize("name", SECRETS)
def test_a_form_is_known_by_its_looks(name: str) -> None:
    secret = SECRETS[name]
    (found,) = tokens(f"a: {secret}\nb: 1\n")
    assert (found.form.name, found.start, found.end) == (name, 3, 3 + len(secret))
    assert not is_example(secret)


@pytest.mark.parametrize("text", ["ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "npm_EXAMPLEaB3dE5fG7hJ9kL2mN4pQ6rS8tU"])
def test_an_invented_token_is_none(text: str) -> None:
    assert is_example(text)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("name", SECRETS)
def test_no_format_shows_it(name: str, format_name: str) -> None:
    text = f"language: c\nenv:\n  - A: 1\nscript: |\n  {SECRETS[name]}\n"
    findings = linted(text, profile="pedantic")
    assert "known-token" in {one.rule for one in findings.diagnostics}
    chosen = output_format(format_name)
    shown = chosen.whole([chosen.file(findings, Style())], count(findings), Style(), describe)
    assert not _shows(shown, SECRETS[name])


@pytest.mark.parametrize(
    ("text", "secret", "rule"),
    [
        pytest.param(
            "env: API_TOKEN=f3a91c0be77d4d2c9e58b6a1d04f72ce\n", "f3a91c0b", "secret-looking-variable", id="row"
        ),
        pytest.param(
            "env:\n  - API_KEY: f3a91c0be77d4d2c9e58b6a1d04f72ce\n", "f3a91c0b", "secret-looking-variable", id="key"
        ),
        pytest.param(
            "env:\n - secure: f3a91c0be77d4d2c9e58b6a1d04f72ce\n", "f3a91c0b", "damaged-encrypted-value", id="secure"
        ),
        pytest.param("deploy:\n  access_key_id: AKIAQ3EGRMTW7XK2ZB4N\n", "AKIAQ3EG", "plain-key-id", id="key id"),
        pytest.param(
            "env: API_TOKEN=f3a91c0be77d4d2c9e58b6a1d04f72ce\nscript: make; make f3a91c0be77d4d2c9e58b6a1d04f72ce\n",
            "f3a91c0b",
            "semicolons",
            id="elsewhere without its name",
        ),
    ],
)
@pytest.mark.parametrize("format_name", FORMATS)
def test_no_format_shows_what_a_name_tells(text: str, secret: str, rule: str, format_name: str) -> None:
    findings = linted(f"language: c\n{text}", profile="pedantic")
    assert rule in {one.rule for one in findings.diagnostics}
    chosen = output_format(format_name)
    assert secret not in chosen.whole([chosen.file(findings, Style())], count(findings), Style(), describe)


@pytest.mark.parametrize("name", SECRETS)
def test_no_difference_shows_it(name: str) -> None:
    text = f"sudo: false\nscript: |\n  {SECRETS[name]}\n"
    shown = difference(Source("a.yml", text), Source("a.yml", text.removeprefix("sudo: false\n")), Style())
    assert "-sudo: false" in shown
    assert not _shows(shown, SECRETS[name])


def test_no_difference_shows_what_another_line_names() -> None:
    secret = "f3a91c0be77d4d2c9e58b6a1d04f72ce"
    text = f"sudo: false\nenv: API_TOKEN={secret}\nscript: make {secret}\n"
    shown = difference(Source("a.yml", text), Source("a.yml", text.removeprefix("sudo: false\n")), Style())
    assert "-sudo: false" in shown
    assert secret not in shown


def _shows(shown: str, secret: str) -> bool:
    bodies = [line.strip() for line in secret.splitlines() if "-----" not in line]
    return any(body[-12:] in shown or json.dumps(body)[1:-1] in shown for body in bodies)
