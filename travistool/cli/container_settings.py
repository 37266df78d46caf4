"""`[tool.travistool.simulate]`: what a project says about the containers of its jobs, checked key by key."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, get_args

from travistool.cli.files import CONFIG, settings_for
from travistool.errors import UsageError
from travistool.grammar.similar import suggest
from travistool.record import Record
from travistool.simulate.docker.options import Nested, Network, Pull

CHOICES: Mapping[str, tuple[str, ...]] = {
    "pull": get_args(Pull),
    "network": get_args(Network),
    "docker": get_args(Nested),
}
KEYS = ("images", *CHOICES, "memory", "pids", "dns", "insecure-registries")
"""All keys of the table; but for `images`, each is that option of `travistool simulate`."""


class ContainerSettings(Record):
    """The texts of options, as the command line would have them; empty where the project says nothing."""

    images: tuple[str, ...] = ()
    pull: str = ""
    network: str = ""
    docker: str = ""
    memory: str = ""
    pids: int = 0
    dns: tuple[str, ...] = ()
    insecure_registries: tuple[str, ...] = ()


def container_settings(folder: str) -> ContainerSettings:
    """Return what holds for the config in a folder. Raises UsageError for what is wrong, and FileError."""
    file = settings_for(os.path.join(folder, CONFIG), {})
    if not file:
        return ContainerSettings()
    # Imported late: it brings all that lint's settings need, and most projects have none.
    from travistool.cli.config import table_of  # noqa: PLC0415

    where = os.path.relpath(file)
    table = table_of(file, where, named=False).get("simulate", {})
    if not isinstance(table, dict):
        raise UsageError(f"{where}: 'simulate' takes a table")
    return read(table, where)


def read(table: Mapping[str, Any], where: str) -> ContainerSettings:
    """Read the table. `where` is its file's name. Raises UsageError for the first key or value that is wrong."""
    for key in table:
        if key not in KEYS:
            similar = suggest(KEYS, key)
            hint = f"did you mean '{similar}'?" if similar else f"there are: {', '.join(KEYS)}"
            raise UsageError(f"{where}: unknown key 'simulate.{key}'", hint)
    for key, known in CHOICES.items():
        if key in table and table[key] not in known:
            raise UsageError(f"{where}: 'simulate.{key}' takes one of {', '.join(known)}, not '{table[key]}'")
    pids = table.get("pids", 0)
    if not isinstance(pids, int) or isinstance(pids, bool) or ("pids" in table and pids < 1):
        raise UsageError(f"{where}: 'simulate.pids' takes a number from 1, not '{pids}'")
    return ContainerSettings(
        _images(table, where),
        _text(table, "pull", where),
        _text(table, "network", where),
        _text(table, "docker", where),
        _text(table, "memory", where),
        pids,
        _texts(table, "dns", where),
        _texts(table, "insecure-registries", where),
    )


def _images(table: Mapping[str, Any], where: str) -> tuple[str, ...]:
    given = table.get("images", {})
    if not isinstance(given, dict) or not all(isinstance(one, str) for one in given.values()):
        raise UsageError(f'{where}: \'simulate.images\' takes a table such as {{ "python:3.9" = "python:3.9-slim" }}')
    return tuple(f"{key}={image}" for key, image in given.items())


def _text(table: Mapping[str, Any], key: str, where: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise UsageError(f"{where}: 'simulate.{key}' takes a text, not '{value}'")
    return value


def _texts(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise UsageError(f"{where}: 'simulate.{key}' takes a list of texts")
    return tuple(value)
