"""A system that configs are migrated to: the values that the command line, the report and the checks read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from travistool.migrate.model import Build
from travistool.migrate.tasks import LeftOut, ManualTask, Tasks

if TYPE_CHECKING:
    from travistool.migrate.verify import Evaluator


class File(NamedTuple):
    """A file of the result. `path` is relative to the repository, with `/`. `has_jobs` tells that it says what runs."""

    path: str
    text: str
    has_jobs: bool = True


class Target(NamedTuple):
    """A system. `path` is where its config stands by convention. `render` writes the build and adds tasks.

    `evaluator` makes, of the text of all files `together`, what says which rows it would run; None where nobody can tell.
    `enter_secret` are the commands that enter a secret, with `{name}` for its name; words in capitals are the user's.
    It is one command, if of several lines: of what is pasted, `read` must not take the next line. `unescaped` makes of a text of the
    file what the system hands to the shell. `secret_name` is a secret's name as the system takes it.
    `fetches_all`: jobs have all of the history. `sends` are the kinds of messages that its file sends. `installs`: its file brings languages to machines without
    containers.
    """

    name: str
    title: str
    path: str
    render: Callable[[Build, Tasks], tuple[File, ...]]
    evaluator: Callable[[str], Evaluator] | None = None
    enter_secret: tuple[str, ...] = ()
    unescaped: Callable[[str], str] = str
    secret_name: Callable[[str], str] = str
    sends: tuple[str, ...] = ()
    installs: bool = False
    fetches_all: bool = False


def together(files: Sequence[File]) -> str:
    """Return the files that say what runs as one text: that of the only one, or documents with their paths above them."""
    first, *others = [file for file in files if file.has_jobs]
    return "".join(f"--- # {file.path}\n{file.text}" for file in (first, *others)) if others else first.text


class Migration(NamedTuple):
    """The result: files, what people have to do, in the order of the numbers, and what the files have nothing of."""

    target: Target
    files: tuple[File, ...]
    tasks: tuple[ManualTask, ...]
    left: tuple[LeftOut, ...] = ()
