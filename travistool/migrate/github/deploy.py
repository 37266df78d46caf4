"""Deployments as steps of the job that Travis would run them in, each with its condition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from travistool.migrate import providers, shell
from travistool.migrate.conditions import Equals, Not, both
from travistool.migrate.github.expressions import Gate, expression, in_parentheses
from travistool.migrate.github.slots import escaped
from travistool.migrate.github.variables import secret_name
from travistool.migrate.model import Deployment, Row
from travistool.migrate.phases import after_text, setup_text, with_functions
from travistool.migrate.tasks import Tasks

Step = dict[Any, Any]
Lines = Callable[[str], str]

_NOT_SKIPPED = Not(Equals("type", "pull_request"))


def deploy_steps(
    row: Row, gate: Gate, tasks: Tasks, *, load: Lines, save: Lines, done: str, bare: bool
) -> Iterator[Step]:
    """Yield the steps of all deployments. `done` is what must have happened.

    `load` and `save` say for a phase how the shell's state is brought back before it, and kept behind it.
    `bare`: the job runs in an image, not on the machine with all its clients.
    """
    for one in row.deployments:
        made = providers.commands(one, tasks, row, own_token=True, bare=bare)
        if not made.commands:
            continue
        condition = " && ".join(part for part in (done, _asked(one, gate)) if part)
        guard = _guard(one)
        title = f"Deploy with {one.name}"
        env = {name: f"${{{{ secrets.{_secret(name, made)} }}}}" for name in made.secrets}
        if "before_deploy" in row.blocks:
            text = setup_text(row.blocks["before_deploy"])
            yield _step(
                f"Before deploying with {one.provider}",
                condition,
                _joined(load("before_deploy"), guard, text, save("before_deploy")),
            )
        body = "\n".join(made.commands)
        step = _step(title, condition, _joined(load("deploy"), guard, body), env)
        if one.allow_failure:
            step["continue-on-error"] = True
        yield step
        if "after_deploy" in row.blocks:
            text = after_text(row.blocks["after_deploy"])
            told = _joined(load("after_deploy"), guard, text, save("after_deploy"))
            later = _step(f"After deploying with {one.provider}", condition, told)
            ends = any(map(shell.leaves, row.blocks["after_deploy"].commands))
            yield {**later, "run": f"{later['run']}\ntrue"} if ends else {**later, "continue-on-error": True}


def _secret(name: str, made: providers.Commands) -> str:
    """Return the name of a secret: the workflow's own token, or one that somebody enters."""
    return name if made.has_own else secret_name(name)


def permissions(row: Row) -> dict[str, str]:
    """Return what the workflow's token may do in a row: more than to read where it deploys to its own repository."""
    own = [one for one in row.deployments if one.provider in providers.OF_REPOSITORY and not one.options.get("repo")]
    builds = [one for one in own if one.provider == "pages" and one.options.get("strategy") == "api"]
    found = {"contents": "write"} if len(own) > len(builds) else {}
    return {**({"contents": "read"} if builds and not found else found), **({"pages": "write"} if builds else {})}


def _asked(one: Deployment, gate: Gate) -> str:
    text = expression(both(_NOT_SKIPPED, one.when), gate)
    return in_parentheses(text)


def _guard(one: Deployment) -> str:
    """Return the tests that only the job's shell can answer."""
    return "\n".join(
        f"[[ {test} ]] || {{ echo 'Not deployed: the condition does not hold.'; exit 0; }}" for test in one.tests
    )


def _joined(*texts: str) -> str:
    text = "\n".join(text for text in texts if text)
    return with_functions(text)


def _step(title: str, condition: str, run: str, env: dict[str, str] | None = None) -> Step:
    step: Step = {"name": title}
    if condition:
        step["if"] = condition
    if env:
        step["env"] = env
    return {**step, "run": escaped(run)}
