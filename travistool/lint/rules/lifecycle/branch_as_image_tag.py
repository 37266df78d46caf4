"""A branch may hold `/`, the tag of an image may not."""

from collections.abc import Iterator
from re import search

from travistool.diagnostics import Edit, Fix, Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import call, calls, is_conditional, program
from travistool.lint.subject import File

_NAMES = ("TRAVIS_BRANCH", "TRAVIS_PULL_REQUEST_BRANCH")
_TAG = r":[\w.-]*(\$(?:(TRAVIS(?:_PULL_REQUEST)?_BRANCH)(?!\w)|\{(TRAVIS(?:_PULL_REQUEST)?_BRANCH)\}))"


def check(file: File) -> Iterator[Finding]:
    for command, one in calls(file, *_NAMES):
        if program(one) not in ("docker", "docker-compose", "buildah", "podman") or is_conditional(one):
            continue
        for word in call(one)[1:]:
            found = search(_TAG, word.raw)
            if found is None or "://" in word.raw:
                continue
            span = command.span(word.start + found.start(1), word.start + found.end(1))
            wanted = f"${{{found[2] or found[3]}//\\//-}}"
            fix = Fix("replace each '/' by '-'", (Edit(span, wanted),), safe=False) if span.text == found[1] else None
            yield Finding(span, f"a branch with a '/' makes an image tag that docker refuses, write '{wanted}'", fix)


RULE = Rule(
    name="branch-as-image-tag",
    severity=Severity.WARNING,
    summary="the name of a branch is used as the tag of an image",
    why="Branches such as `feature/login` are common, and a tag of an image must not hold a `/`: docker stops, and the job "
    "fails on such branches only. Replace the sign.",
    bad="language: c\nservices: docker\nscript: docker build -t acme/app:$TRAVIS_BRANCH . # <- here\n",
    good="language: c\nservices: docker\nscript: docker build -t acme/app:${TRAVIS_BRANCH//\\//-} .\n",
    check=check,
    trigger=(("docker", "_BRANCH"),),
    fix="unsafe",
)
