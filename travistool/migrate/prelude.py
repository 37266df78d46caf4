"""What stands in front of a job that is one Bash script: Travis's variables, the config's own, packages, a display."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from travistool.migrate import programs, providers, shell
from travistool.migrate.machine import brewfile
from travistool.migrate.model import Row, Variable
from travistool.migrate.tasks import Tasks
from travistool.migrate.tools import archive, tools
from travistool.migrate.whole import variables_for

LITERALS: Mapping[str, str] = {
    "CONTINUOUS_INTEGRATION": "true",
    "TRAVIS": "true",
    "TRAVIS_HOME": '"$HOME"',
    "TRAVIS_JOB_RESTARTED": "false",
    "TRAVIS_SUDO": "true",
    "TRAVIS_TMPDIR": '"$(mktemp -d)"',
}
"""What follows `NAME=` on every system."""

SUBMODULES = "[ ! -f .gitmodules ] || git submodule update --init --recursive || exit"
"""For systems that fetch no submodules by themselves."""

_SUDO = """\
command -v sudo > /dev/null || {
  printf '#!/bin/sh\\nwhile case "$1" in -*) true ;; *) false ;; esac; do shift; done\\nexec "$@"\\n' > /usr/local/bin/sudo
  chmod +x /usr/local/bin/sudo
}"""
"""Images run as root and have no `sudo`: one that drops its options and runs the rest."""


_REPOSITORIES = (
    "command -v add-apt-repository > /dev/null || "
    "{ sudo apt-get update && sudo apt-get install -y --no-install-recommends software-properties-common; } || exit"
)
"""Images do not have what adds sources of packages."""


def prelude(row: Row, known: Mapping[str, str], *, more: tuple[str, ...] = (), plain: bool = False) -> list[str]:
    """Return the lines. `known` has what follows `NAME=` for Travis's variables on that system; `more` are wanted, too.

    `plain`: plain variables of the config are exported here, because the system has no exact place for them.
    """
    return [*assigned(row, exports(row, known, more), plain=plain), *prepared(row)]


def assigned(row: Row, exported: Iterable[str], *, plain: bool = False) -> list[str]:
    """Return the lines that set a row's variables, behind `exported`; `plain` as in `prelude`."""
    lines = ["set +eo pipefail", *exported]
    encrypted = [one.name for one in row.variables if one.kind == "line"]
    if encrypted:
        words = " ".join(f'"${name}"' for name in encrypted)
        lines.append(f'for line in {words}; do [ -z "$line" ] || export "$line"; done')
    for one in row.variables:
        if one.kind == "shell":
            lines.append(shell.followed(f"export {one.name}={one.value}", "|| true"))
        elif one.kind == "plain" and plain:
            lines.append(f"export {one.name}={shell.quoted(one.value)}")
    return lines


def prepared(row: Row) -> list[str]:
    """Return the lines that make the machine ready: packages, the display."""
    lines = [_SUDO] if installs_as_root(row) else []
    lines += archive(row, "\n".join((row.texts, *installing(row))))
    if any("add-apt-repository" in command for setup in row.setups for command in setup.commands):
        lines.append(_REPOSITORIES)
    lines += [shell.followed(command, "|| exit") for setup in row.setups for command in setup.commands]
    if brewfile(row.job):
        lines.append(f"{brewfile(row.job)} || exit")
    return [
        *lines,
        *tools(row),
        *programs.display(row, installs=True),
        *programs.compose(row),
        *programs.nvm(row),
        *programs.gopath(row),
    ]


def installs_as_root(row: Row) -> bool:
    """Tell whether a job on Linux calls sudo, which images of languages seldom have."""
    return row.os == "linux" and any("sudo " in text for text in (row.texts, *installing(row)))


def installing(row: Row) -> tuple[str, ...]:
    """Return the lines of ours that may install something."""
    own = [command for setup in row.setups for command in setup.commands]
    return (*own, *tools(row), *programs.display(row, installs=True), *programs.compose(row))


def exports(row: Row, known: Mapping[str, str], more: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the lines that define what a row's script reads of Travis's own variables."""
    for one in travis_variables(row, known, more):
        yield f"export {one.name}={one.value if one.kind == 'shell' else shell.quoted(one.value)}"


def travis_variables(row: Row, known: Mapping[str, str], more: tuple[str, ...] = ()) -> Iterator[Variable]:
    """Yield those of Travis's variables that a row's script reads; those of the system are pieces of shell."""
    own = {one.name for one in row.variables}
    fixed = _of_row(row)
    language = {one.name: one for one in row.language_variables}
    compilers = [name for name in ("CC", "CXX") if name in language]
    for name in dict.fromkeys((*variables_for(row), *more, *compilers)):
        if name in own:
            continue
        if name in known or name in LITERALS:
            value = known.get(name) or LITERALS[name]
            yield Variable(name, value, "plain" if value.isalpha() else "shell")
        elif name in fixed:
            yield Variable(name, fixed[name])
        elif name in language:
            yield language[name]


def _of_row(row: Row) -> Mapping[str, str]:
    return {
        "TRAVIS_ALLOW_FAILURE": "false",
        "TRAVIS_ARCH": row.arch or "amd64",
        "TRAVIS_BUILD_STAGE_NAME": (row.stage or "")[:1].upper() + (row.stage or "")[1:],
        "TRAVIS_COMPILER": row.version("compiler"),
        "TRAVIS_CPU_ARCH": row.arch or "amd64",
        "TRAVIS_DIST": row.dist or "jammy",
        "TRAVIS_JOB_NAME": row.job.name or "",
        "TRAVIS_JOB_NUMBER": row.job.number,
        "TRAVIS_LANGUAGE": row.language.name,
        "TRAVIS_OSX_IMAGE": row.osx_image,
        "TRAVIS_OS_NAME": row.os,
    }


def secrets_of(row: Row) -> tuple[str, ...]:
    """Return the names of the secrets that a row's script reads, deployments included; each is a variable, too."""
    found = [one.value for one in row.variables if one.kind in ("secret", "line")]
    silent = Tasks()
    found += [name for one in row.deployments for name in providers.commands(one, silent, row).secrets]
    return tuple(dict.fromkeys(found))
