"""A checkout of a commit as Travis has it, made by the git of this machine from a repository on it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Sequence

from travistool.errors import EngineError
from travistool.record import Record
from travistool.simulate import scratch

DEPTH = "50"
_SECONDS = 600
# Neither hooks nor programs that a repository's settings name are run.
_SAFE = ("-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "advice.detachedHead=false")
# Each folder of a repository is made and removed again for each job: no samples of hooks, one pack of objects.
_SMALL = (
    *("-c", "init.templateDir=", "-c", "fetch.unpackLimit=1", "-c", "core.logAllRefUpdates=false"),
    *("-c", "maintenance.auto=false", "-c", "gc.auto=0"),
)
# Only where this holds can a commit be asked for that no branch points to.
_SERVED = "git -c uploadpack.allowAnySHA1InWant=true -c uploadpack.allowFilter=true upload-pack"
_LOCATIONS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_NAMESPACE")

_Process = subprocess.Popen[str]
_Run = Callable[[Sequence[str], str | None], None]


class Wanted(Record):
    """Which checkout: a commit of the repository at `folder`, and what it is known as there.

    `depth` is in commits, `` for all of them. A branch is one of `origin`, and one of its own where a push `is_plain`:
    neither of a tag nor for a pull request.
    """

    folder: str
    commit: str
    branch: str
    tag: str = ""
    is_plain: bool = True
    depth: str = DEPTH


def check_out(wanted: Wanted, target: str, run: _Run | None = None) -> None:
    """Fetch the commit into a new folder as deep as a clone would be, with tags on the way, and check it out.

    `run` calls git, if not in the usual way. Raises EngineError.
    """
    run = run or git
    run(["init", "-q", "--initial-branch", "travistool-none", target], None)
    names = [f"refs/remotes/origin/{wanted.branch}", *([f"refs/heads/{wanted.branch}"] if wanted.is_plain else [])]
    run(
        [
            *("fetch", "-q", "--no-write-fetch-head", f"--upload-pack={_SERVED}"),
            *([f"--depth={wanted.depth}"] if wanted.depth else []),
            f"file://{os.path.abspath(wanted.folder)}",
            *[f"+{wanted.commit}:{name}" for name in names],
        ],
        target,
    )
    if wanted.tag:
        # By itself: fetching follows tags, and may bring one of that name.
        run(["tag", "-f", wanted.tag, wanted.commit], target)
    run(["pack-refs", "--all"], target)
    run(["checkout", "-q", "--detach", wanted.commit], target)


class Early:
    """A checkout that is made, in a thread, before it is known to be wanted: while the build is planned.

    Whoever has one closes it; doing that twice is fine.
    """

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._folder = ""
        self._lock = threading.Lock()
        self._process: _Process | None = None
        self._thread: threading.Thread | None = None
        self._is_over = False
        self._is_made = False

    def begin(self) -> None:
        """Begin. Where that does not work nothing is made: whoever wants the checkout makes it, and tells."""
        with contextlib.suppress(OSError, RuntimeError):
            self._folder = scratch.make()
            thread = threading.Thread(target=self._make, daemon=True)
            thread.start()
            self._thread = thread

    def take(self, wanted: Wanted, target: str) -> bool:
        """Move the checkout to where it is wanted. False if it is another one, or could not be made: that ends it."""
        if wanted == self._wanted and not self._is_over and self._thread is not None:
            self._thread.join()
        else:
            self.close()
        taken = False
        if self._is_made and not self._is_over:
            with contextlib.suppress(OSError):
                os.rename(self._target, target)
                taken = True
        self.close()
        return taken

    def close(self) -> None:
        """Give up what is not done yet, and remove what nobody took."""
        with self._lock:
            self._is_over = True
            if self._process is not None:
                _kill(self._process)
        if self._thread is not None:
            self._thread.join()
        if self._folder:
            scratch.remove(self._folder)

    @property
    def _target(self) -> str:
        return os.path.join(self._folder, "early")

    def _make(self) -> None:
        # Whoever wants it tries again, and tells what is wrong.
        with contextlib.suppress(Exception):
            check_out(self._wanted, self._target, self._git)
            self._is_made = True

    def _git(self, arguments: Sequence[str], folder: str | None) -> None:
        with self._lock:
            if self._is_over:
                raise EngineError("nobody wants it")
            # A group, so that what git has started goes with it.
            process = self._process = _started(arguments, folder, group=0)
        try:
            _check(_finished(process), folder)
        finally:
            with self._lock:
                self._process = None


def _kill(process: _Process) -> None:
    """Kill a process that leads a group, and all of the group."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def git(arguments: Sequence[str], folder: str | None) -> None:
    """Call git. Raises EngineError when that fails."""
    _check(_called(arguments, folder), folder)


def ask(arguments: Sequence[str], folder: str | None) -> str:
    """Return what git prints. Raises EngineError when it does not work at all."""
    return _called(arguments, folder).stdout


def attempt(arguments: Sequence[str], folder: str | None) -> str | None:
    """Return the line that git prints, None when that fails."""
    found = _called(arguments, folder)
    return found.stdout.strip() if found.returncode == 0 else None


def _check(found: subprocess.CompletedProcess[str], folder: str | None) -> None:
    if found.returncode:
        why = found.stderr.strip().splitlines()
        raise EngineError(
            f"the repository cannot be checked out: {why[-1] if why else 'git failed'}",
            "--dirty takes the files as they are" if folder else "",
        )


def _called(arguments: Sequence[str], folder: str | None) -> subprocess.CompletedProcess[str]:
    return _finished(_started(arguments, folder))


def _started(arguments: Sequence[str], folder: str | None, group: int | None = None) -> _Process:
    """Start git, in our group of processes or, with 0, in one of its own."""
    environ = {name: value for name, value in os.environ.items() if name not in _LOCATIONS}
    environ |= {"GIT_TERMINAL_PROMPT": "0", "GIT_LFS_SKIP_SMUDGE": "1", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        return subprocess.Popen(  # noqa: S603  # a fixed program with arguments, no shell
            ["git", *_SAFE, *_SMALL, *arguments],  # noqa: S607  # the user's own git
            cwd=folder,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="surrogateescape",
            process_group=group,
        )
    except OSError as error:
        raise EngineError(f"git does not work: {error}", "install git") from error


def _finished(process: _Process) -> subprocess.CompletedProcess[str]:
    with process:
        try:
            out, err = process.communicate(timeout=_SECONDS)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise EngineError(f"git does not work: {error}", "install git") from error
        except BaseException:
            process.kill()
            raise
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)
