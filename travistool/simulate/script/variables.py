"""The variables of a job, in the order in which its shell exports them.

Source: travis-build lib/travis/build/env and env.rb at 2812e526; the scheduler joins a config's variables to
`NAME=value` texts, and the compiler splits these again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from travistool.catalog.settings import as_text
from travistool.plan.model import Job
from travistool.record import Record
from travistool.simulate.script.facts import Build
from travistool.simulate.script.shell import Lines, call, comment, say, word

# A value is the first of these that fits; what follows it up to the next `NAME=` is lost.
_VALUES = (
    r"""(?:[^"'` ]?(?P<quote>["'`]).*?(?<!\\)(?P=quote))+""",  # pieces in quotes, one character in front of each
    r"(?:[^$]?\$\(.*?\))+",  # substitutions, the same; they end at the first parenthesis
    r"""[^"' ]+""",  # a bare word
    r"(?=\s)|\Z",  # nothing
)
_PAIR = rf"(?a)(?P<name>\w+)=(?P<value>{'|'.join(_VALUES)})"
_NOT_SET = "notset"
_SECRET = "_job_secret_{}"  # noqa: S105  # the name of a variable


class Variable(Record):
    """One variable; `text` is what the shell gets behind `NAME=`. A secret's text stays out of the script."""

    name: str
    text: str
    is_secret: bool = False


class Variables(Record):
    """Those of the repository's settings, then those of the config. `unknown` are encrypted texts without a value."""

    settings: tuple[Variable, ...]
    config: tuple[Variable, ...]
    unknown: tuple[str, ...]

    @property
    def secrets(self) -> tuple[Variable, ...]:
        """All that are secret; the script knows them by their place in this order, 1-based."""
        return tuple([one for one in (*self.settings, *self.config) if one.is_secret])


def pairs(text: str) -> Iterator[tuple[str, str]]:
    """Yield names and values of a joined text, split as Travis splits it, which is not as a shell would."""
    for found in re.finditer(_PAIR, text):
        yield found["name"], found["value"]


def variables_of(job: Job, build: Build) -> Variables:
    """Return the variables of a job. Encrypted ones are left out where the build must not use them."""
    found: list[Variable] = []
    unknown: list[str] = []
    seen = set()
    for name, value, _ in job.variables():
        text, is_secret = _joined(name, value, build)
        if text is None:
            unknown.append(_encrypted(value))
        elif text not in seen and (build.may_use_secrets or not is_secret):
            seen.add(text)
            found += [Variable(one, raw, is_secret) for one, raw in pairs(text)]
    return Variables(tuple(_settings(build)), tuple(found), tuple(unknown))


def has_secrets(job: Job, build: Build) -> bool:
    """Tell whether the job has encrypted variables that it may use, known here or not."""
    return build.may_use_secrets and any(isinstance(value, dict) for _, value, _ in job.variables())


def _joined(name: str, value: Any, build: Build) -> tuple[str | None, bool]:
    """Return `NAME=value` and whether it is a secret; None for the clear text of what is not known here."""
    if not isinstance(value, dict) or "secure" not in value:
        return f"{name}={as_text(value)}", False
    clear = build.secrets.get(_encrypted(value))
    if clear is None:
        return None, True
    if name and not clear.startswith(f"{name}="):
        return f"{name}={clear}", True
    return clear, True


def _encrypted(value: dict[str, Any]) -> str:
    return as_text(value.get("secure"))


def _settings(build: Build) -> Iterator[Variable]:
    branch = build.event.branch
    fitting = [one for one in build.settings if one.branch in (None, branch)]
    for one in sorted(fitting, key=lambda setting: setting.branch is not None):
        if one.public or build.may_use_secrets:
            yield Variable(one.name, one.value, not one.public)


def exports(variables: Variables) -> Lines:
    """Return the statements that export the variables of settings and config, as the log shows them."""
    numbers = {id(one): number for number, one in enumerate(variables.secrets, 1)}
    lines: Lines = []
    for title, group in (("repository settings", variables.settings), (".travis.yml", variables.config)):
        if group:
            lines += [say(f"Setting environment variables from {title}", "yellow")]
            lines += [_export(one, numbers.get(id(one), 0)) for one in group]
            lines += [say("")]
    for text in variables.unknown:
        lines.append(comment(f"an encrypted variable whose value is not known here: {text[:16]}..."))
    return lines


def _export(one: Variable, number: int) -> str:
    if not one.is_secret:
        return call(f"export {one.name}={one.text}", "echo")
    shown = f"export {one.name}=[secure]"
    return f'travis_cmd "export {one.name}=${_SECRET.format(number)}" --echo --secure --display {word(shown)}'


def secret_assignments(variables: Variables) -> str:
    """Return the text of the file that brings the secrets of a job to its shell; empty without any."""
    rows = [f"{_SECRET.format(number)}={word(one.text)}\n" for number, one in enumerate(variables.secrets, 1)]
    return "".join(rows)


def built_in(job: Job, build: Build) -> Lines:
    """Return the exports of Travis's own variables. Those that nothing tells are empty."""
    config, data = job.config, build.event.data()
    number = job.number.partition(".")[2] or "1"
    ids = {"builds": build.build_id, "jobs": build.build_id + int(number)}
    system = as_text(config.get("os") or "linux")
    stage = build.stage_titles.get((job.stage or "").lower(), job.stage or "")
    return [
        *(f"export {name}=true" for name in ("TRAVIS", "CI", "CONTINUOUS_INTEGRATION", "HAS_JOSH_K_SEAL_OF_APPROVAL")),
        "export PAGER=cat PS4=+ GIT_ASKPASS=echo BUILDKIT_PROGRESS=plain",
        *_exported(
            TRAVIS_ALLOW_FAILURE="true" if job.allow_failure else "false",
            TRAVIS_BRANCH=_text(data.get("branch")),
            TRAVIS_BUILD_ID=str(build.build_id),
            TRAVIS_BUILD_NUMBER=str(build.number),
            TRAVIS_BUILD_STAGE_NAME=stage[:1].upper() + stage[1:],
            TRAVIS_BUILD_WEB_URL=_url(build, "builds", ids["builds"]),
            TRAVIS_COMMIT=build.commit,
            TRAVIS_COMMIT_MESSAGE=build.message,
            TRAVIS_COMMIT_RANGE=build.commit_range,
            TRAVIS_EVENT_TYPE=build.event.type,
            TRAVIS_JOB_ID=str(ids["jobs"]),
            TRAVIS_JOB_NAME=job.name or "",
            TRAVIS_JOB_NUMBER=f"{build.number}.{number}",
            TRAVIS_JOB_RESTARTED="false",
            TRAVIS_JOB_RESTARTED_BY="",
            TRAVIS_JOB_WEB_URL=_url(build, "jobs", ids["jobs"]),
            TRAVIS_LANGUAGE=as_text(config.get("language") or ""),
            TRAVIS_OSX_IMAGE=as_text(config.get("osx_image") or ""),
            TRAVIS_OS_NAME=system,
            **_of_pull_request(build),
            TRAVIS_REPO_PRIVATE="false",
            TRAVIS_REPO_SLUG=build.repo,
            TRAVIS_SECURE_ENV_VARS="true" if has_secrets(job, build) else "false",
            TRAVIS_SUDO="true",
            TRAVIS_TAG=_text(data.get("tag")),
        ),
    ]


def machine(job: Job) -> Lines:
    """Return the exports that come first of all: those about the machine, which the checkout has already."""
    config = job.config
    system = as_text(config.get("os") or "linux")
    arch = as_text(config.get("arch") or "amd64")
    return [
        "export DEBIAN_FRONTEND=noninteractive",
        r"export ANSI_RED='\033[31;1m' ANSI_GREEN='\033[32;1m' ANSI_YELLOW='\033[33;1m' ANSI_RESET='\033[0m' ANSI_CLEAR='\033[0K'",
        'export SHELL="${SHELL:-/bin/bash}" TERM="${TERM:-xterm}" USER="${USER:-travis}"',
        *_exported(
            TRAVIS_ARCH=arch,
            TRAVIS_CPU_ARCH=arch,
            TRAVIS_OS_NAME=system,
            TRAVIS_DIST=as_text(config.get("dist") or _NOT_SET),
            TRAVIS_INIT="systemd" if system == "linux" else _NOT_SET,
            TRAVIS_INFRA="unknown",
            TRAVIS_APP_HOST="",
            TRAVIS_STACK_NAME="",
            TRAVIS_ROOT="/",
            TRAVIS_TEST_RESULT="",
            TRAVIS_CMD="",
        ),
        'export TRAVIS_HOME="$HOME"',
        'TRAVIS_TMPDIR="${TRAVISTOOL_TMP:-$(mktemp -d)}"',
        "export TRAVIS_TMPDIR",
        "unset TRAVISTOOL_TMP",
    ]


def _exported(**values: str) -> Iterator[str]:
    for name, value in values.items():
        yield f"export {name}={word(value) if value else ''}"


def _of_pull_request(build: Build) -> dict[str, str]:
    data = build.event.data()
    if not build.is_pull_request:
        given = {"": "false", "_BRANCH": "", "_SHA": "", "_SLUG": "", "_IS_DRAFT": ""}
    else:
        given = {
            "": str(build.pull_request),
            "_BRANCH": _text(data.get("head_branch")),
            "_SHA": build.pull_request_sha,
            "_SLUG": _text(data.get("head_repo") or build.repo),
            "_IS_DRAFT": "true" if data.get("draft") else "false",
        }
    return {f"TRAVIS_PULL_REQUEST{ending}": value for ending, value in given.items()}


def _url(build: Build, kind: str, number: int) -> str:
    return f"https://{build.host}/{build.repo}/{kind}/{number}"


def _text(value: object) -> str:
    return "" if value is None else str(value)
