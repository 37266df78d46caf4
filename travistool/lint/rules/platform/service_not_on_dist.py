"""A service that the image does not have: starting it fails without ending the job, and the tests find nobody."""

from __future__ import annotations

from collections.abc import Iterator
from re import search

from travistool.catalog.preinstalled import SERVICES
from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, place
from travistool.schema.elements import Element, flatten


def check(file: File) -> Iterator[Finding]:
    for owner in file.owners:
        services = owner.get("services")
        dists = _values(owner, file.root, "dist")
        is_linux = _values(owner, file.root, "os") <= {"linux"}
        for one in flatten(services) if services is not None else ():
            row = SERVICES.get(str(one.value))
            if row is None or not is_linux or not dists or dists & set(row.dists) or _is_installed(file, row.names):
                continue
            dist = ", ".join(sorted(dists))
            yield Finding(place(one), f"the image '{dist}' has no '{one.value}', {row.instead}")


def _values(owner: Element, root: Element, key: str) -> set[str]:
    found = [one.get(key) for one in ({id(root): root, id(owner): owner}).values()]
    last = next((one for one in reversed(found) if one is not None), None)
    return {str(one.value) for one in flatten(last)} if last is not None else set()


def _is_installed(file: File, names: str) -> bool:
    """Tell whether the config brings the service itself: as a package, or by a command that names it."""
    if any(search(names, command.text) for command in file.commands):
        return True
    return any(search(names, str(owner.get("addons").plain())) for owner in file.owners if owner.get("addons"))  # type: ignore[union-attr]


RULE = Rule(
    name="service-not-on-dist",
    severity=Severity.WARNING,
    summary="the image does not have a service that is to be started",
    why="Images from xenial on come without it. Travis goes on when starting fails, so that the tests are the first to notice.",
    bad="language: php\ndist: jammy\nservices: rabbitmq # <- here\n",
    good="language: php\ndist: jammy\nservices: rabbitmq\naddons:\n  apt:\n    packages: rabbitmq-server\n",
    check=check,
    trigger=tuple(("services", name) for name in ("rabbitmq", "cassandra", "neo4j", "riak")),
)
