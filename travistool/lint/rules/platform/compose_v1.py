"""The first version of Docker Compose, installed by hand: it is not kept up, and images have the second."""

from __future__ import annotations

from collections.abc import Iterator
from re import match, search

from travistool.catalog.retired import COMPOSE
from travistool.diagnostics import Severity
from travistool.lint.downloads import fetched
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import call, calls, program
from travistool.lint.subject import File

_RELEASE = r"^/docker/compose/releases/download/(?P<version>[^/]+)/"


def check(file: File) -> Iterator[Finding]:
    if file.as_of < COMPOSE.since:
        return
    message = f"this installs Compose 1, which has had no support since {COMPOSE.since}, use '{COMPOSE.successor}' of the image"
    for command, one in calls(file, "docker-compose", "docker/compose"):
        for word, address in fetched(one):
            found = search(_RELEASE, address.path)
            if found is not None and match(r"v?1\.", _version(file, found["version"])):
                yield Finding(command.span(word.start, word.end), message)
        words = call(one)
        if program(one) in ("pip", "pip3", "pip2") and any(word.text == "install" for word in words[1:3]):
            for word in words:
                if match(r"docker-compose(?:[=<>~]|$)", word.text):
                    yield Finding(command.span(word.start, word.end), message)


def _version(file: File, text: str) -> str:
    """Return the version that a text names, by way of a variable of the config too."""
    found = match(r"\$\{?(?P<name>\w+)\}?$", text)
    if found is None:
        return text
    return next((one.value.strip("\"'") for one in file.variables if one.name == found["name"]), "")


RULE = Rule(
    name="compose-v1",
    severity=Severity.INFO,
    summary="version 1 of Docker Compose is installed",
    why="It ended in July 2023 and cannot talk to newer engines. The images of Travis have version 2 as a plugin: "
    "`docker compose`.",
    bad="language: c\nservices: docker\ninstall:\n  - pip install docker-compose # <- here\n",
    good="language: c\nservices: docker\ninstall:\n  - docker compose version\n",
    check=check,
    trigger=("docker-compose", "docker/compose"),
)
