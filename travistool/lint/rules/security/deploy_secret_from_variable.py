"""A secret that a deployment takes from a variable is as safe as the variable: the settings can show it in the log."""

from __future__ import annotations

from collections.abc import Iterator
from re import fullmatch

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, place
from travistool.lint.wording import quoted

_SECRETS = r"(?:api_|access_|auth_|github_|oauth_|npm_)?(?:token|key)|secret_access_key|password|passphrase|secret_key|api_secret"


def check(file: File) -> Iterator[Finding]:
    for deploy in file.deployments:
        for key, child in deploy.element.children.items():
            if fullmatch(_SECRETS, key) and isinstance(child.value, str) and fullmatch(r"\$\{?\w+\}?", child.value):
                message = f"{quoted(child.value)} stays secret only if 'Display value in build log' is off for it in the settings"
                yield Finding(place(child), message)


RULE = Rule(
    name="deploy-secret-from-variable",
    severity=Severity.INFO,
    summary="a deployment takes a secret from a variable of the settings",
    why="That is a good way, as long as the variable is set for the right branches and its value is not displayed in the log. "
    "Neither can be seen from here.",
    bad="deploy:\n  provider: npm\n  email: me@acme.org\n  api_token: $NPM_TOKEN # <- here\n",
    good="deploy:\n  provider: script\n  script: ./publish\n",
    check=check,
    trigger=(("deploy", "$"),),
    profile="pedantic",
)
