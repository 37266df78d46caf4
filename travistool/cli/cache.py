"""`travistool cache`: what `simulate` keeps between runs, jobs of `--keep` included, and what killed runs have left."""

from __future__ import annotations

import os
import shutil
import time
from importlib.util import find_spec
from typing import TYPE_CHECKING

from travistool.cli.option import Options, argument, switch
from travistool.cli.selecting import folder_of, home, project
from travistool.cli.terminal import write, write_aside
from travistool.errors import EngineError, UsageError
from travistool.report.layout import printable
from travistool.simulate.scratch import sweep

if TYPE_CHECKING:
    from travistool.simulate.docker.client import Client
    from travistool.simulate.docker.keeping import Machine
    from travistool.simulate.docker.leftovers import Kept

EXAMPLES = """\b
Examples:
  travistool cache list            caches of this project, images of its jobs' own engines, jobs kept by --keep
  travistool cache clear           forget all of it; the next build starts from nothing
  travistool cache clear --all     those of all projects
  travistool cache prune           remove jobs kept by --keep in containers, and what killed runs have left
"""
_ACTIONS = ("list", "clear", "prune")


class CacheOptions(Options):
    """The options of the command line."""

    action: str = argument("One of: list, clear, prune.", "ACTION", needed=True)
    folder: str = argument("The folder of the config.", default=".")
    everything: bool = switch("--all", help="Of all projects.")


def cache(options: CacheOptions) -> int:
    """List or clear what simulate keeps between runs: caches of jobs, images of their own engines, jobs in containers."""
    action = options.action
    if action not in _ACTIONS:
        raise UsageError(f"cache takes one of {', '.join(_ACTIONS)}, not '{action}'")
    wanted = "" if options.everything else project(options.folder)
    client = _client()
    try:
        if action == "prune":
            write("".join(_pruned(client, wanted)))
        elif action == "list":
            write("".join(_listed(client, wanted)) or "nothing is kept\n")
        elif action == "clear":
            write("".join(_cleared(client, wanted)) or "nothing was kept\n")
    finally:
        if client is not None:
            client.close()
    return 0


def _client() -> Client | None:
    """Return the container engine; None where there is none."""
    if find_spec("docker") is None:
        return None
    from travistool.simulate.docker.client import Client  # noqa: PLC0415  # takes a third of a second

    try:
        return Client()
    except EngineError as error:
        write_aside(f"note: {error.message}: this is about the host engine alone\n")
        return None


def _folders(wanted: str) -> list[str]:
    """Return the folders that the host engine keeps; each project has one from its first run on, with or without a cache."""
    base = os.path.join(home(), "caches")
    names = [wanted] if wanted else os.listdir(base) if os.path.isdir(base) else []
    return [path for name in names if _has_files(path := os.path.join(base, name))]


def _has_files(folder: str) -> bool:
    return any(names for _, _, names in os.walk(folder))


def _kept(client: Client, wanted: str) -> tuple[Kept, ...]:
    from travistool.simulate.docker.leftovers import kept  # noqa: PLC0415  # as the engine

    return kept(client, wanted)


def _listed(client: Client | None, wanted: str) -> list[str]:
    # In the list of one project, it goes without saying.
    rows = [
        f"host    cache   {_size(_measured(path)):>9}  {path}{'' if wanted else _of(os.path.basename(path))}\n"
        for path in _folders(wanted)
    ]
    if client is not None:
        volumes = _kept(client, wanted)
        sizes = client.sizes() if volumes else {}
        told = [(one, _size(sizes.get(one.volume, -1))) for one in volumes]
        rows += [
            f"docker  {one.kind:<7} {size:>9}  {one.volume}  {one.name}{'' if wanted else _of(one.project)}\n"
            for one, size in told
        ]
        rows += [f"docker  kept    {_size(one.size):>9}  {one.name}  {one.job}\n" for one in _machines(client, wanted)]
    return rows


def _of(name: str) -> str:
    folder = folder_of(name)
    return f"  of {printable(folder)}" if folder else ""


def _machines(client: Client, wanted: str) -> tuple[Machine, ...]:
    from travistool.simulate.docker.keeping import machines  # noqa: PLC0415  # as the engine

    return machines(client, wanted)


def _pruned(client: Client | None, wanted: str) -> list[str]:
    """Remove jobs that were kept in containers; then what dead runs left, volumes of those jobs included."""
    left = sweep()
    if client is None:
        return [_TOLD.format(left)]
    from travistool.simulate.docker.keeping import forget  # noqa: PLC0415  # as the engine
    from travistool.simulate.docker.leftovers import remove  # noqa: PLC0415

    rows = [f"removed {name}\n" for name in forget(client, wanted)]
    return [*rows, _TOLD.format(left + remove(client, time.time()))]


_TOLD = "removed {} left behind by dead runs\n"


def _cleared(client: Client | None, wanted: str) -> list[str]:
    rows = []
    if client is not None and _machines(client, wanted):
        # They hold on to volumes.
        rows += _pruned(client, wanted)
    for path in _folders(wanted):
        shutil.rmtree(path, ignore_errors=True)
        rows.append(f"cleared {path}\n")
    for one in _kept(client, wanted) if client is not None else ():
        is_gone = client is not None and client.remove_volume(one.volume)
        rows.append(f"cleared {one.volume}\n" if is_gone else f"{one.volume} is in use, and stays\n")
    return rows


def _measured(folder: str) -> int:
    return sum(os.path.getsize(os.path.join(at, name)) for at, _, names in os.walk(folder) for name in names)


def _size(count: int) -> str:
    if count < 0:
        return "?"
    for unit in ("B", "kB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}"
        count //= 1000
    return f"{count} GB"
