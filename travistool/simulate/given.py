"""Values for what a config has encrypted: given by name, by place, or by the encrypted text itself."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from travistool.catalog.settings import as_text
from travistool.plan.model import Job
from travistool.record import Record
from travistool.simulate.script.facts import Setting
from travistool.simulate.script.options import secrets_of
from travistool.source import Span

_NAME = r"(?a)[A-Za-z_]\w*\Z"
_ASSIGNED = r"(?a)[A-Za-z_]\w*="


class Encrypted(Record):
    """One encrypted value of a config. `position` is 1-based, in the order in which jobs have them; `name` may be ``.

    `is_option`: it is an option of a deployment, whose clear text is the value alone.
    """

    text: str
    position: int
    name: str
    span: Span | None
    is_option: bool = False


class Given(Record):
    """Clear texts: by a variable's name the bare value, else as they were encrypted (`NAME=value`).

    `decrypted` are those that a private key has told, by their encrypted text; what is given by hand is preferred.
    """

    names: Mapping[str, str] = {}
    positions: Mapping[int, str] = {}
    texts: Mapping[str, str] = {}
    decrypted: Mapping[str, str] = {}


class Resolved(Record):
    """Clear texts by encrypted text; what has none; and variables beside the config, as those of the settings."""

    secrets: Mapping[str, str] = MappingProxyType({})
    missing: tuple[Encrypted, ...] = ()
    settings: tuple[Setting, ...] = ()


def sorted_out(pairs: Iterable[tuple[str, str]]) -> Given:
    """Return pairs by what their keys are: a name, a number, or else an encrypted text."""
    names: dict[str, str] = {}
    positions: dict[int, str] = {}
    texts: dict[str, str] = {}
    for key, value in pairs:
        if re.match(_NAME, key) and len(key) < _SHORTEST_TEXT:
            names[key] = value
        elif key.isdigit():
            positions[int(key)] = value
        else:
            texts[key] = value
    return Given(names, positions, texts)


_SHORTEST_TEXT = 80
"""Encrypted texts are at least as long as the shortest key; names are not."""


def encrypted(jobs: Iterable[Job], *, options: bool = False) -> tuple[Encrypted, ...]:
    """Return the encrypted variables of jobs, each text once; behind them, if asked for, the options of deployments."""
    found: dict[str, Encrypted] = {}
    listed = tuple(jobs)
    for job in listed:
        for name, value, origin in job.variables():
            if isinstance(value, dict) and "secure" in value:
                text = as_text(value["secure"])
                found.setdefault(text, Encrypted(text, len(found) + 1, name, origin.span))
    for job in listed if options else ():
        span = job.origins["deploy"].span if "deploy" in job.origins else None
        for one in secrets_of(job):
            found.setdefault(one.text, Encrypted(one.text, len(found) + 1, one.name, span, is_option=True))
    return tuple(found.values())


def resolve(listed: Iterable[Encrypted], given: Given) -> Resolved:
    """Return the clear text of each encrypted value.

    Names that no value of the config has by itself are taken for the values without one, in order: what these are
    called only Travis knows. Names that are left are variables of the repository's settings.
    """
    listed = [_named(one, given) for one in listed]
    named = {one.name for one in listed}
    left = [(name, value) for name, value in given.names.items() if name not in named]
    secrets: dict[str, str] = {}
    missing: list[Encrypted] = []
    for one in listed:
        clear = given.texts.get(one.text, given.positions.get(one.position))
        if clear is None and one.name in given.names:
            value = given.names[one.name]
            clear = value if one.is_option else _assigned(one.name, value)
        if clear is None and not one.name and left and one.text not in given.decrypted:
            clear = _assigned(*left.pop(0))
        if clear is None:
            clear = given.decrypted.get(one.text)
        if clear is None:
            missing.append(one)
        else:
            secrets[one.text] = clear
    return Resolved(secrets, tuple(missing), tuple(_settings(left)))


def _named(one: Encrypted, given: Given) -> Encrypted:
    """Return a value with the name that its clear text has, where the config has none and a private key tells it."""
    found = re.match(_ASSIGNED, given.decrypted.get(one.text, ""))
    return one if one.name or found is None else one._replace(name=found[0][:-1])


def _assigned(name: str, value: str) -> str:
    return f"{name}={shlex.quote(value)}"


def _settings(pairs: Iterable[tuple[str, str]]) -> Iterator[Setting]:
    for name, value in pairs:
        yield Setting(name, shlex.quote(value))


def unassigned(listed: Iterable[Encrypted], given: Given) -> tuple[Encrypted, ...]:
    """Return the values without a name that were given a clear text without one: nothing could be exported."""
    texts = [(one, given.texts.get(one.text, given.positions.get(one.position))) for one in listed]
    return tuple([one for one, text in texts if text is not None and not one.name and not re.match(_ASSIGNED, text)])
