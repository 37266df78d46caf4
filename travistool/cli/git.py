"""What the git repository around a file says. Only `git` itself is asked, never the network; it may be missing.

Repositories are not trusted: nothing is called that runs programs which a repository's settings name.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

from travistool.record import Record

_SECONDS = 10
_OPTIONS = ("-c", "log.showSignature=false", "-c", "core.fsmonitor=false", "-c", "core.pager=cat")
_LOCATIONS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_NAMESPACE")
"""Set inside hooks, where they would lead away from the file's own repository."""

_SLUG = r"(?:.*?[:/])?(?P<slug>[^/:@\s]+/[^/:@\s]+?)(?:\.git)?/?\Z"


class _Head(Record):
    """The commit that is checked out. `refs` are those that point to it, `HEAD -> ` before the branch's."""

    commit: str
    parents: tuple[str, ...]
    refs: tuple[str, ...]
    message: str


class Repository:
    """A git checkout. Each fact is asked once; None means that git does not know it."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._answers: dict[tuple[str, ...], str | None] = {}
        self._folders: dict[str, frozenset[str]] = {}

    @cached_property
    def _head(self) -> _Head | None:
        """All that one call can tell: each takes as long as planning a build."""
        # The last two are there whatever the settings leave out.
        shown = ("--decorate=full", "--decorate-refs=HEAD", "--decorate-refs=refs/heads/", "--decorate-refs=refs/tags/")
        found = self._ask("log", "-1", *shown, "--format=%H%x00%P%x00%D%x00%B")
        if found is None:
            return None
        commit, parents, refs, message = found.split("\0", 3)
        return _Head(commit, tuple(parents.split()), tuple(refs.split(", ")) if refs else (), message.strip())

    @property
    def branch(self) -> str | None:
        """The branch that is checked out; None for a detached head."""
        if self._head is None:
            # No commit yet.
            return self._ask("symbolic-ref", "--quiet", "--short", "HEAD")
        return next(iter(_below("HEAD -> refs/heads/", self._head.refs)), None)

    @property
    def tag(self) -> str | None:
        """The one tag at the commit that is checked out; None for none, or several."""
        found = _below("tag: refs/tags/", self._head.refs) if self._head is not None else []
        return found[0] if len(found) == 1 else None

    @property
    def commit(self) -> str | None:
        """The commit that is checked out."""
        return self._head.commit if self._head is not None else None

    def parent(self, commit: str) -> str | None:
        """Return the first parent of a commit."""
        if self._head is not None and commit == self._head.commit:
            return next(iter(self._head.parents), None)
        return self.resolve(f"{commit}^")

    def resolve(self, name: str) -> str | None:
        """Return the commit that a name stands for."""
        if name.startswith("-"):
            return None
        return self._ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")

    @property
    def message(self) -> str | None:
        """The message of the commit that is checked out."""
        return self._head.message or None if self._head is not None else None

    @property
    def trouble(self) -> str:
        """Why git says nothing about this repository, in its own words; `` when it does, or there is nothing to say yet."""
        try:
            found = _call(self.folder, ("rev-parse", "--git-dir"))
        except FileNotFoundError:
            return "there is no git on this machine"
        except (OSError, subprocess.SubprocessError) as error:
            return str(error)
        said = found.stderr.decode("utf-8", "replace").strip().splitlines() or ["it fails"]
        return "" if found.returncode == 0 else said[0].removeprefix("fatal: ")

    def message_of(self, commit: str) -> str | None:
        """Return the message of a commit."""
        found = self.resolve(commit)
        return self._ask("log", "-1", "--format=%B", found) if found else None

    @cached_property
    def uncommitted(self) -> tuple[str, ...]:
        """The files that are not as the commit that is checked out has them: changed, new or gone ones."""
        shown = ("--porcelain", "-z", "--no-renames", "--untracked-files=normal", "--ignore-submodules=dirty")
        # Programs that the repository's settings name for files (clean filters) are not run.
        filters = [name for name in self._settings if name.startswith("filter.")]
        without = {name: "false" if name.endswith(".required") else "" for name in filters}
        found = _run(self.folder, "status", *shown, settings=without) or b""
        return tuple([row[3:] for row in found.decode("utf-8", "surrogateescape").split("\0") if row])

    @cached_property
    def _settings(self) -> Mapping[str, str]:
        """Settings by name: filters, and the address of `origin`."""
        found = _run(self.folder, "config", "-z", "--get-regexp", r"^(filter\..*|remote\.origin\.url)$") or b""
        rows = (row.partition("\n") for row in found.decode("utf-8", "replace").split("\0") if row)
        return {name: value for name, _, value in rows}

    def ahead(self, *, changes: bool) -> None:
        """Find out what every run of a build needs, while there is time; `changes`: what is not committed, too."""
        _ = (self._head, self.slug, self.default_branch, self.uncommitted if changes else ())

    @property
    def slug(self) -> str | None:
        """`owner/name` as the address of the remote `origin` has it."""
        address = self._settings.get("remote.origin.url", "").strip()
        return slug_of(address) if address else None

    @property
    def default_branch(self) -> str | None:
        """The branch that `origin` starts with, else `main` or `master` if there is just one of them here."""
        found = self._ask("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD")
        if found:
            return found.removeprefix("origin/")
        known = [
            name for name in ("main", "master") if self._ask("rev-parse", "--verify", "--quiet", f"refs/heads/{name}")
        ]
        return known[0] if len(known) == 1 else None

    def folders(self, commit: str) -> frozenset[str]:
        """Return all folders of a commit, submodules included; without end slashes."""
        if commit not in self._folders:
            found = _run(self.folder, "ls-tree", "-r", "-d", "-z", "--name-only", "--full-tree", commit)
            names = (found or b"").decode("utf-8", "surrogateescape").split("\0")
            self._folders[commit] = frozenset(names) - {""}
        return self._folders[commit]

    def submodules(self, commit: str) -> frozenset[str]:
        """Return the folders of a commit that are other repositories."""
        found = _run(self.folder, "ls-tree", "-r", "-d", "-z", "--full-tree", commit)
        rows = [row.partition("\t") for row in (found or b"").decode("utf-8", "surrogateescape").split("\0")]
        return frozenset(path for about, _, path in rows if about.split(" ")[1:2] == ["commit"])

    def new_folders(self) -> frozenset[str]:
        """Return the folders of files that no commit has yet, those that git ignores left out."""
        found = _run(self.folder, "ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", ":/")
        files = (found or b"").decode("utf-8", "surrogateescape").split("\0")
        parts = [path.split("/")[:-1] for path in files]
        return frozenset("/".join(one[: depth + 1]) for one in parts for depth in range(len(one)))

    def matches(self, folder: str, pattern: str, but: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
        """Yield what a pattern (`grep -E`) finds in text files that git knows, but for some paths, with the file's path.

        Only files in and below a folder of the repository (an absolute path) are searched; paths are the repository's.
        """
        paths = [".", *[f":(exclude,glob){path}" for path in but]]
        found = _run(folder, "grep", "--no-color", "--full-name", "-z", "-o", "-I", "-E", "-e", pattern, "--", *paths)
        for line in (found or b"").decode("utf-8", "replace").split("\n"):
            path, end, text = line.partition("\0")
            if end:
                yield path, text

    def file(self, ref: str, path: str) -> bytes | None:
        """Return a file as a commit, branch or tag has it, a branch of `origin` included; None when it has none."""
        if ref.startswith("-"):
            return None
        for name in (ref, f"origin/{ref}"):
            found = _run(self.folder, "cat-file", "blob", f"{name}:{path}")
            if found is not None:
                return found
        return None

    def _ask(self, *arguments: str) -> str | None:
        if arguments not in self._answers:
            found = _run(self.folder, *arguments)
            self._answers[arguments] = (found.decode("utf-8", "replace").strip() or None) if found is not None else None
        return self._answers[arguments]


class Repositories:
    """The repositories around folders, each found once. Looking for them does not call git."""

    def __init__(self) -> None:
        self._found: dict[str, Repository | None] = {}

    def around(self, folder: str) -> Repository | None:
        """Return the repository that a folder (an absolute path) is in, None for none."""
        if folder not in self._found:
            parent = os.path.dirname(folder)
            if os.path.lexists(os.path.join(folder, ".git")):
                self._found[folder] = Repository(folder)
            else:
                self._found[folder] = None if parent == folder else self.around(parent)
        return self._found[folder]


def _below(start: str, refs: tuple[str, ...]) -> list[str]:
    return [ref.removeprefix(start) for ref in refs if ref.startswith(start)]


def slug_of(address: str) -> str | None:
    """Return the `owner/name` at the end of an address: https, ssh, or `git@host:owner/name.git`; None for paths."""
    if "://" not in address and not re.match(r"[^/]+:", address):
        return None
    if address.startswith("file:") or re.match(r"[A-Za-z]:[\\/]", address):
        return None
    rest = address.split("://", 1)[-1]
    found = re.match(_SLUG, rest)
    return found["slug"] if found and rest != found["slug"] else None


def _run(folder: str, *arguments: str, settings: Mapping[str, str] = MappingProxyType({})) -> bytes | None:
    """Return what git prints; None when it fails, is missing or does not answer. `settings` are over the repository's."""
    try:
        found = _call(folder, arguments, settings)
    except (OSError, subprocess.SubprocessError):
        return None
    return found.stdout if found.returncode == 0 else None


def _call(
    folder: str, arguments: tuple[str, ...], settings: Mapping[str, str] = MappingProxyType({})
) -> subprocess.CompletedProcess[bytes]:
    environ = {name: value for name, value in os.environ.items() if name not in _LOCATIONS}
    # No lazy fetches of partial clones, no questions, no locks.
    environ |= {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    if settings:
        environ["GIT_CONFIG_COUNT"] = str(len(settings))
        for number, (name, value) in enumerate(settings.items()):
            environ |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": value}
    return subprocess.run(  # noqa: S603  # a fixed program with arguments, no shell
        ["git", "--no-pager", *_OPTIONS, *arguments],  # noqa: S607  # the user's own git
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=_SECONDS,
        check=False,
    )
