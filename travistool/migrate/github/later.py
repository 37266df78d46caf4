"""The steps behind the script of a row: they never change the result, but for deployments, and share the shell's state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from travistool.migrate import shell
from travistool.migrate.functions import functions_in
from travistool.migrate.github.deploy import deploy_steps
from travistool.migrate.github.expressions import Gate
from travistool.migrate.github.facts import action
from travistool.migrate.github.slots import escaped
from travistool.migrate.model import Row
from travistool.migrate.phases import SETUP, after_text, with_functions
from travistool.migrate.tasks import Tasks
from travistool.migrate.workspaces import archive, packed

Step = dict[Any, Any]

TITLES = {
    "before_install": "Before install",
    "install": "Install",
    "before_script": "Before script",
    "script": "Script",
    "before_cache": "Before cache",
    "after_success": "After success",
    "after_failure": "After failure",
    "after_script": "After script",
}
SAVE = """\
{ declare -p | grep -v '^declare -[^ ]*r'; declare -f; printf 'cd %q\\n' "$PWD"; } > "$RUNNER_TEMP/shell\""""
_LOAD = """\
own=$(export -p | grep -E ' (GITHUB|RUNNER|TRAVIS_TEST_RESULT)')
source "$RUNNER_TEMP/shell" && eval "$own\""""
_LOAD_IF_THERE = f"""\
if [ -f "$RUNNER_TEMP/shell" ]; then
{_LOAD}
fi"""
_RESULT = "${{ steps.script.outcome == 'success' && '0' || '1' }}"
_ORDER = ("before_cache", "after_success", "before_deploy", "deploy", "after_deploy", "after_failure", "after_script")


class _Shell(NamedTuple):
    """Which steps hand the state of their shell on: `script` tells whether the first one does.

    `functions` are those of Travis that the first one hands on.
    """

    script: bool
    savers: tuple[str, ...]
    functions: tuple[str, ...] = ()

    def load(self, phase: str) -> str:
        """Return the lines that bring the state of earlier steps back; `` where there is none."""
        earlier = _ORDER[: _ORDER.index(phase)]
        # `after_deploy` is followed by the next deployment.
        earlier = (*earlier, "after_deploy") if phase in ("before_deploy", "deploy", "after_deploy") else earlier
        if self.script:
            return _LOAD
        return _LOAD_IF_THERE if any(one in earlier for one in self.savers) else ""

    def save(self, phase: str) -> str:
        """Return the line that keeps the state; `` where nobody asks for it."""
        return SAVE if phase in self.savers else ""


class Joined(NamedTuple):
    """How set-up and script run. `joined`: in one step; `state`: it has kept the state of its shell.

    `leaves`: a command may end it early, so that the step passes while the script has not run.
    """

    joined: bool
    state: bool
    leaves: bool


def later(row: Row, gate: Gate, tasks: Tasks, share: Joined, *, bare: bool) -> Iterator[Step]:
    """Yield the steps. `bare`: the job runs in an image."""
    joined, has_state = share.joined, share.state
    failed = "steps.script.outputs.result == 'failed'" if joined else "steps.script.outcome == 'failure'"
    passed = "steps.script.outputs.result == 'passed'" if joined and share.leaves else ""
    ran = "steps.script.outputs.result != ''" if joined else "steps.script.outcome != 'skipped'"
    before = [command for name in (*SETUP, "script") if name in row.blocks for command in row.blocks[name].commands]
    state = _Shell(has_state, tuple(_savers(row)), functions_in("\n".join(before)) if has_state else ())
    yield from _after(row, "before_cache", f"${{{{ !cancelled() && {ran} }}}}", state)
    yield from _kept(row, _LOAD if has_state else "")
    done = passed
    yield from _after(row, "after_success", passed or "success()", state)
    done = _joined(" && ", done, _went_on(row, "after_success"))
    yield from deploy_steps(row, gate, tasks, load=state.load, save=state.save, done=done, bare=bare)
    yield from _after(row, "after_failure", f"failure() && {failed}", state)
    yield from _after(row, "after_script", f"${{{{ !cancelled() && {_ended(row, failed, passed, ran)} }}}}", state)


def _ended(row: Row, failed: str, passed: str, ran: str) -> str:
    """Return the question whether all before `after_script` went as it has to: a deployment that fails ends the job."""
    if not row.deployments and not any(_leaves(row, name) for name in ("after_success", "after_failure")):
        return ran
    ended = _joined(" && ", "success()", passed, _went_on(row, "after_success"))
    broken = _joined(" && ", failed, _went_on(row, "after_failure"))
    return f"({_grouped(broken)} || {_grouped(ended)})"


def _savers(row: Row) -> Iterator[str]:
    """Yield the phases that change the shell for others behind them."""
    present = [one for one in _ORDER if _is_there(row, one)]
    for phase in present[:-1]:
        if phase != "deploy" and any(map(shell.leaks, row.blocks[phase].commands)):
            yield phase


def _is_there(row: Row, phase: str) -> bool:
    if phase in ("before_deploy", "deploy", "after_deploy"):
        return bool(row.deployments) and (phase == "deploy" or phase in row.blocks)
    return phase in row.blocks


def _went_on(row: Row, phase: str) -> str:
    """Return the question whether a phase that may end the job has not; `` for one that never does."""
    return f"steps.{phase}.outputs.done == 'true'" if _leaves(row, phase) else ""


def leaving(row: Row) -> tuple[str, ...]:
    """Return the phases behind the script that may end the job, but for `after_success`, where the result is settled."""
    names = ("before_cache", "before_deploy", "after_deploy", "after_failure", "after_script")
    return tuple([name for name in names if _is_there(row, name) and _leaves(row, name)])


def _leaves(row: Row, phase: str) -> bool:
    return phase in row.blocks and any(map(shell.leaves, row.blocks[phase].commands))


def _after(row: Row, name: str, condition: str, state: _Shell) -> Iterator[Step]:
    if name not in row.blocks:
        return
    text = after_text(row.blocks[name])
    # What ends a job does so with its own status; all else is of no account.
    ends = _leaves(row, name)
    told = 'echo "done=true" >> "$GITHUB_OUTPUT"' if ends else ""
    body = _joined("\n", state.load(name), text, state.save(name), told)
    step: Step = {"name": TITLES[name], **({"id": name} if ends else {}), "if": condition}
    if not ends:
        step["continue-on-error"] = True
    if "TRAVIS_TEST_RESULT" in text:
        step["env"] = {"TRAVIS_TEST_RESULT": _RESULT}
    yield {**step, "run": escaped(with_functions(body, but=state.functions))}


def _kept(row: Row, load: str) -> Iterator[Step]:
    """Yield the steps that keep what a job leaves for later ones, whether its script passed or failed."""
    if not row.creates:
        return
    ran = "${{ !cancelled() && steps.script.outcome != 'skipped' }}"
    lines = ["set +e", *([load] if load else []), "workspace=$GITHUB_WORKSPACE", *packed(row), "true"]
    yield {"name": "Pack what later jobs use", "if": ran, "run": escaped("\n".join(lines))}
    for one in row.creates:
        yield {
            "uses": action("actions/upload-artifact"),
            "if": ran,
            "with": {"name": one.name, "path": archive(one.name), "overwrite": True, "include-hidden-files": True},
            "continue-on-error": True,
        }


def _joined(mark: str, *texts: str) -> str:
    return mark.join(text for text in texts if text)


def _grouped(text: str) -> str:
    return f"({text})" if " && " in text else text
