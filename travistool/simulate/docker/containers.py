"""Containers as the engine's own interface describes them: what each of a job's containers may do. Pure.

The lists of capabilities were tried: with these, sudo and apt work in a job, and an engine in its sidecar.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from travistool.simulate.docker.options import DockerOptions

SECRETS = "/run/travistool"
KEPT = "/var/cache/travistool"
SOCKET = "/run/travistool-docker"
"""Where a job finds the file of its secrets, its cache and workspaces, and the socket of its own engine."""

_CAPABILITIES = (
    *("AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "NET_BIND_SERVICE", "SETFCAP"),
    *("SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"),
)
_ENGINE_CAPABILITIES = ("NET_ADMIN", "SYS_ADMIN", "SYS_PTRACE")
_LOG: Mapping[str, Any] = {"Type": "json-file", "Config": {"max-size": "1m", "max-file": "1"}}
_NO_LOG: Mapping[str, Any] = {"Type": "none", "Config": {}}


class Mount(NamedTuple):
    """A volume and where it is in the container."""

    volume: str
    path: str


class Where(NamedTuple):
    """The network of a container: that of another one, or one of its own with these names and servers."""

    holder: str = ""
    mode: str = "bridge"
    hostname: str = ""
    hosts: tuple[str, ...] = ()
    dns: tuple[str, ...] = ()

    def fill(self, config: dict[str, Any]) -> None:
        """Write it into a container's description."""
        host = config["HostConfig"]
        if self.holder:
            # It has no names of its own then: the engine refuses them.
            host["NetworkMode"] = f"container:{self.holder}"
            return
        host["NetworkMode"] = self.mode
        host["ExtraHosts"] = [f"{name}:127.0.0.1" for name in self.hosts]
        host["Dns"] = list(self.dns)
        if self.hostname:
            config["Hostname"] = self.hostname


def job(
    image: str,
    labels: Mapping[str, str],
    seconds: float,
    options: DockerOptions,
    where: Where,
    mounts: Iterable[Mount],
    *,
    stays: bool = False,
) -> dict[str, Any]:
    """Return the container of a job. Its main process is its deadline: whatever becomes of us, it goes away then.

    One that `stays` only ends.
    """
    config = _waiting(image, labels, seconds, where, stays=stays)
    config["HostConfig"] |= {
        "CapAdd": list(_CAPABILITIES),
        "Memory": options.memory_bytes,
        "MemorySwap": options.memory_bytes,
        "PidsLimit": options.pids,
        # Its owner cannot be told to every engine; the file in it is the job's alone.
        "Tmpfs": {SECRETS: "size=1m,mode=1777"},
        "Mounts": [_mount(one) for one in mounts],
    }
    return config


def with_host_engine(config: dict[str, Any], group: int) -> dict[str, Any]:
    """Give a job the socket of the engine that it runs on itself: with it, it can do everything on that machine."""
    config["HostConfig"]["Binds"] = ["/var/run/docker.sock:/var/run/docker.sock"]
    config["HostConfig"]["GroupAdd"] = [str(group)]
    return config


def holder(
    image: str, labels: Mapping[str, str], seconds: float, where: Where, *, stays: bool = False
) -> dict[str, Any]:
    """Return the container that owns the network of a job and of its services, and does nothing else."""
    config = _waiting(image, labels, seconds, where, stays=stays)
    config["HostConfig"] |= {"PidsLimit": 64, "Memory": 64 << 20, "SecurityOpt": ["no-new-privileges"]}
    return config


def service(
    image: str, labels: Mapping[str, str], holder_id: str, env: Mapping[str, str], mounts: Iterable[Mount]
) -> dict[str, Any]:
    """Return the container of a service: its image's own command, in the job's network."""
    return {
        "Image": image,
        "Labels": dict(labels),
        "Env": [f"{name}={value}" for name, value in env.items()],
        "HostConfig": {
            **_beside(holder_id),
            "CapDrop": ["ALL"],
            "CapAdd": list(_CAPABILITIES),
            "SecurityOpt": ["no-new-privileges"],
            "PidsLimit": 4096,
            "LogConfig": _LOG,
            "Mounts": [_mount(one) for one in mounts],
        },
    }


def engine(image: str, labels: Mapping[str, str], holder_id: str, text: str, mounts: Iterable[Mount]) -> dict[str, Any]:
    """Return the container of a job's own engine. Not privileged, but treat it as root of the machine."""
    return {
        "Image": image,
        "User": "0",
        "Entrypoint": ["sh", "-c"],
        "Cmd": [text],
        "Labels": dict(labels),
        "HostConfig": {
            "Init": True,
            **_beside(holder_id),
            "CapAdd": list(_ENGINE_CAPABILITIES),
            "SecurityOpt": ["seccomp=unconfined", "apparmor=unconfined"],
            "LogConfig": _LOG,
            "Mounts": [_mount(one) for one in mounts],
        },
    }


def _beside(holder_id: str) -> Mapping[str, str]:
    """Return what lets a container live in the network of a holder, and no longer than that: when it ends, they all do."""
    return {"NetworkMode": f"container:{holder_id}", "PidMode": f"container:{holder_id}"}


def _waiting(image: str, labels: Mapping[str, str], seconds: float, where: Where, *, stays: bool) -> dict[str, Any]:
    config: dict[str, Any] = {
        "Image": image,
        "Entrypoint": ["sleep"],
        "Cmd": [str(int(seconds))],
        "Labels": dict(labels),
        "HostConfig": {"AutoRemove": not stays, "Init": True, "CapDrop": ["ALL"], "LogConfig": _NO_LOG},
    }
    where.fill(config)
    return config


def _mount(one: Mount) -> dict[str, Any]:
    return {"Type": "volume", "Source": one.volume, "Target": one.path}
