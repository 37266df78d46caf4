"""A client is called, and the service behind it was never started."""

from __future__ import annotations

from collections.abc import Iterator
from re import search

from travistool.diagnostics import Severity
from travistool.lint.fixes import service_for
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import call, calls, is_conditional, program
from travistool.lint.shell_text import Simple
from travistool.lint.subject import Command, File
from travistool.lint.wording import quoted
from travistool.schema.elements import flatten

_CLIENTS = {
    "mysql": "mysql",
    "mysqladmin": "mysql",
    "psql": "postgresql",
    "createdb": "postgresql",
    "createuser": "postgresql",
    "mongo": "mongodb",
    "redis-cli": "redis",
    "docker": "docker",
    "docker-compose": "docker",
}
_NEEDS = ("build", "run", "pull", "push", "up", "compose", "exec", "ps", "images", "load", "network")
_OTHERWISE = {
    "mysql": ("mariadb", "mysqld", "mysql start", "mysql restart", "start mysql", "mysql.server", "mysql-server"),
    "postgresql": ("postgresql", "postgres start", "pg_ctl"),
    "mongodb": ("mongod", "mongodb"),
    "redis": ("redis-server", "redis start", "start redis", "install redis", "redis restart"),
    "docker": ("docker start", "start docker", "dockerd", "docker-ce", "docker.io", "get.docker.com", "docker restart",
               "restart docker", "docker-machine", "docker-engine"),
}  # fmt: skip
_DISTS = ("xenial", "bionic", "focal", "jammy", "noble")


def check(file: File) -> Iterator[Finding]:
    told = set()
    for command, one in calls(file, *_CLIENTS):
        service = _CLIENTS.get(program(one))
        if service is None or service in told or is_conditional(one) or not _connects(one):
            continue
        if any(word in file.text for word in _OTHERWISE[service]) or _is_started(file, command, service):
            continue
        first = call(one)[0]
        if "/" in first.text:
            continue
        told.add(service)
        message = f"{quoted(program(one))} needs the service '{service}', which is not started: add it to 'services'"
        yield Finding(command.span(first.start, first.end), message, service_for(file, command, service))


def _connects(one: Simple) -> bool:
    """Tell whether the client speaks to a service of this machine."""
    words = [word.text for word in call(one)]
    if words[0].startswith("docker"):
        return any(word in _NEEDS for word in words[1:3])
    return not any(
        search(r"^(-h|--host|-H)|[/:@]", word) or word in ("--version", "-V", "--help") for word in words[1:]
    )


def _is_started(file: File, command: Command, service: str) -> bool:
    """Tell whether `services` of some job has it, or the jobs run where it always does or never can."""
    # A job has its own services or those of the root; a command of the root may be meant for some of the jobs.
    jobs = [one for one in command.owners if one is not file.root]
    for owner in [*jobs, file.root] if len(jobs) == len(command.owners) else file.owners:
        services = owner.get("services")
        if services is not None and any(service in str(one.value) for one in flatten(services)):
            return True
    for owner in (*command.owners, file.root):
        named = [str(one.value) for key in ("os", "dist") if (found := owner.get(key)) for one in flatten(found)]
        if any(name not in (*_DISTS, "linux") for name in named):
            return True
    return any("service" in one.text and service in one.text for one in file.commands if one.phase != "script")


RULE = Rule(
    name="service-not-declared",
    severity=Severity.WARNING,
    summary="a command needs a service that is not started",
    why="Since the image xenial Travis starts only the services that the config lists: without it the client has "
    "no server to talk to, and the job fails.",
    bad='language: php\nscript:\n  - mysql -e "create database test" # <- here\n  - phpunit\n',
    good='language: php\nservices: mysql\nscript:\n  - mysql -e "create database test"\n  - phpunit\n',
    check=check,
    trigger=("mysql", "psql", "createdb", "createuser", "mongo", "docker", "redis-cli"),
    fix="unsafe",
)
