"""A deployment to a service that is closed: it fails, after everything else went well."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.catalog.retired import PROVIDERS, retired
from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, place


def check(file: File) -> Iterator[Finding]:
    for deploy in file.deployments:
        row = retired(PROVIDERS, deploy.provider, file.as_of)
        provider = deploy.element.get("provider")
        if row is not None and provider is not None and provider.node is not None:
            other = f", move to '{row.successor}' or another" if row.successor else ", take the deployment out"
            yield Finding(place(provider), f"the service '{row.name}' was closed on {row.since}{other}")


RULE = Rule(
    name="provider-gone",
    severity=Severity.ERROR,
    summary="a deployment goes to a service that is closed",
    why="The upload ends in an error, and the job with it, although all tests passed.",
    bad="language: java\ndeploy:\n  provider: bintray # <- here\n  user: acme\n  key: $KEY\n  file: app.json\n",
    good="language: java\ndeploy:\n  provider: releases\n  file: app.jar\n",
    check=check,
    trigger=tuple(row.name for row in PROVIDERS),
)
