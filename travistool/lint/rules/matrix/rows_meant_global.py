"""Each row of `env` makes a job. Rows with one variable each, all of different names, were meant for one job."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Edit, Fix, Severity
from travistool.lint.fixes import replacement
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File
from travistool.schema.elements import Element, flatten
from travistool.source import Span

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
    if _are_told_apart(file, names):
        return
    if len(set(names)) == len(names) and flags * 2 < len(rows) and listed is not None:
        message = f"these {len(rows)} rows make {len(rows)} jobs with one variable each, put them under 'env.global'"
        span = (listed if listed.key_node is not None else env).key_span()
        fix = replacement("write 'global'", (span, span.text, "global")) if _is_free(env, listed) else None
        yield Finding(span, message, fix or _below_global(env, rows[0]))


def _is_free(env: Element, listed: Element) -> bool:
    """Tell whether the rows stand under a key of their own, and none has the name `global` yet."""
    has_key = listed.key_node is not None and listed.key_node is not env.key_node
    return has_key and listed is not env and env.get("global") is None


def _below_global(env: Element, row: Element) -> Fix | None:
    """Return the fix for rows that stand right under `env`, on lines of their own and indented."""
    text, key, first = env.source.text, env.key_span(), row.span()
    start = text.rfind("\n", 0, first.start) + 1
    indent = text[start : first.start].partition("-")[0]
    if (env.kind == "map" and env.get("global") is not None) or indent.strip(" ") or start <= key.end:
        return None
    if len(indent) <= key.start - (text.rfind("\n", 0, key.start) + 1) or "-" not in text[start : first.start]:
        return None
    return Fix("write 'global'", (Edit(Span(env.source, start, start), f"{indent}global:\n"),), safe=False)


def _are_told_apart(file: File, names: list[str]) -> bool:
    """Tell whether a rule of the matrix names one of the variables alone: then each row is meant as a job."""
    rules = [one.get("env") for part in ("allow_failures", "exclude") for one in file.listed("jobs", part)]
    rows = [row for env in rules if env is not None for row in flatten(env)]
    return any(len(row.children) == 1 and {*row.children} <= {*names} for row in rows)


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
    fix="unsafe",
)
