"""Travis's own variables on GitHub, as far as commands use them."""

from __future__ import annotations

from collections.abc import Mapping

from travistool.migrate.github.slots import slot
from travistool.migrate.model import Row
from travistool.migrate.tasks import Tasks
from travistool.migrate.unset import assigned

_TYPE = "github.event_name == 'schedule' && 'cron' || github.event_name == 'workflow_dispatch' && 'api' || github.event_name"
_URL = "${{ github.server_url }}/${{ github.repository }}/actions/runs/${{ github.run_id }}"

WORKFLOW: Mapping[str, str] = {
    "CONTINUOUS_INTEGRATION": "true",
    "TRAVIS": "true",
    "TRAVIS_BRANCH": "${{ github.base_ref || github.ref_name }}",
    "TRAVIS_BUILD_ID": "${{ github.run_id }}",
    "TRAVIS_BUILD_NUMBER": "${{ github.run_number }}",
    "TRAVIS_BUILD_WEB_URL": _URL,
    "TRAVIS_COMMIT": "${{ github.sha }}",
    "TRAVIS_EVENT_TYPE": f"${{{{ {_TYPE} }}}}",
    "TRAVIS_JOB_ID": "${{ github.run_id }}",
    "TRAVIS_JOB_RESTARTED": "${{ github.run_attempt != '1' }}",
    "TRAVIS_JOB_WEB_URL": _URL,
    "TRAVIS_PULL_REQUEST": "${{ github.event.pull_request.number || 'false' }}",
    "TRAVIS_PULL_REQUEST_BRANCH": "${{ github.head_ref }}",
    "TRAVIS_PULL_REQUEST_IS_DRAFT": "${{ github.event.pull_request.draft }}",
    "TRAVIS_PULL_REQUEST_SHA": "${{ github.event.pull_request.head.sha }}",
    "TRAVIS_PULL_REQUEST_SLUG": "${{ github.event.pull_request.head.repo.full_name }}",
    "TRAVIS_REPO_PRIVATE": "${{ github.event.repository.private }}",
    "TRAVIS_REPO_SLUG": "${{ github.repository }}",
    "TRAVIS_SECURE_ENV_VARS": (
        "${{ github.event_name != 'pull_request' || github.event.pull_request.head.repo.full_name == github.repository }}"
    ),
    "TRAVIS_TAG": "${{ github.ref_type == 'tag' && github.ref_name || '' }}",
}
"""What GitHub's contexts say, the same for all jobs."""

WORKSPACE = "TRAVIS_BUILD_DIR"
"""GitHub's context says it, but not for what runs in a container."""

SHELL: Mapping[str, str] = {
    WORKSPACE: '"$GITHUB_WORKSPACE"',
    "TRAVIS_HOME": '"$HOME"',
    "TRAVIS_TMPDIR": '"$RUNNER_TEMP"',
    "TRAVIS_COMMIT_MESSAGE": '"$(git log -1 --format=%B)"',
    "TRAVIS_COMMIT_RANGE": '"${BEFORE:+$BEFORE...$AFTER}"',
}
"""What only a shell can say, as the text behind `NAME=`."""

RANGE: Mapping[str, str] = {
    "BEFORE": "${{ github.event.pull_request.base.sha || github.event.before }}",
    "AFTER": "${{ github.event.pull_request.head.sha || github.sha }}",
}

_LITERAL: Mapping[str, str] = {
    "TRAVIS_INIT": "systemd",
    "TRAVIS_INFRA": "unknown",
    "TRAVIS_SUDO": "true",
    "TRAVIS_ROOT": "/",
}
_LATER = ("TRAVIS_TEST_RESULT",)


def workflow_variables(rows: tuple[Row, ...]) -> dict[str, str]:
    """Return the variables that the commands of any row use, for the whole workflow."""
    used = {name for row in rows for name in row.builtins}
    return {name: text for name, text in WORKFLOW.items() if name in used}


def row_variables(row: Row, number: str, tolerated: str, tasks: Tasks, *, bare: bool) -> dict[str, str]:
    """Return those that differ from row to row. What has no equal becomes a task. `number` may hold slots.

    `bare`: the job runs in a container.
    """
    found = {}
    known: Mapping[str, str] = {
        "TRAVIS_ALLOW_FAILURE": tolerated,
        "TRAVIS_ARCH": row.arch or "amd64",
        "TRAVIS_BUILD_STAGE_NAME": (row.stage or "")[:1].upper() + (row.stage or "")[1:],
        "TRAVIS_COMPILER": row.version("compiler"),
        "TRAVIS_CPU_ARCH": row.arch or "amd64",
        "TRAVIS_DIST": row.dist or ("notset" if row.os != "linux" else "noble"),
        "TRAVIS_JOB_NAME": row.job.name or "",
        "TRAVIS_LANGUAGE": row.language.name,
        "TRAVIS_OSX_IMAGE": row.osx_image,
        "TRAVIS_OS_NAME": row.os,
        **_LITERAL,
    }
    language = {variable.name: variable for variable in row.language_variables}
    own = {variable.name for variable in row.variables}
    set_here = assigned(row.commands())
    for name in row.builtins:
        if name == WORKSPACE and not bare and name not in own:
            found[name] = "${{ github.workspace }}"
        if name in WORKFLOW or name in SHELL or name in _LATER or name in own:
            continue
        if name == "TRAVIS_JOB_NUMBER":
            found[name] = number
        elif name in known:
            found[name] = slot(name, known[name])
        elif name in language and language[name].kind == "plain":
            found[name] = slot(_key(row, language[name].value, name), language[name].value)
        elif name.endswith("_VERSION") or name in ("TRAVIS_OTP_RELEASE", "TRAVIS_GO_IMPORT_PATH"):
            continue
        elif name not in set_here:
            way = "take it out of the commands, or set it yourself"
            tasks.add("variable", f"the variable {name} has no equal", way)
    return found


def _key(row: Row, value: str, name: str) -> str:
    """Return the name under which the matrix has a version; the variable's own where none has this value."""
    keys = {"python": "python", "node_js": "node", "rvm": "ruby", "php": "php", "go": "go", "rust": "rust"}
    mapped = next((keys[key] for key, text in row.versions if text == value and key in keys), None)
    return mapped if mapped is not None and mapped == "rust" else name


def secret_name(name: str) -> str:
    """Return the name of a secret as GitHub takes it: those that begin like its own are refused."""
    return f"OWN_{name}" if name.upper().startswith("GITHUB_") else name
