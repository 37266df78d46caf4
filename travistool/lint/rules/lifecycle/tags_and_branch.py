"""`tags: true` turns the test of the branch off: people read both as "tags of that branch", and every tag is deployed."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.fixes import deletion
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File


def check(file: File) -> Iterator[Finding]:
    for deploy in file.deployments:
        on = deploy.element.get("on")
        tags, branch = (on.get(key) if on is not None else None for key in ("tags", "branch"))
        if branch is None or not branch.given() or tags is None or tags.value in (None, False):
            continue
        message = "'branch' is ignored beside 'tags', so every tag is deployed: delete 'branch'"
        yield Finding(branch.key_span(), message, deletion(file, branch, "delete 'branch'"))


RULE = Rule(
    name="tags-and-branch",
    severity=Severity.WARNING,
    summary="a deployment asks for tags and for a branch",
    why="With `tags` Travis skips the test of the branch, because a tag does not know its branch: every tag is "
    "deployed, and a push to the branch never is. Keep the one that is meant; to deploy for both, write two "
    "deployments.",
    bad="language: python\nscript: pytest\ndeploy:\n  provider: pypi\n  on:\n    tags: true\n    branch: main # <- here\n",
    good="language: python\nscript: pytest\ndeploy:\n  provider: pypi\n  on:\n    tags: true\n",
    check=check,
    trigger=(("deploy", "tags", "branch"), ("deploy", "tags", "on:")),
    fix="unsafe",
)
