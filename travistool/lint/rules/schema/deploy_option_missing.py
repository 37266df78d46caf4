"""An option that the provider cannot do without is not given: unless the repository's settings have it, deploying fails."""

from __future__ import annotations

from travistool.catalog.required import REQUIRED
from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import place
from travistool.lint.wording import listing, quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.catalog.required import Required
    from travistool.lint.subject import File


def check(file: File) -> Iterator[Finding]:
    for deploy in file.deployments:
        row = REQUIRED.get(deploy.provider)
        provider = deploy.element.get("provider")
        if row is None or provider is None:
            continue
        missing = [name for name in row.options if deploy.element.get(name) is None and not _in_env(name, row, file)]
        if missing:
            names = [f"{row.prefixes[0]}{name.upper()}" for name in missing[:1] if row.prefixes]
            otherwise = f", unless the settings have variables such as {quoted(names[0])}" if names else ""
            message = f"{quoted(deploy.provider)} needs {listing(missing, 'and')}{otherwise}"
            yield Finding(place(provider), message)


def _in_env(name: str, row: Required, file: File) -> bool:
    names = (name, *(other for option, other in row.aliases if option == name))
    return any(f"{prefix}{one.upper()}" in file.text for prefix in row.prefixes for one in names)


RULE = Rule(
    name="deploy-option-missing",
    severity=Severity.INFO,
    summary="a deployment lacks an option that it needs",
    why="The tool that deploys stops without it. Options may also come from variables of the repository's settings, which "
    "cannot be seen here: then all is well.",
    bad="language: c\ndeploy:\n  provider: s3 # <- here\n  access_key_id: a\n  on: main\n",
    good="language: c\ndeploy:\n  provider: s3\n  access_key_id: a\n  secret_access_key: $S3_SECRET_ACCESS_KEY\n"
    "  bucket: app\n  on: main\n",
    check=check,
    trigger=tuple(("deploy", name) for name in REQUIRED),
    profile="strict",
)
