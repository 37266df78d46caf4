"""Forms of tokens and keys that tell by their looks what they open, one row each."""

import re
from collections.abc import Iterator
from math import log2
from typing import NamedTuple


class Form(NamedTuple):
    """One kind of secret. `words` are texts of which each such secret has one; `source` says what it looks like."""

    name: str
    words: tuple[str, ...]
    pattern: str
    source: str


_KEY_BLOCK = (
    r"-----BEGIN (?P<kind>(?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?)-----(?:(?!-----BEGIN)[^$]){0,200}?[A-Za-z0-9+/]{40}"
    r"(?:(?:(?!-----)[^$])*-----END (?P=kind)-----|[A-Za-z0-9+/=]*)"
)

FORMS: tuple[Form, ...] = (
    Form(
        "GitHub token",
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
        r"\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}",
        "https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/",
    ),
    Form(
        "GitLab token",
        ("glpat-", "gldt-", "glrt-", "glptt-"),
        r"\bgl(?:pat|dt|rt|ptt)-[\w-]{16,}",
        "https://docs.gitlab.com/security/tokens/#token-prefixes",
    ),
    Form("Slack token", ("xox",), r"\bxox[abeoprs]-[\w-]{10,}", "https://docs.slack.dev/authentication/tokens"),
    Form(
        "Slack webhook",
        ("hooks.slack.com/",),
        r"\bhttps://hooks\.slack\.com/(?:services|workflows)/\w+/\w+/[\w/]{16,}",
        "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks",
    ),
    Form(
        "Discord webhook",
        ("/api/webhooks/",),
        r"\bhttps://(?:\w+\.)?discord(?:app)?\.com/api/webhooks/\d{17,20}/[\w-]{60,}",
        "https://discord.com/developers/docs/resources/webhook",
    ),
    Form(
        "Microsoft Teams webhook",
        ("webhook.office.com/", "outlook.office.com/webhook/"),
        r"\bhttps://(?:[\w-]+\.webhook\.office\.com/webhookb2|outlook\.office\.com/webhook)/[\w@/-]{60,}",
        "https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook",
    ),
    Form(
        "Telegram bot token",
        (":AA",),
        r"(?<![\w-])\d{8,10}:AA[\w-]{33}(?![\w-])",
        "https://core.telegram.org/bots/features#botfather",
    ),
    Form("npm token", ("npm_",), r"\bnpm_[A-Za-z0-9]{30,}", "https://docs.npmjs.com/about-access-tokens"),
    Form("PyPI token", ("pypi-",), r"\bpypi-[\w-]{40,}", "https://pypi.org/help/#apitoken"),
    Form(
        "RubyGems key",
        ("rubygems_",),
        r"\brubygems_[0-9a-f]{48}\b",
        "https://guides.rubygems.org/api-key-scopes/",
    ),
    Form(
        "Docker Hub token",
        ("dckr_pat_", "dckr_oat_"),
        r"\bdckr_[po]at_[\w-]{27,}",
        "https://docs.docker.com/security/access-tokens/",
    ),
    Form(
        "DigitalOcean token",
        ("_v1_",),
        r"\bdo[opr]_v1_[0-9a-f]{64}\b",
        "https://docs.digitalocean.com/reference/api/create-personal-access-token/",
    ),
    Form("Stripe key", ("k_live_",), r"\b[rs]k_live_\w{16,}", "https://docs.stripe.com/keys"),
    Form(
        "SendGrid key",
        ("SG.",),
        r"\bSG\.[\w-]{16,}\.[\w-]{16,}",
        "https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys",
    ),
    Form(
        "Mailgun key",
        ("key-",),
        r"(?<![\w-])key-[0-9a-f]{32}(?![\w-])",
        "https://documentation.mailgun.com/docs/mailgun/user-manual/api-key-mgmt",
    ),
    Form(
        "SonarQube token",
        ("sqa_", "sqp_", "squ_"),
        r"\bsq[apu]_[0-9a-f]{40}\b",
        "https://docs.sonarsource.com/sonarqube-server/user-guide/managing-tokens/",
    ),
    Form("Vault token", ("hvs.", "hvb."), r"\bhv[bs]\.[\w-]{24,}", "https://developer.hashicorp.com/vault/docs/concepts/tokens"),
    Form(
        "Hugging Face token",
        ("hf_",),
        r"\bhf_[A-Za-z]{34}\b",
        "https://huggingface.co/docs/hub/security-tokens",
    ),
    Form(
        "Atlassian token",
        ("ATATT3", "ATCTT3"),
        r"\bAT[AC]TT3[\w=-]{60,}",
        "https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/",
    ),
    Form("Shopify token", ("shpat_", "shppa_", "shpss_"), r"\bshp(?:at|pa|ss)_[0-9a-f]{32}\b", "https://shopify.dev/docs/apps/build/authentication-authorization"),
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
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids",
)
"""Names an account and opens nothing without the secret beside it; hidden all the same."""

_FEW_BITS = 2.5
"""An invented token (`xxxx`, `12341234`) has fewer bits a character."""


class Token(NamedTuple):
    """A secret in a text, from `start` to `end` (0-based)."""

    start: int
    end: int
    form: Form


def tokens(text: str, forms: tuple[Form, ...] = FORMS) -> Iterator[Token]:
    """Yield what has the form of a secret in a text."""
    for form in forms:
        for word in form.words:
            # A loop, no `any`: each message and each text comes here, and nearly none has such a word.
            if word in text:
                for found in re.finditer(form.pattern, text):
                    yield Token(*found.span(), form)
                break


def is_example(text: str) -> bool:
    """Tell whether a token is made up: it says so, or holds less chance than a real one."""
    tail = text if " " in text else re.split(r"[_/.:-]", text)[-1] or text
    return "EXAMPLE" in text.upper() or re.search(r"(.)\1{7}", text) is not None or bits(tail) < _FEW_BITS


def bits(text: str) -> float:
    """Return the bits a character that a text holds by how often each character stands in it."""
    counts = [text.count(char) for char in set(text)]
    return -sum(count / len(text) * log2(count / len(text)) for count in counts)
