"""A deployment waits for a branch that `branches` keeps from being built."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.grammar.conditions import regex
from travistool.grammar.conditions.errors import UntranslatableRegexError
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import Deploy, File, place
from travistool.lint.wording import quoted
from travistool.schema.elements import flatten
from travistool.source import Span

_LISTS = ("only", "except")


def check(file: File) -> Iterator[Finding]:
    only, except_ = ([str(one.value) for one in file.listed("branches", key) if one.kind == "str"] for key in _LISTS)
    for deploy in file.deployments if only or except_ else ():
        for name, span in _wanted(deploy):
            if only and not any(_fits(line, name) for line in only):
                yield Finding(span, f"the branch {quoted(name)} is never built, 'branches.only' does not list it")
            elif not only and any(_fits(line, name) for line in except_):
                yield Finding(span, f"the branch {quoted(name)} is never built, 'branches.except' lists it")


def _wanted(deploy: Deploy) -> Iterator[tuple[str, Span]]:
    """Yield the branches that a deployment is for, each with the place to blame."""
    on = deploy.element.get("on")
    if on is not None and any(on.get(key) is not None for key in ("tags", "all_branches")):
        return
    branch = on.get("branch") if on is not None else None
    for one in flatten(branch) if branch is not None else ():
        name = str(one.value)
        if one.kind == "str" and not set(name) & set("$*?[/"):
            yield name, place(one)
    # An option with a value for each branch names them as well.
    is_plain = not any(child.kind == "map" for key, child in deploy.element.children.items() if key != "on")
    if branch is None and is_plain and deploy.provider not in ("", "skip"):
        yield "master", deploy.element.children["provider"].span()


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
    why="What `branches.only` does not list, and what `branches.except` lists, starts no build, so this deployment cannot "
    "happen. A deployment that names no branch under `on` is for `master`, whatever the default branch is.",
    bad="language: c\nbranches:\n  only: main\ndeploy:\n  provider: script\n  script: make release\n  on:\n"
    "    branch: master # <- here\n",
    good="language: c\nbranches:\n  only: main\ndeploy:\n  provider: script\n  script: make release\n  on:\n"
    "    branch: main\n",
    check=check,
    trigger=(("branches", "only", "deploy"), ("branches", "except", "deploy")),
)
