"""Files of the repository that read Travis's own variables: jobs define these for them, and people get to know."""

from collections.abc import Iterable
from typing import NamedTuple

from travistool.migrate.functions import builtins_read
from travistool.migrate.tasks import Tasks

LEFT_OUT = (
    *("**/.travis.yml", "**/*.md", "**/*.rst", "**/*.html"),
    *("**/node_modules/**", "**/vendor/**", "**/third_party/**", "**/*.min.js"),
)
"""Globs of files that jobs do not run, or that nobody rewrites: the config speaks for itself, others for people."""

_MOST = 20
"""Files that have a task of their own."""

_WAY = "the jobs still define them: ask for the new system's own where you change that file, and drop them in the end"


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
        tasks.add("variable", f"'{one.path}' reads {', '.join(sorted(one.names))}", _WAY)
    rest = found[_MOST:]
    if rest:
        names = sorted(frozenset[str]().union(*[one.names for one in rest]))
        tasks.add("variable", f"{len(rest)} more files, the first '{rest[0].path}', read {', '.join(names)}", _WAY)
