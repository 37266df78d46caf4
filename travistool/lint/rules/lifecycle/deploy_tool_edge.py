"""`edge` installs the deploy tool from its sources of the day, or from somebody's copy, with your secrets at hand."""

from __future__ import annotations

from collections.abc import Iterator
from re import fullmatch

from travistool.diagnostics import Severity
from travistool.lint.fixes import deletion
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File


def check(file: File) -> Iterator[Finding]:
    for deploy in file.deployments:
        edge = deploy.element.get("edge")
        if edge is not None and edge.value not in (None, False):
            source, branch = edge.get("source"), edge.get("branch")
            if source is None and branch is not None and fullmatch(r"v?\d+(?:\.\d+)+", str(branch.value)):
                continue  # the tag of a release
            where = f" from '{source.value}'" if source is not None and source.kind == "str" else ""
            message = f"'edge' installs an unreleased deploy tool{where}, remove it once a release has what you need"
            yield Finding(edge.key_span(), message, deletion(file, edge, "delete 'edge'"))


RULE = Rule(
    name="deploy-tool-edge",
    severity=Severity.INFO,
    summary="an unreleased deploy tool is used",
    why="Each build installs what the branch holds at that hour: deployments break or change without a change of yours, and "
    "the code of a copy sees your credentials. dpl 2, which `edge` was once needed for, has long been released.",
    bad="language: python\nscript: pytest\ndeploy:\n  provider: pypi\n  edge: true # <- here\n",
    good="language: python\nscript: pytest\ndeploy:\n  provider: pypi\n",
    check=check,
    trigger=(("deploy", "edge"),),
    profile="strict",
    fix="unsafe",
)
