"""The variables that Travis sets for a job do not exist yet when conditions are decided."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.grammar.conditions.syntax import Call, Value
from travistool.grammar.conditions.walk import parts
from travistool.lint.conditions import tree_of
from travistool.lint.fixes import replacement
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, within

_ATTRIBUTES = {
    "TRAVIS_BRANCH": "branch",
    "TRAVIS_TAG": "tag",
    "TRAVIS_EVENT_TYPE": "type",
    "TRAVIS_PULL_REQUEST": "type",
    "TRAVIS_PULL_REQUEST_BRANCH": "head_branch",
    "TRAVIS_PULL_REQUEST_SLUG": "head_repo",
    "TRAVIS_REPO_SLUG": "repo",
    "TRAVIS_OS_NAME": "os",
    "TRAVIS_DIST": "dist",
    "TRAVIS_COMMIT_MESSAGE": "commit_message",
}


def check(file: File) -> Iterator[Finding]:
    own = {variable.name for variable in file.variables}
    for condition in file.conditions:
        tree = tree_of(condition)
        for one in parts(tree) if tree is not None else ():
            match one:
                case Call(arguments=(Value(text=name),)) if one.name.lower() == "env" and name.startswith("TRAVIS_"):
                    if name not in own:
                        attribute = _ATTRIBUTES.get(name, "")
                        hint = f", ask for '{attribute}'" if attribute else ""
                        message = f"'{name}' is not set yet when conditions are decided{hint}"
                        span = within(condition, one.start, one.end)
                        # The type of a build is named otherwise than its pull request.
                        is_same = attribute and name != "TRAVIS_PULL_REQUEST"
                        call = str(condition.value)[one.start : one.end]
                        fix = replacement(f"write '{attribute}'", (span, call, attribute)) if is_same else None
                        yield Finding(span, message, fix)


RULE = Rule(
    name="builtin-variable-in-env-call",
    severity=Severity.ERROR,
    summary="a condition asks for a variable that only jobs have",
    why="`env()` knows the variables of the config and of the settings. Those that Travis sets come with the job, so here "
    "they are empty and the comparison is always the same. There are attributes for most: `branch`, `tag`, `type`.",
    bad="language: python\nif: env(TRAVIS_EVENT_TYPE) = cron # <- here\n",
    good="language: python\nif: type = cron\n",
    check=check,
    trigger=("env(TRAVIS_", "ENV(TRAVIS_", "Env(TRAVIS_"),
    fix="unsafe",
)
