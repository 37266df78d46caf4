"""A whole job as one Bash script, for targets that keep one shell per job: phases, results and deployments as on Travis.

What the event decides is asked of Travis's own variables (TRAVIS_BRANCH ...), which the target defines in front of it:
`variables_for` says which ones a row needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from travistool.migrate import providers, shell
from travistool.migrate.conditions import (
    TRUE,
    All,
    Any_,
    Condition,
    Equals,
    Fits,
    Matches,
    Not,
    Present,
    Same,
    attributes,
    tests,
)
from travistool.migrate.globs import for_grep
from travistool.migrate.indent import indented
from travistool.migrate.model import Block, Row
from travistool.migrate.phases import RESULT, SETUP, ignoring, noting, stopping, with_functions
from travistool.migrate.tasks import Tasks
from travistool.migrate.workspaces import packed, unpacked

NAMES: Mapping[str, str] = {
    "type": "TRAVIS_EVENT_TYPE",
    "branch": "TRAVIS_BRANCH",
    "tag": "TRAVIS_TAG",
    "repo": "TRAVIS_REPO_SLUG",
    "head_branch": "TRAVIS_PULL_REQUEST_BRANCH",
    "head_repo": "TRAVIS_PULL_REQUEST_SLUG",
    "commit_message": "TRAVIS_COMMIT_MESSAGE",
    "draft": "TRAVIS_PULL_REQUEST_IS_DRAFT",
    "sender": "BUILD_SENDER",
    "fork": "REPO_IS_FORK",
}
"""The variable for each attribute of an event. Travis has none for the last two: a target may leave them empty."""

_ERREXIT = "case $- in *e*) errexit=-e ;; *) errexit=+e ;; esac"


def whole_text(row: Row, tasks: Tasks) -> str:
    """Return set-up, script, everything after it and the deployments in one shell, whose status is the job's."""
    return with_functions("\n".join(indented(_lines(row, tasks))))


def variables_for(row: Row, *, deploys: bool = True) -> tuple[str, ...]:
    """Return the names of Travis's variables that the whole script reads, sorted."""
    asked = (
        [name for one in row.deployments for test in tests(one.when) for name in attributes(test)] if deploys else []
    )
    event = {NAMES[name] for name in asked if name in NAMES}
    told = "\n".join(test for one in row.deployments for test in one.tests)
    return tuple(sorted(event | {name for name in NAMES.values() if name in told} | set(row.builtins) - {RESULT}))


def bash(condition: Condition) -> str:  # noqa: C901  # a table
    """Return a condition as a test for Bash; `true` for one that always holds."""
    match condition:
        case All(()):
            return "true"
        case Any_(()):
            return "false"
        case All(parts):
            return " && ".join(_grouped(part) for part in parts)
        case Any_(parts):
            return " || ".join(_grouped(part) for part in parts)
        case Not(Equals(attribute, text)):
            return f"[[ ${_name(attribute)} != {_quoted(text)} ]]"
        case Not(Present("fork" | "draft" as attribute)):
            return f"[[ ${_name(attribute)} != true ]]"
        case Not(Present(attribute)):
            return f"[[ -z ${_name(attribute)} ]]"
        case Not(part):
            return f"! {_grouped(part)}"
        case Same(one, other):
            return f'[[ -n ${_name(one)} && ${_name(one)} = "${_name(other)}" ]]'
        case Equals(attribute, text):
            return f"[[ ${_name(attribute)} = {_quoted(text)} ]]"
        case Fits(attribute, glob):
            return f"[[ -n ${_name(attribute)} && ${_name(attribute)} = {glob} ]]"
        case Present("fork" | "draft" as attribute):
            return f"[[ ${_name(attribute)} = true ]]"
        case Present(attribute):
            return f"[[ -n ${_name(attribute)} ]]"
        case Matches(attribute, pattern):
            name = _name(attribute)
            return f'{{ [[ -n ${name} ]] && grep -qP -e {shell.quoted(for_grep(pattern))} <<< "${name}"; }}'


def _name(attribute: str) -> str:
    return attribute[4:] if attribute.startswith("env:") else NAMES[attribute]


def _quoted(text: str) -> str:
    return shell.quoted(text)


def _grouped(part: Condition) -> str:
    text = bash(part)
    return f"{{ {text}; }}" if isinstance(part, All | Any_) and len(part.parts) > 1 else text


def _lines(row: Row, tasks: Tasks) -> Iterator[str]:
    blocks = row.blocks
    strict = shell.may_stop(row.texts)
    yield from unpacked(row)
    for name in SETUP:
        if name in blocks:
            yield f"# {name}"
            yield from stopping(blocks[name], strict=strict)
    yield "# script"
    yield f"export {RESULT}=0"
    if "script" in blocks:
        yield from noting(blocks["script"], RESULT, strict=strict)
    yield from _after(blocks.get("before_cache"))
    yield from packed(row)
    deploying = list(_deployments(row, tasks))
    if deploying and strict:
        # Travis turns `set -e` off while it deploys.
        deploying = [_ERREXIT, "set +e", *deploying, 'set "$errexit"']
    passed = [*_after(blocks.get("after_success")), *deploying]
    failed = list(_after(blocks.get("after_failure")))
    if passed:
        yield from (f'if [ "${RESULT}" = 0 ]; then', *passed, "fi")
    if failed:
        yield from (f'if [ "${RESULT}" != 0 ]; then', *failed, "fi")
    yield from _after(blocks.get("after_script"))
    yield f'exit "${RESULT}"'


def _after(block: Block | None) -> Iterator[str]:
    if block is not None:
        yield f"# {block.phase}"
        yield from ignoring(block)


def _deployments(row: Row, tasks: Tasks) -> Iterator[str]:
    for one in row.deployments:
        made = providers.commands(one, tasks, row)
        if not made.commands:
            continue
        yield f"# deploy with {one.name}"
        event = bash(one.when) if one.when != TRUE else ""
        if event:
            yield f"if {event}; then"
        if one.tests:
            yield from ("# asked of the shell", f"if {' && '.join(f'[[ {test} ]]' for test in one.tests)}; then")
        if "before_deploy" in row.blocks:
            yield from stopping(row.blocks["before_deploy"])
        # Not `( ... ) || exit`: what stands before an `||` goes on after a failure, whatever `set -e` says.
        yield from (
            "(",
            "\n".join(("set -e", *made.commands)),
            ")",
            *([] if one.allow_failure else ['[ "$?" = 0 ] || exit 2']),
        )
        yield from _after(row.blocks.get("after_deploy"))
        yield from ["fi"] * (bool(event) + bool(one.tests))
