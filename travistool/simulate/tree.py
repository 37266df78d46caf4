"""The repository as a job sees it: a clean checkout of a commit, made on this machine, never inside the user's folder."""

from __future__ import annotations

import contextlib
import os
import stat
import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from travistool.catalog.settings import as_text
from travistool.errors import EngineError
from travistool.plan.model import Job
from travistool.record import Record
from travistool.simulate import scratch
from travistool.simulate.checkout import DEPTH, Early, Wanted, ask, attempt, check_out, git
from travistool.simulate.script.facts import Build

# Making and removing a folder takes longer than all else of a small copy; git makes these again when it needs them.
_EMPTY = ("objects/info", "refs/remotes", "refs/heads", "refs/tags", "branches")
_REMOTE = '[remote "origin"]\n\turl = "{url}"\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n'
"""What `git remote add` writes. Names of repositories hold nothing that would have to be quoted."""


class Origin(Record):
    """Where a tree comes from: the user's repository, or just a folder where `commit` is empty.

    `dirty` takes the working tree over the commit, but for ignored files.
    """

    folder: str
    commit: str = ""
    dirty: bool = False


def make_tree(
    origin: Origin, build: Build, options: Mapping[str, Any], target: str, early: Early | None = None
) -> tuple[str, ...]:
    """Make the checkout of a job in a new folder. `options` is the job's key `git`; `early` may have made it already.

    Returns what people should know about it. Raises EngineError when that cannot be done.
    """
    if not origin.commit:
        _copy(origin.folder, target)
        return ()
    wanted = Wanted(
        folder=origin.folder,
        commit=origin.commit,
        branch=build.event.tag or build.event.branch or "master",
        tag=build.event.tag or "",
        is_plain=not build.event.tag and not build.is_pull_request,
        depth=_depth(options),
    )
    if early is None or not early.take(wanted, target):
        check_out(wanted, target)
    # Not the address of the user's own remote, which may hold a token.
    with open(os.path.join(target, ".git", "config"), "a", encoding="utf-8") as file:
        file.write(_REMOTE.format(url=build.url))
    notes = () if options.get("submodules") is False else _submodules(origin.folder, target)
    for name in _EMPTY:
        with contextlib.suppress(OSError):
            os.rmdir(os.path.join(target, ".git", name))
    if origin.dirty:
        _overlay(origin.folder, target)
    elif options.get("lfs_skip_smudge") is not True and _has_lfs(target):
        notes = (*notes, "files of Git LFS are pointers here: --dirty takes them as you have them")
    return notes


def _depth(options: Mapping[str, Any]) -> str:
    depth = options.get("depth", True)
    if depth in (False, None):
        return ""
    return DEPTH if depth is True else as_text(depth)


def _copy(folder: str, target: str) -> None:
    """Copy a folder that is no repository."""
    # Imported late: it takes as long as a job to load.
    import shutil  # noqa: PLC0415

    try:
        shutil.copytree(folder, target, symlinks=True, ignore=_left_out)
    except (OSError, shutil.Error) as error:
        first = error.args[0][0] if isinstance(error, shutil.Error) else error
        raise EngineError(f"the folder {folder} cannot be copied: {first}", "make it a git repository") from error


def _left_out(folder: str, names: list[str]) -> list[str]:
    """Return what no copy can have: the repository's own files, sockets, pipes and devices."""
    return [name for name in names if name == ".git" or _is_special(os.path.join(folder, name))]


def _is_special(path: str) -> bool:
    mode = os.lstat(path).st_mode
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISLNK(mode))


class Trees:
    """The checkouts of one run: one for each way in which jobs want it, made when the first job asks. Jobs get copies.

    `early` may have made one of them already.
    """

    def __init__(self, origin: Origin, build: Build, early: Early | None = None) -> None:
        self._origin = origin
        self._build = build
        self._early = early
        self._lock = threading.Lock()
        self._made: dict[tuple[str, ...], str] = {}
        self._folder = scratch.make()
        self.notes: tuple[str, ...] = ()

    def folder(self, options: Mapping[str, Any]) -> str:
        """Return the folder with the checkout of a job, which nobody may change; `` for a job that wants none.

        `options` is the job's key `git`.
        """
        if options.get("clone") is False:
            return ""
        key = key_of(options)
        with self._lock:
            if key not in self._made:
                target = os.path.join(self._folder, str(len(self._made)))
                notes = make_tree(self._origin, self._build, options, target, self._early)
                self.notes = tuple(dict.fromkeys((*self.notes, *notes)))
                self._made[key] = target
            return self._made[key]

    def prepare(self, jobs: Iterable[Job]) -> None:
        """Make the checkouts of jobs now. Raises EngineError where that cannot be done."""
        for job in jobs:
            options = job.config.get("git")
            self.folder(options if isinstance(options, dict) else {})

    def close(self) -> None:
        """Remove all checkouts."""
        scratch.remove(self._folder)


def key_of(options: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what tells the trees of jobs apart: jobs with equal keys get copies of one."""
    names = ("depth", "submodules", "strategy")
    return tuple([f"{name}={as_text(options[name])}" for name in names if name in options])


def _submodules(folder: str, target: str) -> tuple[str, ...]:
    """Check out submodules from the copies that the user's repository has; the network is not used."""
    if not os.path.isfile(os.path.join(target, ".gitmodules")):
        return ()
    listed = ask(["config", "-f", ".gitmodules", "--get-regexp", r"^submodule\..*\.path$"], target)
    notes = []
    for line in listed.splitlines():
        key, _, path = line.partition(" ")
        name = key.removeprefix("submodule.").removesuffix(".path")
        store = _store(folder, path)
        if store is None:
            notes.append(
                f"the submodule '{path}' is not checked out here and stays empty: run git submodule update first"
            )
            continue
        git(["config", f"submodule.{name}.url", f"file://{store}"], target)
        call = ["-c", "protocol.file.allow=always", "submodule", "update", "--init", "-q", "--", path]
        git(call, target)
        notes += _submodules(os.path.join(folder, path), os.path.join(target, path))
    return tuple(notes)


def _has_lfs(target: str) -> bool:
    try:
        with open(os.path.join(target, ".gitattributes"), "rb") as file:
            return b"filter=lfs" in file.read()
    except OSError:
        return False


def _store(folder: str, path: str) -> str | None:
    """Return the repository that the user's copy of a submodule keeps; None for one that is not checked out."""
    inside = os.path.join(folder, path)
    found = attempt(["rev-parse", "--absolute-git-dir"], inside) if os.path.isdir(inside) else None
    own = attempt(["rev-parse", "--absolute-git-dir"], folder)
    return found if found and found != own else None


def _overlay(folder: str, target: str) -> None:
    """Bring the working tree over the checkout: files that are changed, new or gone; ignored ones stay out.

    Submodules that are checked out get theirs.
    """
    # Imported late: it takes as long as a job to load.
    import shutil  # noqa: PLC0415

    listed = _files(["--cached", "--others", "--exclude-standard", "--full-name", "."], folder)
    # `git rm` and `git mv` take them out of the list.
    for path in _files([], target) - listed:
        _gone(target, path)
    for path in listed:
        source, goal = os.path.join(folder, path), os.path.join(target, path)
        if os.path.isdir(source) and not os.path.islink(source):
            if os.path.lexists(os.path.join(goal, ".git")) and os.path.lexists(os.path.join(source, ".git")):
                _overlay(source, goal)
            continue
        if not os.path.lexists(source):
            _gone(target, path)
            continue
        _clear(target, path)
        os.makedirs(os.path.dirname(goal), exist_ok=True)
        shutil.copy2(source, goal, follow_symlinks=False)


def _gone(target: str, path: str) -> None:
    """Remove a file, and the folders that are empty then: git has none."""
    _clear(target, path)
    # Ends at the latest where `.git` is.
    with contextlib.suppress(OSError):
        os.removedirs(os.path.dirname(os.path.join(target, path)))


def _files(options: Sequence[str], folder: str) -> frozenset[str]:
    return frozenset(ask(["ls-files", "-z", *options], folder).split("\0")) - {""}


def _clear(target: str, path: str) -> None:
    """Make way for a file: what stands in its place goes, and links among its folders, which lead elsewhere."""
    parts = path.split("/")
    for number in range(1, len(parts) + 1):
        at = os.path.join(target, *parts[:number])
        if os.path.islink(at) or os.path.isfile(at):
            os.unlink(at)
        elif number == len(parts) and os.path.isdir(at):
            scratch.remove(at)
