"""What a repository holds, as far as the tests of the catalog ask about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from travistool.record import Record


class Project(Protocol):
    """A repository, and the machine it is built on. Paths are relative to the repository, with `/`."""

    def has_file(self, path: str) -> bool:
        """Tell whether there is a file of this name."""

    def has_folder(self, path: str) -> bool:
        """Tell whether there is a folder of this name."""

    def is_executable(self, path: str) -> bool:
        """Tell whether there is a file of this name that can be run."""

    def text(self, path: str) -> str | None:
        """Return what a file holds; None when it is not there or not known."""

    def version(self, program: str) -> str | None:
        """Return the version of a program; `` when there is no such program; None when that is not known."""


class Listing(Record):
    """A project known by its list of files. A name that ends in `/` is a folder.

    `texts` holds what some files hold; `programs` the versions of programs, `` for one that is not there.
    """

    files: frozenset[str]
    executables: frozenset[str] = frozenset()
    texts: Mapping[str, str] = MappingProxyType({})
    programs: Mapping[str, str] = MappingProxyType({})

    def has_file(self, path: str) -> bool:
        """Tell whether the list has the file."""
        return plain_path(path) in self.files

    def has_folder(self, path: str) -> bool:
        """Tell whether the list has the folder, or anything below it."""
        folder = f"{plain_path(path)}/"
        return any(name.startswith(folder) for name in self.files)

    def is_executable(self, path: str) -> bool:
        """Tell whether the file is known as executable."""
        return plain_path(path) in self.executables

    def text(self, path: str) -> str | None:
        """Return what the file holds, where that was given."""
        return self.texts.get(plain_path(path))

    def version(self, program: str) -> str | None:
        """Return the program's version, where that was given."""
        return self.programs.get(program)


def plain_path(path: str) -> str:
    """Return the path as the repository has it: without `./`, the build's folder, and variables that have a default."""
    path = re.sub(_DEFAULTED, r"\1", path)
    for start in ("$TRAVIS_BUILD_DIR/", "$PWD/", "./"):
        path = path.removeprefix(start)
    return path


_DEFAULTED = r"\$\{[A-Z_]+:-([^}]*)\}"
