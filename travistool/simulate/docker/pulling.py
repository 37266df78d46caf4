"""Fetching an image: how far it is, and what to do where it does not come."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Mapping
from typing import Any

from travistool.errors import EngineError
from travistool.simulate.docker.client import Client
from travistool.simulate.docker.room import Room
from travistool.simulate.engine import Write
from travistool.simulate.follow import mark

_LOOK_SECONDS = 0.1
_TELL_SECONDS = 0.5
_THERE = frozenset(("Pull complete", "Already exists"))
_LOADED = _THERE | {"Download complete", "Extracting", "Verifying Checksum"}

_OTHER = "name another one with --image KEY=IMAGE, or pull it before"
_WAYS_OUT = (
    (
        r"no such host|server misbehaving|[Tt]imeout|deadline exceeded|connection re(?:fused|set)|unreachable|no route to host",
        "the engine does not reach the registry: mind its network and proxy, or bring the image with docker load",
    ),
    (r"toomanyrequests|rate limit", "the registry lets nobody pull that often: wait, or log in with docker login"),
    (
        r"access denied|unauthorized|authentication required|no basic auth|denied: ",
        "mind the name; for a private image, log in with docker login first",
    ),
    (r"no matching manifest", "there is none for this architecture: name another image with --image KEY=IMAGE"),
    (r"manifest unknown|not found", "there is no such image or tag: name another one with --image KEY=IMAGE"),
    (r"no space left", "docker system prune makes room"),
    (
        r"HTTP response to HTTPS client",
        "the engine has to know that it has no TLS: insecure-registries in its daemon.json",
    ),
    (r"certificate", "the engine does not trust the registry: its certificate goes to /etc/docker/certs.d"),
)
"""What engines say, and what to do then. The first row that fits counts."""


class Layers:
    """Adds up what an engine tells while it fetches an image, layer by layer."""

    def __init__(self) -> None:
        self._states: dict[str, str] = {}
        self._bytes: dict[str, int] = {}
        self._totals: dict[str, int] = {}

    def take(self, told: Mapping[str, Any]) -> None:
        """Take in one message of the engine."""
        layer, state = told.get("id"), str(told.get("status") or "")
        if not layer or state.startswith("Pulling from"):
            return
        self._states[layer] = state
        detail = told.get("progressDetail") or {}
        if state == "Downloading" and detail.get("total"):
            self._totals[layer] = int(detail["total"])
            self._bytes[layer] = int(detail.get("current") or 0)
        elif state in _LOADED and layer in self._totals:
            self._bytes[layer] = self._totals[layer]

    @property
    def bytes(self) -> int:
        """How much has come so far."""
        return sum(self._bytes.values())

    def text(self) -> str:
        """Return how far it is, in words; `` as long as nothing is known. Totals grow while layers begin."""
        if not self._states:
            return ""
        there = sum(state in _THERE for state in self._states.values())
        told = f"{there} of {len(self._states)} layers"
        total = sum(self._totals.values())
        return f"{told}, {self.bytes / 1e6:.1f} of {total / 1e6:.1f} MB" if total else told


def pull(client: Client, name: str, write: Write, room: Room) -> EngineError | None:
    """Fetch an image for a job, which is told how far it is; return what went wrong. Raises Stopped."""
    layers, wrong = Layers(), []
    began = told_at = time.monotonic()

    def fetch() -> None:
        try:
            client.pull(name, layers.take)
        except EngineError as error:
            wrong.append(EngineError(error.message, way_out(error.message)))

    write(f"Pulling the image {name}\n".encode())
    # Left alone when the job has to end: a registry may be silent for minutes.
    pulling = threading.Thread(target=fetch, daemon=True)
    pulling.start()
    while pulling.is_alive():
        pulling.join(_LOOK_SECONDS)
        # It may take long, and is not what the limit on silence is for.
        write(b"")
        room.check()
        if time.monotonic() - told_at > _TELL_SECONDS:
            told_at = time.monotonic()
            write(mark(room.marks, "now", "pull", f"{name} {layers.text()}".rstrip()))
    write(mark(room.marks, "now", "", ""))
    if wrong:
        return wrong[0]
    size = f"{layers.bytes / 1e6:.1f} MB in " if layers.bytes else ""
    write(f"Pulled the image {name}: {size}{time.monotonic() - began:.1f} s\n".encode())
    return None


def way_out(message: str) -> str:
    """Return what to do about an image that does not come."""
    return next((way for pattern, way in _WAYS_OUT if re.search(pattern, message)), _OTHER)
