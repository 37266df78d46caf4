"""What stands in front of a job that is one Bash script: Travis's variables, the config's own, packages, a display."""

import re
from collections.abc import Iterator, Mapping

from travistool.migrate import shell
from travistool.migrate.machine import brewfile, starts_display
from travistool.migrate.model import Row
from travistool.migrate.tasks import Tasks
from travistool.migrate.whole import variables_for

LITERALS: Mapping[str, str] = {
    "CONTINUOUS_INTEGRATION": "true",
    "TRAVIS": "true",
    "TRAVIS_HOME": '"$HOME"',
    "TRAVIS_SUDO": "true",
    "TRAVIS_TMPDIR": '"$(mktemp -d)"',
}
"""What follows `NAME=` on every system."""

_SECRET = re.compile(r"as the secret (\w+)")
_SUDO = """\
command -v sudo > /dev/null || {
  printf '#!/bin/sh\\nwhile case "$1" in -*) true ;; *) false ;; esac; do shift; done\\nexec "$@"\\n' > /usr/local/bin/sudo
  chmod +x /usr/local/bin/sudo
}"""
_DISPLAY = ("Xvfb :99 -screen 0 1280x1024x24 > /dev/null 2>&1 &", "export DISPLAY=:99.0")


def prelude(row: Row, known: Mapping[str, str], *, more: tuple[str, ...] = (), literal: bool = False) -> list[str]:
    """Return the lines. `known` has what follows `NAME=` for Travis's variables on that system; `more` are wanted, too.

    `literal`: plain variables of the config are exported here, because the system has no exact place for them.
    """
    lines = ["set +eo pipefail", *exports(row, known, more)]
    encrypted = [one.name for one in row.variables if one.kind == "line"]
    if encrypted:
        words = " ".join(f'"${name}"' for name in encrypted)
        lines.append(f'for line in {words}; do [ -z "$line" ] || export "$line"; done')
    for one in row.variables:
        if one.kind == "shell":
            lines.append(shell.followed(f"export {one.name}={one.value}", "|| true"))
        elif one.kind == "plain" and literal:
            lines.append(f"export {one.name}={shell.quoted(one.value)}")
    commands = [command for setup in row.setups for command in setup.commands]
    if installs_as_root(row):
        lines.append(_SUDO)
    lines += [shell.followed(command, "|| exit") for command in commands]
    if brewfile(row.job):
        lines.append(f"{brewfile(row.job)} || exit")
    if any(one.name == "xvfb" for one in row.services) or starts_display(row.texts):
        lines += _DISPLAY
    return lines


def installs_as_root(row: Row) -> bool:
    """Tell whether a job on Linux calls sudo, which images of languages seldom have."""
    told = (row.texts, *[command for setup in row.setups for command in setup.commands])
    return row.os == "linux" and any("sudo " in text for text in told)


def exports(row: Row, known: Mapping[str, str], more: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the lines that define what a row's script reads of Travis's own variables."""
    own = {one.name for one in row.variables}
    fixed = _of_row(row)
    language = {one.name: one for one in row.language_variables}
    compilers = [name for name in ("CC", "CXX") if name in language]
    for name in dict.fromkeys((*variables_for(row), *more, *compilers)):
        if name in own:
            continue
        if name in known or name in LITERALS:
            yield f"export {name}={known.get(name) or LITERALS[name]}"
        elif name in fixed:
            yield f"export {name}={shell.quoted(fixed[name])}"
        elif name in language:
            one = language[name]
            yield f"export {name}={one.value if one.kind == 'shell' else shell.quoted(one.value)}"


def _of_row(row: Row) -> Mapping[str, str]:
    return {
        "TRAVIS_ALLOW_FAILURE": "false",
        "TRAVIS_ARCH": row.arch or "amd64",
        "TRAVIS_BUILD_STAGE_NAME": row.stage or "",
        "TRAVIS_COMPILER": row.version("compiler"),
        "TRAVIS_CPU_ARCH": row.arch or "amd64",
        "TRAVIS_DIST": row.dist or "jammy",
        "TRAVIS_JOB_NAME": row.job.name or "",
        "TRAVIS_JOB_NUMBER": row.job.number,
        "TRAVIS_LANGUAGE": row.language.name,
        "TRAVIS_OSX_IMAGE": row.osx_image,
        "TRAVIS_OS_NAME": row.os,
    }


def secret_names(row: Row, script: str, tasks: Tasks) -> tuple[str, ...]:
    """Return the names of the secrets that a job needs: those of its variables, and those that its script reads."""
    own = [one.name for one in row.variables if one.kind in ("secret", "line")]
    asked = [found[1] for task in tasks.all() if task.kind == "secret" and (found := _SECRET.search(task.do))]
    read = [name for name in asked if re.search(rf"\${{?{name}\b", script)]
    return tuple(dict.fromkeys((*own, *read)))
