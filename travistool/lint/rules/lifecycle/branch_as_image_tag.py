"""A branch may hold `/`, the tag of an image may not."""

from __future__ import annotations

from collections.abc import Iterator
from re import findall, finditer, search

from travistool.diagnostics import Edit, Fix, Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import call, calls, is_conditional, program
from travistool.lint.subject import File
from travistool.schema.elements import Element

_NAMES = ("TRAVIS_BRANCH", "TRAVIS_PULL_REQUEST_BRANCH")
_TAG = r":[\w.-]*(\$(?:({names})(?!\w)|\{{({names})\}}))"
_COPIED = r"(?<![\w$])([A-Za-z_]\w*)=[\"']?\$\{?TRAVIS(?:_PULL_REQUEST)?_BRANCH\}?[\"']?(?=[\s;&]|\Z)"


def check(file: File) -> Iterator[Finding]:
    copies = {found[1] for found in finditer(_COPIED, file.text)}
    # What is set more than once need not be a branch.
    names = (*_NAMES, *(name for name in sorted(copies) if len(findall(rf"(?<![\w$]){name}[=:]", file.text)) == 1))
    tag = _TAG.format(names="|".join(names))
    for command, one in calls(file, *names):
        if program(one) not in ("docker", "docker-compose", "buildah", "podman") or is_conditional(one):
            continue
        if all(_is_for_some(file, owner) for owner in command.owners):
            continue
        for word in call(one)[1:]:
            found = search(tag, word.raw)
            if found is None or "://" in word.raw:
                continue
            span = command.span(word.start + found.start(1), word.start + found.end(1))
            wanted = f"${{{found[2] or found[3]}//\\//-}}"
            fix = Fix("replace each '/' by '-'", (Edit(span, wanted),), safe=False) if span.text == found[1] else None
            yield Finding(span, f"a branch with a '/' makes an image tag that docker refuses, write '{wanted}'", fix)


def _is_for_some(file: File, owner: Element) -> bool:
    """Tell whether a condition of the job or its stage asks for branches or tags: then their names are known."""
    stage = owner.get("stage")
    asked = [owner.get("if")]
    asked += [
        one.get("if")
        for one in file.listed("stages")
        if stage is not None and (name := one.get("name")) is not None and name.value == stage.value
    ]
    return any(one is not None and search(r"(?i)\b(branch|tag)\b", str(one.value)) for one in asked)


RULE = Rule(
    name="branch-as-image-tag",
    severity=Severity.WARNING,
    summary="the name of a branch is used as the tag of an image",
    why="Branches such as `feature/login` are common, and a tag of an image must not hold a `/`: docker stops, and"
    " the job fails on such branches only. Replace the slash.",
    bad="language: c\nservices: docker\nscript: docker build -t acme/app:$TRAVIS_BRANCH . # <- here\n",
    good="language: c\nservices: docker\nscript: docker build -t acme/app:${TRAVIS_BRANCH//\\//-} .\n",
    check=check,
    trigger=(("docker", "_BRANCH"),),
    fix="unsafe",
)
