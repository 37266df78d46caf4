"""Which image a job or a service runs on: what the user says, else the suggestion for its language and version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from travistool.catalog.images import BY_DIST
from travistool.catalog.language import image as suggested
from travistool.catalog.services import BY_NAME, Service, image_of
from travistool.catalog.settings import as_text
from travistool.plan.model import Job
from travistool.plan.phases import language_of
from travistool.simulate.docker.options import is_name
from travistool.simulate.script import addons

DOCKER = "docker:24-dind"
"""The engine of a job with `services: docker`."""


class Wanted(NamedTuple):
    """A service that a job has beside it, the version that it asks for (`` for none), and the image of it."""

    service: Service
    version: str
    image: str


def image_for(job: Job, images: Mapping[str, str]) -> str | None:
    """Return the image of a job; None where there is none. The first key that `images` has wins (see `keys`)."""
    for key in keys(job):
        if key in images:
            return images[key]
    language = language_of(job)
    found = suggested(language, language.settings(job.config))
    if found is None and not language.images.image:
        found = BY_DIST.get(_dist(job))
    return found if found and is_name(found) else None


def keys(job: Job) -> Iterator[str]:
    """Yield the keys by which people can give a job an image, the most specific one first."""
    yield job.number
    if job.name:
        yield job.name
    language = language_of(job)
    settings = language.settings(job.config)
    for key in language.versions:
        if version := settings.first(key):
            yield f"{language.name}:{version}"
    yield from dict.fromkeys((as_text(job.config.get("language") or language.name), language.name))
    arch = as_text(job.config.get("arch") or "amd64")
    yield f"{_dist(job)}/{arch}"
    yield _dist(job)
    yield "default"


def services_of(job: Job, images: Mapping[str, str]) -> tuple[Wanted, ...]:
    """Return the services that run beside a job, those that addons start included. Others are not known here."""
    asked = addons.addons_of(job)
    found: dict[str, str] = {name: "" for name in addons.names(job) if name in BY_NAME}
    if "postgresql" in found or "postgresql" in asked:
        found["postgresql"] = addons.postgresql_version(job)
    for name in ("mariadb", "rethinkdb"):
        if name in asked:
            version = asked[name]
            found[name] = "" if version is True else as_text(version)
    return tuple(_wanted(BY_NAME[name], version, _dist(job), images) for name, version in found.items())


def needs_docker(job: Job) -> bool:
    """Tell whether a job has an engine of its own."""
    return "docker" in addons.names(job)


def unknown_services(job: Job) -> tuple[str, ...]:
    """Return the services that cannot be started here."""
    inside = {"docker", "xvfb"}
    return tuple(name for name in addons.names(job) if name not in BY_NAME and name not in inside)


def _wanted(service: Service, version: str, dist: str, images: Mapping[str, str]) -> Wanted:
    full = f"{service.name}:{version or service.versions.get(dist, service.default)}"
    for key in (full, service.name, service.name.removesuffix("-server")):
        if key in images:
            return Wanted(service, version, images[key])
    return Wanted(service, version, image_of(service, version, dist))


def _dist(job: Job) -> str:
    return as_text(job.config.get("dist") or "focal")
