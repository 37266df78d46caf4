"""A service that Travis knows is started by a command: `services` does it, before any phase and on each image."""

from __future__ import annotations

from collections.abc import Mapping

from travistool.diagnostics import Severity
from travistool.lint.fixes import service_for
from travistool.lint.jobs import value_of
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import call, calls
from travistool.lint.wording import quoted
from travistool.schema.elements import flatten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.shell import Word
    from travistool.lint.subject import Command, File

_SERVICES: Mapping[str, str] = {
    "cassandra": "cassandra",
    "couchdb": "couchdb",
    "docker": "docker",
    "elasticsearch": "elasticsearch",
    "memcached": "memcached",
    "mongodb": "mongodb",
    "mongod": "mongodb",
    "mysql": "mysql",
    "neo4j": "neo4j",
    "postgresql": "postgresql",
    "rabbitmq-server": "rabbitmq",
    "redis": "redis",
    "redis-server": "redis",
    "riak": "riak",
}
"""Names for the system, and those for Travis."""


def check(file: File) -> Iterator[Finding]:
    if "dpkg" in file.text:
        return  # a version of its own, which only the command can start
    found = [(command, asked) for command, one in calls(file, "start", "stop") if (asked := _asked(call(one)))]
    stopped = {name for _, (verb, name, _) in found if verb in ("stop", "restart")}
    for command, (verb, name, word) in found:
        if verb == "start" and name not in stopped and not _is_given(file, command, name):
            message = f"{quoted(word.text)} is started by hand, write 'services: {name}'"
            fix = service_for(file, command, name, instead=True)
            yield Finding(command.span(word.start, word.end), message, fix)


def _asked(words: tuple[Word, ...]) -> tuple[str, str, Word] | None:
    """Return verb, service and its word of `service x start`, `systemctl start x` and `/etc/init.d/x start`."""
    texts = [word.text for word in words]
    match texts:
        case ["service", name, verb]:
            word = words[1]
        case ["systemctl", verb, name]:
            word, name = words[2], name.removesuffix(".service")
        case [path, verb] if path.startswith("/etc/init.d/"):
            word, name = words[0], path.removeprefix("/etc/init.d/")
        case _:
            return None
    return (verb, _SERVICES[name], word) if name in _SERVICES else None


def _is_given(file: File, command: Command, name: str) -> bool:
    """Tell whether the service is on already, and the command starts it anew."""
    given = [value_of(file, owner, "services") for owner in command.owners]
    return any(str(one.value) == name for services in given if services is not None for one in flatten(services))


RULE = Rule(
    name="service-by-hand",
    severity=Severity.INFO,
    summary="a service is started by a command",
    why="`services` starts it before the first phase, by the name that the image knows, and the next reader of the file sees "
    "what the build needs.",
    bad="language: c\nbefore_script:\n  - sudo service mysql start # <- here\n",
    good="language: c\nservices: mysql\n",
    check=check,
    trigger=tuple(("start", name) for name in _SERVICES),
    profile="strict",
    fix="unsafe",
)
