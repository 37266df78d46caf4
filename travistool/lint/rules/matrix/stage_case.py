"""One stage is written with capitals here and without there. To Travis it is the same."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Edit, Fix, Severity
from travistool.document.edits import replace_scalar
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, place, written
from travistool.lint.wording import quoted
from travistool.schema.elements import Element


def check(file: File) -> Iterator[Finding]:
    first: dict[str, Element] = {}
    for one in _names(file):
        name = str(one.value)
        before = first.setdefault(name.lower(), one)
        if before.value != name:
            edit = replace_scalar(one.source, written(one), str(before.value))
            fixes = Fix(f"replace by '{before.value}'", (edit,), safe=False) if isinstance(edit, Edit) else None
            yield Finding(
                place(one), f"{quoted(name)} is the same stage as {quoted(before.value)}, write it in one way", fixes
            )


def _names(file: File) -> Iterator[Element]:
    listed = file.root.get("stages")
    for item in listed.items if listed is not None else ():
        name = item.get("name")
        if name is not None and name.kind == "str":
            yield name
    for job in file.jobs:
        stage = job.get("stage")
        if stage is not None and stage.kind == "str":
            yield stage


RULE = Rule(
    name="stage-case",
    severity=Severity.INFO,
    summary="a stage is written in two ways",
    why="Travis ignores capitals in the names of stages, so these are one stage, but whoever reads the file sees two.",
    bad="language: c\njobs:\n  include:\n    - stage: Test\n      script: make test\n    - stage: test # <- here\n"
    "      script: make check\n",
    good="language: c\njobs:\n  include:\n    - stage: test\n      script: make test\n    - stage: test\n"
    "      script: make check\n",
    check=check,
    trigger=("stage",),
    profile="strict",
    fix="unsafe",
)
