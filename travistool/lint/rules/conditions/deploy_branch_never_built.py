"""A deployment waits for a branch that `branches.only` does not list."""

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.grammar.conditions import regex
from travistool.grammar.conditions.errors import UntranslatableRegexError
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, place
from travistool.lint.wording import quoted
from travistool.schema.elements import flatten


def check(file: File) -> Iterator[Finding]:
    only = [str(one.value) for one in file.listed("branches", "only") if one.kind == "str"]
    for deploy in file.deployments if only else ():
        on = deploy.element.get("on")
        branch = on.get("branch") if on is not None else None
        if on is None or branch is None or on.get("tags") is not None or on.get("all_branches") is not None:
            continue
        for one in flatten(branch):
            name = str(one.value)
            if one.kind == "str" and not set(name) & set("$*?[/") and not any(_fits(line, name) for line in only):
                yield Finding(place(one), f"the branch {quoted(name)} is never built, 'branches.only' does not list it")


def _fits(line: str, name: str) -> bool:
    if len(line) < 2 or not (line.startswith("/") and line.endswith("/")):
        return line == name
    try:
        return regex.compile(line[1:-1]).search(name)
    except (regex.RubyRegexError, UntranslatableRegexError):
        return True


RULE = Rule(
    name="deploy-branch-never-built",
    severity=Severity.WARNING,
    summary="a deployment waits for a branch that is not built",
    why="What `branches.only` does not list starts no build, so this deployment cannot happen. One of the two names is out "
    "of date.",
    bad="language: c\nbranches:\n  only: main\ndeploy:\n  provider: script\n  script: make release\n  on:\n"
    "    branch: master # <- here\n",
    good="language: c\nbranches:\n  only: main\ndeploy:\n  provider: script\n  script: make release\n  on:\n"
    "    branch: main\n",
    check=check,
    trigger=(("branches", "only", "branch:"),),
)
