"""The engines by name; each is loaded when it is used."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import Literal, TypeVar, get_args

from travistool.cli.container_settings import ContainerSettings
from travistool.cli.terminal import write_aside
from travistool.errors import EngineError, UsageError
from travistool.record import Record
from travistool.schema.store import root
from travistool.simulate.docker.options import MEMORY, PIDS, DockerOptions, Nested, Network, Pull, is_name
from travistool.simulate.engine import Engine

NAMES = ("auto", "docker", "host")
"""What `--engine` takes; `auto` is the first one that works."""

Deploy = Literal["dry", "script", "all"]
T = TypeVar("T")


class EngineOptions(Record):
    """What the command line says about engines. `caches` is the folder that caches are kept in, `` for none.

    `project` names what is kept on a container engine; what is below it is for that one only: what is empty was not given,
    and the project's `settings` count.
    """

    name: str = "auto"
    deploy: Deploy = "dry"
    caches: str = ""
    allow_sudo: bool = False
    project: str = "none"
    images: tuple[str, ...] = ()
    pull: str = ""
    network: str = ""
    docker: str = ""
    memory: str = ""
    pids: int = 0
    dns: tuple[str, ...] = ()
    insecure_registries: tuple[str, ...] = ()
    settings: ContainerSettings = ContainerSettings()


def engine_for(options: EngineOptions) -> Engine:
    """Return the engine that the options ask for. Raises EngineError, and UsageError for what makes no sense."""
    if options.name not in NAMES:
        raise UsageError(f"--engine takes one of {', '.join(NAMES)}, not '{options.name}'")
    asked = docker_options(options)
    if options.name == "host":
        if given := _of_containers(options):
            raise UsageError(
                f"{given[0]} is for containers, and the host engine has none", f"leave out {given[0]} or --engine host"
            )
        return _host(options)
    if options.name == "docker" and options.allow_sudo:
        raise UsageError(
            "--allow-sudo is for the host engine", "containers of --engine docker have a sudo of their own"
        )
    if options.name == "auto" and find_spec("docker") is None:
        return _stepping_in(options)
    return _docker(options, asked)


def _of_containers(options: EngineOptions) -> list[str]:
    """Return the options of the command line that only containers can do."""
    values = {
        "--network": options.network,
        "--image": options.images,
        "--pull": options.pull,
        "--docker": options.docker,
        "--memory": options.memory,
        "--pids": options.pids,
        "--dns": options.dns,
        "--insecure-registry": options.insecure_registries,
    }
    return [flag for flag, value in values.items() if value]


def _stepping_in(options: EngineOptions) -> Engine:
    """Return the host engine where containers would be tried first."""
    given = _of_containers(options)
    if options.network == "none":
        raise EngineError(
            "--network none needs containers, and no engine for them is here", "leave it out, or start one"
        )
    if given:
        write_aside(
            f"note: the host engine has no containers: {', '.join(given)} {'have' if len(given) > 1 else 'has'} no effect\n"
        )
    return _host(options)


def docker_options(options: EngineOptions) -> DockerOptions:
    """Return what the options say about containers. Raises UsageError."""
    pulls: dict[str, Pull] = {one: one for one in get_args(Pull)}
    networks: dict[str, Network] = {one: one for one in get_args(Network)}
    engines: dict[str, Nested] = {one: one for one in get_args(Nested)}
    settings = options.settings
    memory = options.memory or settings.memory
    return DockerOptions(
        images=dict(_images((*settings.images, *options.images))),
        pull=_one_of("--pull", pulls, options.pull or settings.pull or "missing"),
        network=_one_of("--network", networks, options.network or settings.network or "bridge"),
        docker=_one_of("--docker", engines, options.docker or settings.docker or "nested"),
        project=options.project,
        insecure_registries=tuple(
            _registry(one) for one in options.insecure_registries or settings.insecure_registries
        ),
        dns=tuple(_address(one) for one in options.dns or settings.dns),
        memory_bytes=_bytes(memory) if memory else MEMORY,
        pids=options.pids or settings.pids or PIDS,
    )


def _address(text: str) -> str:
    # Imported late: few calls name a server.
    from ipaddress import ip_address  # noqa: PLC0415

    try:
        return str(ip_address(text))
    except ValueError as error:
        raise UsageError(f"--dns takes an address such as 10.0.0.2, not '{text}'") from error


def _registry(text: str) -> str:
    if not re.fullmatch(r"[\w.-]+(?::\d+)?|[\d.]+/\d+", text):
        raise UsageError(f"--insecure-registry takes HOST:PORT, not '{text}'")
    return text


def _one_of(flag: str, known: Mapping[str, T], text: str) -> T:
    if text not in known:
        raise UsageError(f"{flag} takes one of {', '.join(known)}, not '{text}'")
    return known[text]


def _images(texts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for text in texts:
        key, sign, image = text.partition("=")
        if not sign or not key or not image:
            raise UsageError(f"--image takes KEY=IMAGE, such as python:3.9=python:3.9-slim, not '{text}'")
        if not is_name(image):
            raise UsageError(f"'{image}' is no name of an image, in --image {text}", "names are like python:3.9-slim")
        language, colon, version = key.partition(":")
        yield _language(language) + colon + version, image


def _language(text: str) -> str:
    """Return a language by its own name: people may know another one of it."""
    found = root().key("language")
    return text if found is None else found.value_aliases.get(text.lower(), text)


def _bytes(text: str) -> int:
    found = re.fullmatch(r"(\d+)([kmg]?)b?", text.lower())
    if found is None or not int(found[1]):
        raise UsageError(f"--memory takes a size such as 512m or 4g, not '{text}'")
    return int(found[1]) << {"": 0, "k": 10, "m": 20, "g": 30}[found[2]]


def _docker(options: EngineOptions, asked: DockerOptions) -> Engine:
    from travistool.simulate.docker.engine import DockerEngine  # noqa: PLC0415  # as all engines

    engine = DockerEngine(asked, options.deploy)
    try:
        # Now, rather than when the first job runs: without one, nothing is to be shown as about to run.
        engine.connect()
    except EngineError as error:
        # Who names an engine means it: jobs must not run unprotected because of a slip.
        if options.name != "auto" or any(os.environ.get(name) for name in ("DOCKER_HOST", "DOCKER_CONTEXT")):
            raise
        write_aside(f"note: {error.message}; the host engine steps in\n")
        return _stepping_in(options)
    return engine


def _host(options: EngineOptions) -> Engine:
    from travistool.simulate.host import HostEngine  # noqa: PLC0415  # as all engines

    if options.caches:
        os.makedirs(options.caches, mode=0o700, exist_ok=True)
    means = HostEngine.means._replace(deploy=options.deploy)
    return HostEngine(means, options.caches, allow_sudo=options.allow_sudo)
