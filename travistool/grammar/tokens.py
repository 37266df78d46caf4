"""Forms of tokens and keys that tell by their looks what they open, one row each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import log2

from travistool.record import Record


class Form(Record):
    """One kind of secret. `words` are texts of which each such secret has one; `source` says what it looks like."""

    name: str
    words: tuple[str, ...]
    pattern: str
    source: str


_LEAKS = "https://github.com/gitleaks/gitleaks/blob/b58d3f10/config/gitleaks.toml"
_HOG = "https://github.com/trufflesecurity/trufflehog/blob"

_KEY_BLOCK = (
    r"-----BEGIN (?P<kind>(?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?)-----(?:(?!-----BEGIN)[^$]){0,200}?[A-Za-z0-9+/]{40}"
    r"(?:(?:(?!-----)[^$])*-----END (?P=kind)-----|[A-Za-z0-9+/=]*)"
)

FORMS: tuple[Form, ...] = (
    Form(
        "GitHub token",
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
        r"\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}",
        f"{_LEAKS}: github-pat, -oauth, -app-token, -refresh-token, -fine-grained-pat",
    ),
    Form(
        "GitLab token",
        ("glpat-", "gldt-", "glrt-", "glptt-"),
        r"\bgl(?:pat|dt|rt|ptt)-[\w-]{16,}(?:\.[0-9a-z]{9}\b)?",
        f"{_LEAKS}: gitlab-pat, -pat-routable, -deploy-token, -runner-authentication-token, -ptt",
    ),
    Form(
        "Slack token",
        ("xox", "xapp-"),
        r"\b(?:xox[abeoprs]|xapp-\d)-[\w-]{10,}",
        f"{_LEAKS}: slack-bot-token, -user-token, -app-token, -config-refresh-token, -legacy-token",
    ),
    Form(
        "Slack webhook",
        ("hooks.slack.com/",),
        r"\bhttps://hooks\.slack\.com/(?:services|workflows|triggers)/\w+/\w+/[\w/]{16,}",
        f"{_LEAKS}: slack-webhook-url",
    ),
    Form(
        "Discord webhook",
        ("/api/webhooks/",),
        r"\bhttps://(?:\w+\.)?discord(?:app)?\.com/api/webhooks/\d{17,20}/[\w-]{60,}",
        f"{_HOG}/11b80dbd/pkg/detectors/discordwebhook/discordwebhook.go",
    ),
    Form(
        "Microsoft Teams webhook",
        ("webhook.office.com/", "outlook.office.com/webhook/"),
        r"\bhttps://(?:[\w-]+\.webhook\.office\.com/webhookb2|outlook\.office\.com/webhook)/[\w@/-]{60,}",
        f"{_LEAKS}: microsoft-teams-webhook; the older host is not verified at its maker",
    ),
    Form(
        "Telegram bot token",
        (":AA",),
        r"(?<![\w-])\d{8,10}:AA[\w-]{33}(?![\w-])",
        f"{_LEAKS}: telegram-bot-api-token",
    ),
    Form("npm token", ("npm_",), r"\bnpm_[A-Za-z0-9]{30,}", f"{_LEAKS}: npm-access-token"),
    Form("PyPI token", ("pypi-AgE",), r"\bpypi-AgE[\w-]{40,}", f"{_LEAKS}: pypi-upload-token"),
    Form(
        "RubyGems key",
        ("rubygems_",),
        r"\brubygems_[0-9a-f]{48}\b",
        f"{_LEAKS}: rubygems-api-token",
    ),
    Form(
        "Docker Hub token",
        ("dckr_pat_", "dckr_oat_"),
        r"\bdckr_[po]at_[\w-]{27,}",
        f"{_HOG}/07c34e18/pkg/detectors/dockerhub/v2/dockerhub.go",
    ),
    Form(
        "DigitalOcean token",
        ("_v1_",),
        r"\bdo[opr]_v1_[0-9a-f]{64}\b",
        f"{_LEAKS}: digitalocean-pat, -access-token, -refresh-token",
    ),
    Form("Stripe key", ("k_live_",), r"\b[rs]k_live_\w{16,}", f"{_LEAKS}: stripe-access-token"),
    Form(
        "SendGrid key",
        ("SG.",),
        r"\bSG\.[\w-]{16,}\.[\w-]{16,}",
        f"{_LEAKS}: sendgrid-api-token",
    ),
    Form(
        "Mailgun key",
        ("key-",),
        r"(?<![\w-])key-[0-9a-f]{32}(?![\w-])",
        f"{_LEAKS}: mailgun-private-api-token",
    ),
    Form(
        "SonarQube token",
        ("sqa_", "sqp_", "squ_"),
        r"\bsq[apu]_[0-9a-f]{40}\b",
        f"{_LEAKS}: sonar-api-token",
    ),
    Form("Vault token", ("hvs.", "hvb."), r"\bhv[bs]\.[\w-]{24,}", f"{_LEAKS}: vault-service-token, vault-batch-token"),
    Form(
        "Hugging Face token",
        ("hf_",),
        r"\bhf_[A-Za-z]{34}\b",
        f"{_LEAKS}: huggingface-access-token",
    ),
    Form(
        "Atlassian token",
        ("ATATT3", "ATCTT3"),
        r"\bAT[AC]TT3[\w=-]{60,}",
        f"{_LEAKS}: atlassian-api-token; repository tokens (ATCTT3) as seen in public code",
    ),
    Form(
        "Shopify token",
        ("shpat_", "shpca_", "shppa_", "shpss_"),
        r"\bshp(?:at|ca|pa|ss)_[0-9a-f]{32}\b",
        f"{_LEAKS}: shopify-access-token, -custom-access-token, -private-app-access-token, -shared-secret",
    ),
    Form(
        "JSON web token",
        (".eyJ",),
        r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}",
        "https://www.rfc-editor.org/rfc/rfc7519",
    ),
    Form("private key", ("PRIVATE KEY",), _KEY_BLOCK, "https://www.rfc-editor.org/rfc/rfc7468"),
)  # fmt: skip
"""Secrets that let in whoever reads them."""

KEY_ID = Form(
    "AWS key id",
    ("AKIA", "ASIA"),
    r"(?<![A-Za-z0-9/+])A[KS]IA[0-9A-Z]{16}(?![A-Za-z0-9/+=])",
    f"{_LEAKS}: aws-access-token",
)
"""Names an account and opens nothing without the secret beside it; hidden all the same."""

_FEW_BITS = 2.5
"""An invented token (`xxxx`, `12341234`) has fewer bits a character."""


class Token(Record):
    """A secret in a text, from `start` to `end` (0-based)."""

    start: int
    end: int
    form: Form


def _by_sign() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the words of all forms by the first sign in each, that is no letter or digit; those without one by themselves."""
    found: dict[str, list[str]] = {}
    for word in [word for form in (*FORMS, KEY_ID) for word in form.words]:
        found.setdefault(next((char for char in word if not char.isalnum()), word), []).append(word)
    return tuple([(sign, tuple(words)) for sign, words in found.items()])


_SIGNS = _by_sign()


def tokens(text: str, forms: tuple[Form, ...] = FORMS) -> Iterator[Token]:
    """Yield what has the form of a secret in a text, of some or all of the forms that there are."""
    if not _may_hold(text):
        return
    for form in forms:
        if any(word in text for word in form.words):
            for found in re.finditer(form.pattern, text):
                yield Token(*found.span(), form)


def _may_hold(text: str) -> bool:
    """Tell whether a text has a word of any form. Loops, no `any`: each message comes here, and nearly none has one."""
    for sign, words in _SIGNS:
        if sign in text:
            for word in words:
                if word in text:
                    return True
    return False


def is_example(text: str) -> bool:
    """Tell whether a token is made up: it says so, or holds less chance than a real one."""
    tail = text if " " in text else re.split(r"[_/.:-]", text)[-1] or text
    return "EXAMPLE" in text.upper() or re.search(r"(.)\1{7}", text) is not None or bits(tail) < _FEW_BITS


def bits(text: str) -> float:
    """Return the bits a character that a text holds by how often each character stands in it."""
    counts = [text.count(char) for char in set(text)]
    return -sum(count / len(text) * log2(count / len(text)) for count in counts)
