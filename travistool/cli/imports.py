"""The files that `import:` asks for: from the user's checkout and from folders he names, never from the network."""

from __future__ import annotations

import os
from collections.abc import Mapping

from travistool.cli.files import load
from travistool.cli.git import Repository
from travistool.document.decode import Undecodable, decode
from travistool.errors import UsageError
from travistool.plan.imports import UnknownRepositoryError


class LocalFiles:
    """Reads imports for one config. `own` is its repository `owner/name`, `folder` where that is checked out.

    Files of the commit that is built are read as they are now, changes not committed included. A file of another ref
    comes from git where the folder is a checkout; a folder that is none has only one state, which any ref gets.
    """

    def __init__(
        self, own: str, folder: str, git: Repository | None, roots: Mapping[str, str], default_branch: str
    ) -> None:
        self.own = own
        self.folder = folder
        self.git = git
        self.roots = roots
        self._default_branch = default_branch

    def read(self, repo: str, path: str, ref: str | None) -> str | None:
        """Return the text of a file; None when there is none. Raises UnknownRepositoryError."""
        root = self.roots.get(repo.lower())
        if root is not None:
            return _text(root, path)
        if repo.lower() != self.own.lower():
            raise UnknownRepositoryError(repo)
        if ref is None:
            return _text(self.folder, path)
        data = self.git.file(ref, path) if self.git is not None else None
        if data is None:
            return None
        text = decode(data)
        return text.text or None if isinstance(text, Undecodable) else text

    def default_branch(self, repo: str) -> str:
        """Return the branch that imports use which name none."""
        return self._default_branch if repo.lower() == self.own.lower() else "master"


def import_roots(values: tuple[str, ...]) -> dict[str, str]:
    """Read the values of `--import-root`: folders by repository, in lower case. Raises UsageError."""
    roots = {}
    for value in values:
        repo, sign, folder = value.partition("=")
        if not sign or repo.count("/") != 1 or not all(repo.split("/")):
            raise UsageError(f"--import-root takes owner/repo=DIR, not '{value}'")
        if not os.path.isdir(folder):
            raise UsageError(f"--import-root: there is no folder '{folder}'")
        roots[repo.lower()] = folder
    return roots


def _text(root: str, path: str) -> str | None:
    """Return the text of a file below a folder; None when there is none, or it is elsewhere."""
    base = os.path.realpath(root)
    try:
        full = os.path.realpath(os.path.join(base, path))
    except ValueError:
        return None
    if os.path.commonpath((base, full)) != base:
        return None
    source = load(full).source
    return None if source is None else source.text
