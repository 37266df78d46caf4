"""Each row of `env` makes a job. Rows with one variable each, all of different names, were meant for one job."""

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File

_FLAGS = ("", "1", "true", "yes", "on")


def check(file: File) -> Iterator[Finding]:
    env = file.root.get("env")
    if env is None or any("env" in job.children for job in file.jobs):
        return
    listed = env.get("jobs") if env.kind == "map" else env
    rows = listed.items if listed is not None else []
    if len(rows) < 2 or any(row.kind != "map" or len(row.children) != 1 for row in rows):
        return
    names = [name for row in rows for name in row.children]
    values = [str(child.value).strip("\"'").lower() for row in rows for child in row.children.values()]
    # Rows such as LINT=1 and DOCS=1 are jobs that are told apart by a flag.
    flags = sum(value in _FLAGS for value in values)
    if len(set(names)) == len(names) and flags * 2 < len(rows) and listed is not None:
        message = f"these {len(rows)} rows make {len(rows)} jobs with one variable each, put them under 'env.global'"
        yield Finding((listed if listed.key_node is not None else env).key_span(), message)


RULE = Rule(
    name="rows-meant-global",
    severity=Severity.WARNING,
    summary="variables that belong together make a job each",
    why="A list under `env` is a matrix: each row is the environment of one more job, without the other rows. Variables "
    "for all jobs stand under `env.global`, or in one row.",
    bad="language: c\nenv: # <- here\n  - HOST=db.example.org\n  - PORT=5432\n",
    good="language: c\nenv:\n  global:\n    - HOST=db.example.org\n    - PORT=5432\n",
    check=check,
    trigger=("env",),
)
