"""An option of a deployment that is chosen by the branch: the deploy tool of today takes one value."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File
from travistool.lint.wording import listing

_OPTIONS = (
    "app",
    "api_key",
    "bucket",
    "space",
    "organization",
    "app_id",
    "domain",
    "project",
    "run",
    "key_name",
    "env",
)


def check(file: File) -> Iterator[Finding]:
    for deploy in file.deployments:
        for key in _OPTIONS:
            child = deploy.element.get(key)
            if child is not None and child.kind == "map" and child.key_node is not None and child.children:
                names = listing(list(child.children)[:3], "and")
                message = (
                    f"'{key}' has a value for each branch ({names}), write one deployment per branch with 'on: branch'"
                )
                yield Finding(child.key_span(), message)


RULE = Rule(
    name="branch-map-options",
    severity=Severity.INFO,
    summary="an option of a deployment has a value for each branch",
    why="Only the first version of the deploy tool looks for the branch among the keys. A deployment for each branch says the "
    "same and works with both.",
    bad="deploy:\n  provider: heroku\n  app: # <- here\n    main: acme\n    develop: acme-staging\n",
    good="deploy:\n  provider: heroku\n  app: acme\n  on:\n    branch: main\n",
    check=check,
    trigger=("deploy",),
    profile="strict",
)
