"""What people can say about jobs in containers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from travistool.record import Record

_NAME = (
    r"(?a)(?:[a-zA-Z0-9.-]+(?::\d+)?/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*(?::[\w][\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?"
)

Pull = Literal["never", "missing", "always"]
Network = Literal["bridge", "none"]
Nested = Literal["nested", "host"]

MEMORY = 15 << 29
"""What a job may use of it, in bytes: 7.5 GB, as on Travis."""

PIDS = 4096
"""How many processes and threads a job may have."""


class DockerOptions(Record):
    """`images` are images by key (see images.py). `docker` is the engine that `services: docker` gives a job.

    `project` names what is kept between runs. `insecure_registries` are those that a nested engine may use without TLS.
    `memory_bytes` and `pids` are limits of a job; `ready_seconds` 0: what the service's row says. `dns` are servers, none: those of the engine.
    """

    images: Mapping[str, str] = MappingProxyType({})
    pull: Pull = "missing"
    network: Network = "bridge"
    docker: Nested = "nested"
    project: str = "none"
    insecure_registries: tuple[str, ...] = ()
    dns: tuple[str, ...] = ()
    memory_bytes: int = MEMORY
    pids: int = PIDS
    ready_seconds: float = 0.0


def is_name(text: str) -> bool:
    """Tell whether a text can be the name of an image."""
    return re.fullmatch(_NAME, text) is not None
