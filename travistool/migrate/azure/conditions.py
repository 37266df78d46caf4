"""Conditions in the functions of Azure Pipelines. It has no patterns: a job `gate` runs `grep` before all others.

Source: learn.microsoft.com, "Expressions" and "Predefined variables", as of 2026-09.
"""

from __future__ import annotations

from collections.abc import Mapping

from travistool.migrate.conditions import (
    TRUE,
    All,
    Any_,
    Condition,
    Equals,
    Not,
    Present,
    Same,
    Test,
    attributes,
)
from travistool.migrate.tasks import Tasks
from travistool.migrate.whole import bash

_REASON = "variables['Build.Reason']"
_REF = "variables['Build.SourceBranch']"
_TARGET = "variables['System.PullRequest.TargetBranch']"
_IS_PULL = f"eq({_REASON}, 'PullRequest')"
_REASONS: Mapping[str, tuple[str, ...]] = {
    "push": ("IndividualCI", "BatchedCI"),
    "pull_request": ("PullRequest",),
    "cron": ("Schedule",),
    "api": ("Manual", "ResourceTrigger"),
}


class Gate:
    """The tests that only a shell can answer, each with the name of its answer."""

    def __init__(self) -> None:
        self.asked: dict[Test, str] = {}

    def name(self, test: Test) -> str:
        """Return the name of the answer to a test: `branch_1`, `tag_2` ..."""
        if test not in self.asked:
            self.asked[test] = f"{attributes(test)[0].replace(':', '_').lower()}_{len(self.asked) + 1}"
        return self.asked[test]

    def lines(self) -> list[str]:
        """Return the lines of the script that gives the answers."""
        tell = 'answer() { echo "##vso[task.setvariable variable=$1;isOutput=true]$2"; }'
        return [
            tell,
            *[
                f"if {bash(test)}; then answer {name} true; else answer {name} false; fi"
                for test, name in self.asked.items()
            ],
        ]


def written(condition: Condition, gate: Gate, tasks: Tasks) -> str:
    """Return a condition as functions; `` for one that always holds."""
    return "" if condition == TRUE else _of(condition, gate, tasks)


def _of(condition: Condition, gate: Gate, tasks: Tasks) -> str:
    match condition:
        case All(()):
            return "true"
        case Any_(()):
            return "false"
        case All(parts) | Any_(parts):
            told = [_of(part, gate, tasks) for part in parts]
            name = "and" if isinstance(condition, All) else "or"
            return told[0] if len(told) == 1 else f"{name}({', '.join(told)})"
        case Not(part):
            return f"not({_of(part, gate, tasks)})"
        case _:
            return _test(condition, gate, tasks)


def _test(test: Test, gate: Gate, tasks: Tasks) -> str:  # noqa: C901  # a table
    match test:
        case Equals("type", text):
            return _one_of(_REASON, *_REASONS.get(text, ("never",)))
        case Equals("branch", text):
            own = _one_of(_REF, f"refs/heads/{text}", f"refs/tags/{text}")
            return f"or({own}, {_one_of(_TARGET, text, f'refs/heads/{text}')})"
        case Equals("tag", text):
            return _one_of(_REF, f"refs/tags/{text}")
        case Equals("head_branch", text):
            return _one_of("variables['System.PullRequest.SourceBranch']", text, f"refs/heads/{text}")
        case Equals("repo", text):
            return _one_of("variables['Build.Repository.Name']", text)
        case Equals(attribute, text) if attribute.startswith("env:"):
            return _one_of(f"variables['{attribute[4:]}']", text)
        case Present("tag"):
            return f"startsWith({_REF}, 'refs/tags/')"
        case Present("head_branch" | "head_repo"):
            return _IS_PULL
        case Present("fork"):
            return "eq(variables['REPO_IS_FORK'], 'true')"
        case Present(attribute) if attribute.startswith("env:"):
            return f"ne(variables['{attribute[4:]}'], '')"
        case Same(one, other) if {one, other} == {"repo", "head_repo"}:
            return f"and({_IS_PULL}, ne(variables['System.PullRequest.IsFork'], 'True'))"
    _note(test, tasks)
    return f"eq(stageDependencies.gate.gate.outputs['ask.{gate.name(test)}'], 'true')"


def _note(test: Test, tasks: Tasks) -> None:
    for name in attributes(test):
        if name in ("sender", "draft"):
            reason = f"a condition asks for '{name}', which Azure Pipelines does not tell"
            tasks.add("condition", reason, "answer it in the job 'gate'", changes_rows=True)


def _one_of(name: str, *texts: str) -> str:
    told = ", ".join("'" + text.replace("'", "''") + "'" for text in texts)
    return f"{'eq' if len(texts) == 1 else 'in'}({name}, {told})"
