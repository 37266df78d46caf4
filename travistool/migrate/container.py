"""A job in a container: its image, the services beside it, and what stands in front of its script.

For targets that hand a job to an image of its own instead of a machine as Travis has it.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from travistool.catalog.images import BY_DIST
from travistool.catalog.language import image
from travistool.migrate import providers, shell
from travistool.migrate.machine import brewfile, starts_display
from travistool.migrate.model import Row, Service, Variable
from travistool.migrate.tasks import Tasks
from travistool.migrate.whole import variables_for

_DEFAULTS = {"postgresql": "13", "mysql": "5.7", "mariadb": "10.11", "rethinkdb": "2.4"}
_ENV: Mapping[str, Mapping[str, str]] = {
    "postgresql": {"POSTGRES_HOST_AUTH_METHOD": "trust"},
    "mysql": {"MYSQL_ALLOW_EMPTY_PASSWORD": "yes"},
    "mariadb": {"MARIADB_ALLOW_EMPTY_ROOT_PASSWORD": "yes"},
    "elasticsearch": {"discovery.type": "single-node"},
    "neo4j": {"NEO4J_AUTH": "none"},
}
_ON_THE_MACHINE = frozenset(("xvfb", "sqlite3", "haveged", "docker"))
_SUDO = """\
command -v sudo > /dev/null || {
  printf '#!/bin/sh\\nwhile case "$1" in -*) true ;; *) false ;; esac; do shift; done\\nexec "$@"\\n' > /usr/local/bin/sudo
  chmod +x /usr/local/bin/sudo
}"""
"""Images run as root and have no `sudo`: one that drops its options and runs the rest."""

SUBMODULES = "[ ! -f .gitmodules ] || git submodule update --init --recursive || exit"
"""For systems that fetch no submodules by themselves."""


class Served(NamedTuple):
    """A service beside the job."""

    name: str
    image: str
    env: Mapping[str, str]


def image_of(row: Row, images: Mapping[str, str]) -> str:
    """Return the image of a row; `images` are those of a target's data file, `default` among them."""
    if any(one.name == "docker" for one in row.services):
        return images["default"]
    found = image(row.language, row.language.settings(row.job.config))
    return found or BY_DIST.get(row.dist) or images["default"]


def served(row: Row, images: Mapping[str, str], tasks: Tasks) -> list[Served]:
    """Return the services of a row that have an image; the others become tasks. `docker` is the target's matter."""
    found = []
    for one in row.services if row.os == "linux" else ():
        if one.name in images and one.name != "docker":
            name = images[one.name].format(version=one.version or _DEFAULTS.get(one.name, ""))
            found.append(Served(one.name, name, _ENV.get(one.name, {})))
        elif one.name not in _ON_THE_MACHINE:
            reason = f"there is no image for the service '{one.name}'"
            tasks.add("service", reason, "start it by commands", one.place)
    return found


def docker_of(row: Row) -> Service | None:
    """Return the service `docker` of a row; None where it does not ask for it."""
    return next((one for one in row.services if one.name == "docker"), None)


def exports(row: Row, table: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines that define those of Travis's variables that a row's script reads."""
    for one in travis_variables(row, table):
        yield f"export {one.name}={one.value if one.kind == 'shell' else shell.quoted(one.value)}"


def travis_variables(row: Row, table: Mapping[str, str]) -> Iterator[Variable]:
    """Yield those of Travis's variables that a row's script reads.

    `table` has what follows `NAME=` for those that the target knows of itself.
    """
    known: Mapping[str, str] = {
        "TRAVIS_ALLOW_FAILURE": "false",
        "TRAVIS_ARCH": row.arch or "amd64",
        "TRAVIS_COMPILER": row.version("compiler"),
        "TRAVIS_CPU_ARCH": row.arch or "amd64",
        "TRAVIS_DIST": row.dist or "jammy",
        "TRAVIS_JOB_NUMBER": row.job.number,
        "TRAVIS_LANGUAGE": row.language.name,
        "TRAVIS_OSX_IMAGE": row.osx_image,
        "TRAVIS_OS_NAME": row.os,
        "TRAVIS_BUILD_STAGE_NAME": row.stage or "",
        "TRAVIS_JOB_NAME": row.title,
        "TRAVIS_SUDO": "true",
        "TRAVIS": "true",
        "CONTINUOUS_INTEGRATION": "true",
        "TRAVIS_JOB_RESTARTED": "false",
    }
    own = {one.name for one in row.variables}
    language = {one.name: one for one in row.language_variables}
    wanted = variables_for(row)
    for name in (*wanted, *[one for one in ("CC", "CXX") if one in language and one not in wanted]):
        if name in own:
            continue
        if name in table:
            yield Variable(name, table[name], "shell")
        elif name in known:
            yield Variable(name, known[name])
        elif name in language:
            yield language[name]


def prelude(row: Row, exported: Iterable[str], *, plain: bool = False) -> list[str]:
    """Return the lines in front of a job's script: variables, packages, the display."""
    return [*assigned(row, exported, plain=plain), *prepared(row)]


def assigned(row: Row, exported: Iterable[str], *, plain: bool = False) -> list[str]:
    """Return the lines that set a row's variables.

    `plain`: also those whose values are known, for targets that have no better place for them.
    """
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
    lines = []
    commands = [command for setup in row.setups for command in setup.commands]
    if row.os == "linux" and ("sudo " in row.texts or any("sudo " in one for one in commands)):
        lines.append(_SUDO)
    lines += [shell.followed(command, "|| exit") for command in commands]
    if brewfile(row.job):
        lines.append(f"{brewfile(row.job)} || exit")
    if any(one.name == "xvfb" for one in row.services) or starts_display(row.texts):
        lines += ["Xvfb :99 -screen 0 1280x1024x24 > /dev/null 2>&1 &", "export DISPLAY=:99.0"]
    return lines


def secrets_of(row: Row) -> tuple[str, ...]:
    """Return the names of the secrets that a row's script reads, deployments included; each is a variable, too."""
    found = [one.value for one in row.variables if one.kind in ("secret", "line")]
    silent = Tasks()
    found += [name for one in row.deployments for name in providers.commands(one, silent, row).secrets]
    return tuple(dict.fromkeys(found))
