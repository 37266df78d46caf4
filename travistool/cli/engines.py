"""The engines by name; each is loaded when it is used."""

import os
from dataclasses import replace
from typing import Literal, NamedTuple

from travistool.errors import UsageError
from travistool.simulate.engine import Engine

NAMES = ("auto", "host")
"""What `--engine` takes; `auto` is the first one that works."""

Deploy = Literal["dry", "script", "all"]


class EngineOptions(NamedTuple):
    """What the command line says about engines. `caches` is the folder that caches are kept in, `` for none."""

    name: str = "auto"
    deploy: Deploy = "dry"
    caches: str = ""
    allow_sudo: bool = False


def engine_for(options: EngineOptions) -> Engine:
    """Return the engine that the options ask for. Raises EngineError, and UsageError for an unknown name."""
    if options.name not in NAMES:
        raise UsageError(f"--engine takes one of {', '.join(NAMES)}, not '{options.name}'")
    return _host(options)


def _host(options: EngineOptions) -> Engine:
    from travistool.simulate.host import HostEngine  # noqa: PLC0415  # as all engines

    if options.caches:
        os.makedirs(options.caches, mode=0o700, exist_ok=True)
    means = replace(HostEngine.means, deploy=options.deploy)
    return HostEngine(means, options.caches, allow_sudo=options.allow_sudo)
