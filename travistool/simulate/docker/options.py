"""What people can say about jobs in containers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Pull = Literal["never", "missing", "always"]
Network = Literal["bridge", "none"]
Nested = Literal["nested", "host"]

MEMORY = 15 << 29
"""What a job may use of it, in bytes: 7.5 GB, as on Travis."""

PIDS = 4096
"""How many processes and threads a job may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DockerOptions:
    """`images` are images by key (see images.py). `docker` is the engine that `services: docker` gives a job.

    `project` names what is kept between runs. `insecure_registries` are those that a nested engine may use without TLS.
    `memory_bytes` and `pids` are limits of a job; `ready_seconds` 0: what the service's row says. `dns` are servers, none: those of the engine.
    """

    images: Mapping[str, str] = field(default_factory=dict)
    pull: Pull = "missing"
    network: Network = "bridge"
    docker: Nested = "nested"
    project: str = "none"
    insecure_registries: tuple[str, ...] = ()
    dns: tuple[str, ...] = ()
    memory_bytes: int = MEMORY
    pids: int = PIDS
    ready_seconds: float = 0.0
