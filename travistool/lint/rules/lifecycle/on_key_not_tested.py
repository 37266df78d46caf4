"""A condition under `on` that Travis does not test, or that no job can ever meet."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.catalog.versions import OTHER_NAMES, RUNTIMES
from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, place
from travistool.lint.wording import quoted

_VARIABLES = {"os": "TRAVIS_OS_NAME", "dist": "TRAVIS_DIST", "arch": "TRAVIS_CPU_ARCH", "env": "", "stage": ""}


def check(file: File) -> Iterator[Finding]:
    for deploy in file.deployments:
        on = deploy.element.get("on")
        for key, child in on.children.items() if on is not None else ():
            if key in _VARIABLES and child.given():
                name = _VARIABLES[key]
                example = f"'condition: ${name} = {child.value}'" if name and child.kind == "str" else "'condition'"
                yield Finding(child.key_span(), f"Travis does not test '{key}' under 'on', write {example}")
    if any(_asks_for_version(deploy.element.get("on")) for deploy in file.deployments):
        yield from _versions(file)


def _asks_for_version(on: object) -> bool:
    return any(key in OTHER_NAMES or key in RUNTIMES for key in getattr(on, "children", ()))


def _versions(file: File) -> Iterator[Finding]:
    """Yield the versions that none of the jobs has that could be deployed."""
    # Imported late: a part of the planner that few files need.
    from travistool.plan.deployments import version_answer  # noqa: PLC0415

    for deploy in file.deployments:
        on = deploy.element.get("on")
        for key, child in on.children.items() if on is not None else ():
            if (key not in OTHER_NAMES and key not in RUNTIMES) or child.value is None:
                continue
            answers = [version_answer(key, child.plain(), job) for job in file.plan.jobs if "deploy" in job.config]
            if answers and all(answer == "no" for answer in answers):
                yield Finding(
                    place(child), f"no job has {quoted(child.value)} as its version of '{key}', so it never deploys"
                )


RULE = Rule(
    name="on-key-not-tested",
    severity=Severity.WARNING,
    summary="a condition of a deployment is not tested, or never holds",
    why="Under `on` Travis tests the repository, the branch, tags, `condition` and the version of the language, nothing else. "
    "A version must be written as in the job: where none has it, nothing is deployed.",
    bad="language: python\nscript: pytest\ndeploy:\n  provider: pypi\n  on:\n    branch: main\n    os: linux # <- here\n",
    good="language: python\nscript: pytest\ndeploy:\n  provider: pypi\n  on:\n    branch: main\n"
    "    condition: $TRAVIS_OS_NAME = linux\n",
    check=check,
    trigger=(("deploy", "on:"), ("deploy", "true:")),
)
