"""A map such as `addons` in a job takes the place of the one at the top level, of all of its keys."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File
from travistool.lint.wording import listing
from travistool.schema.elements import Element

_KEYS = ("addons", "cache", "git")


def check(file: File) -> Iterator[Finding]:
    for job in file.jobs:
        for key in _KEYS:
            root, own = file.root.get(key), job.get(key)
            if root is None or own is None or root.kind != "map" or own.kind != "map" or not own.children:
                continue
            lost = [name for name in root.children if name not in own.children and _says(root.children[name])]
            if lost:
                message = f"this replaces the whole '{key}' of the top level, so the job has no {listing(lost)}"
                yield Finding(own.key_span(), message, related=((root.key_span(), "what the job does not get"),))


def _says(element: Element) -> bool:
    return element.given() and element.value is not False


RULE = Rule(
    name="job-map-replaces-root",
    severity=Severity.INFO,
    summary="a job's `addons`, `cache` or `git` hides that of the top level",
    why="Jobs take over whole keys, they do not merge maps: what stands under the same key at the top level does not hold "
    "for this job. Repeat in the job what it needs, for instance with an anchor.",
    bad="language: c\naddons:\n  apt:\n    packages: [cmake]\njobs:\n  include:\n    - script: make test\n"
    "    - addons: # <- here\n        chrome: stable\n",
    good="language: c\naddons:\n  apt:\n    packages: [cmake]\njobs:\n  include:\n    - script: make test\n"
    "    - addons:\n        apt:\n          packages: [cmake]\n        chrome: stable\n",
    check=check,
    trigger=(("include", "addons"), ("include", "cache"), ("include", "git:")),
    profile="strict",
)
