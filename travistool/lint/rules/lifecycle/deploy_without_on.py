"""A deployment without conditions: it happens on the branch `master` only, and in every copy of the repository."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File
from travistool.lint.wording import quoted

_BY_BRANCH = ("app", "app_id", "app-id", "bucket", "run", "space", "organization", "domain", "env", "project")


def check(file: File) -> Iterator[Finding]:
    for deploy in file.deployments:
        on = deploy.element.get("on") or deploy.element.get("if") or deploy.element.get("true")
        if deploy.provider in ("", "skip") or (on is not None and on.given()) or deploy.owner.get("if") is not None:
            continue
        if any(child.kind == "map" for key, child in deploy.element.children.items() if key in _BY_BRANCH):
            continue  # a value for each branch names them as well
        message = f"{quoted(deploy.provider)} deploys each push to 'master' and nothing else, say when under 'on'"
        yield Finding(deploy.element.children["provider"].span(), message)


RULE = Rule(
    name="deploy-without-on",
    severity=Severity.INFO,
    summary="a deployment does not say when it happens",
    why="Without `on` Travis deploys pushes to the branch `master`, whatever the default branch is: where it is `main`, "
    "nothing is ever deployed. Name the branch, and the repository if copies of it build, too.",
    bad="language: python\nscript: pytest\ndeploy:\n  provider: pypi # <- here\n",
    good="language: python\nscript: pytest\ndeploy:\n  provider: pypi\n  on:\n    branch: main\n    repo: acme/app\n",
    check=check,
    trigger=("deploy",),
    profile="strict",
)
