"""An encrypted variable as a row of its own makes a job that has this secret, and leaves the other jobs without it."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, head


def check(file: File) -> Iterator[Finding]:
    env = file.root.get("env")
    listed = env.get("jobs") if env is not None and env.kind == "map" else env
    rows = listed.items if listed is not None else []
    for row in rows if len(rows) > 1 else ():
        if row.kind == "secure" and row.node is not None:
            message = (
                f"each of these {len(rows)} rows makes a job, and only one has this secret, put it under 'env.global'"
            )
            yield Finding(head(row), message)


# 128 bytes of chance, as long as what a key of Travis makes.
_SECRET = (
    "pU3KGCUwux1tEyze1iN7LtkeP3IfyxlxF0SU1kk8nVw0YL4xIB5p/tqg7u",
    "i5mX9cfCmZ/a/lkyU81lSvTfrXFCegrrP+6SMvivIhH57kkcWxC+y1Vjv8",
    "Hm+TQn7LyP4pVeXNjkbcjtS3wnZNKlpNdncG+F2GkAJK1r2jQBvpyMs=",
)
_ROW = "- secure: >-"
_REST = "".join([f"\n        {line}" for line in _SECRET]) + "\n"
RULE = Rule(
    name="secret-in-row",
    severity=Severity.WARNING,
    summary="a secret is a row of the matrix",
    why="Each item under `env` is a row, and each row makes a job: one job gets the secret and nothing else, and the others run "
    "without it. What all jobs need stands under `env.global`.",
    bad=f"language: c\nenv:\n  {_ROW} # <- here{_REST}  - A=1\n",
    good=f"language: c\nenv:\n  global:\n    {_ROW}{_REST}  jobs:\n    - A=1\n",
    check=check,
    trigger=(("env", "secure"),),
)
