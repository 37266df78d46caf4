"""Files of the repository that read Travis's own variables: jobs define these for them, and people get to know."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from travistool.migrate.functions import builtins_read
from travistool.migrate.names import told
from travistool.migrate.tasks import Tasks

LEFT_OUT = (
    *("**/.travis.yml", "**/*.md", "**/*.rst", "**/*.html"),
    *("**/node_modules/**", "**/vendor/**", "**/third_party/**", "**/*.min.js"),
)
"""Globs of files that jobs do not run, or that nobody rewrites: the config speaks for itself, others for people."""

_MOST = 20
"""Files that have a task of their own."""

_WAY = "nothing breaks now, as the jobs set what it reads; use the new system's own variables there when you next change it"
_WAY_OF_MANY = "nothing breaks now, as the jobs set what they read; look for TRAVIS_ there in the end"


class Outside(NamedTuple):
    """A file of the repository, and what it reads of Travis's own variables."""

    path: str
    names: frozenset[str]


def outside(found: Iterable[tuple[str, str]]) -> tuple[Outside, ...]:
    """Return files, in the order of their paths, from pieces of text in which they read something."""
    texts: dict[str, list[str]] = {}
    for path, text in found:
        texts.setdefault(path, []).append(text)
    read = [Outside(path, builtins_read("\n".join(texts[path]))) for path in sorted(texts)]
    return tuple([one for one in read if one.names])


def note_outside(found: tuple[Outside, ...], tasks: Tasks) -> None:
    """Note files that read Travis's variables, the first ones each by itself."""
    for one in found[:_MOST]:
        tasks.add("variable", f"'{one.path}' reads {told(sorted(one.names))}", _WAY)
    rest = found[_MOST:]
    if rest:
        names = sorted(frozenset[str]().union(*[one.names for one in rest]))
        tasks.add("variable", f"{len(rest)} more files, the first '{rest[0].path}', read {told(names)}", _WAY_OF_MANY)
