"""A config from another repository that names no commit: its owners decide what runs here, with your secrets."""

from __future__ import annotations

from collections.abc import Iterator
from re import fullmatch

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, place
from travistool.lint.wording import quoted

_FOREIGN = r"(?P<slug>[\w.-]+/[\w.-]+):(?P<path>[^@]+)(?:@(?P<ref>.+))?"
_COMMIT = r"[0-9a-f]{7,40}"


def check(file: File) -> Iterator[Finding]:
    for one in file.listed("import"):
        source = one.get("source")
        found = fullmatch(_FOREIGN, str(source.value)) if source is not None else None
        if source is not None and found is not None and not fullmatch(_COMMIT, found["ref"] or ""):
            what = f"follows {quoted(found['ref'])}" if found["ref"] else "follows the default branch"
            message = f"this import {what} of '{found['slug']}', add '@' and a commit to the path"
            yield Finding(place(source), message)


RULE = Rule(
    name="foreign-import-unpinned",
    severity=Severity.INFO,
    summary="an import from another repository names no commit",
    why="Whoever can push there changes your build without a change in your repository, and their commands see your "
    "variables. With a commit the config stays what you have read.",
    bad="import: acme/configs:node.yml # <- here\n",
    good="import: acme/configs:node.yml@3f2b9c1\n",
    check=check,
    trigger=(("import", "/", ":"),),
    profile="strict",
    sources=(
        "One config for all projects of an owner: <https://github.com/sindresorhus/meta/issues/13>",
        "Deployment steps of another repository: <https://github.com/travis-ci/travis-yml/issues/169>",
    ),
)
