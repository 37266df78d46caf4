"""What dead runs left on an engine, and what is kept there on purpose: found by labels, never by name."""

from __future__ import annotations

from typing import NamedTuple

from travistool.simulate.docker import labels
from travistool.simulate.docker.client import Client
from travistool.simulate.docker.keeping import is_kept


def remove(client: Client, now: float) -> int:
    """Remove containers and volumes of runs that have ended without doing so themselves; return how many.

    What belongs to a run that is alive, or is kept between runs, stays.
    """
    removed = 0
    # The owner of a network goes behind those that are in it: Podman insists on that.
    for one in sorted(client.containers(labels.RUN), key=lambda one: one.labels.get(labels.KIND) == "holder"):
        if labels.is_dead(one.labels, now) and not is_kept(one):
            client.remove(one.id)
            removed += 1
    for volume, found in client.volumes(labels.RUN):
        if labels.is_dead(found, now) and client.remove_volume(volume):
            removed += 1
    return removed


class Kept(NamedTuple):
    """A volume that is kept between runs: a job's cache, or the images of its own engine."""

    volume: str
    kind: str
    project: str
    name: str


def kept(client: Client, project: str = "") -> tuple[Kept, ...]:
    """Return what is kept, of one project or (``) of all."""
    found = [
        Kept(volume, one.get(labels.KIND, ""), one.get(labels.PROJECT, ""), one.get(labels.NAME, ""))
        for volume, one in client.volumes(labels.KIND)
        if one.get(labels.KIND) in labels.KEPT
    ]
    return tuple(sorted(one for one in found if project in ("", one.project)))
