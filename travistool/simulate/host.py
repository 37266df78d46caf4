"""The host engine: a job as a process of this machine, in a private temporary home. Not isolated: it can do what you can."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping

from travistool.catalog.settings import as_text
from travistool.errors import EngineError
from travistool.plan.model import Job
from travistool.simulate import scratch
from travistool.simulate.engine import Ending, Order, Remark, Stop, Write
from travistool.simulate.leftovers import kill_all, processes
from travistool.simulate.programs import find
from travistool.simulate.rooms import Room, Rooms, write_new
from travistool.simulate.script.facts import HERE, Means

_KEPT = (
    "PATH",
    "LANG",
    "LC_ALL",
    "TZ",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
)
"""Variables of this machine that a job gets."""

_NO_SUDO = """#!/bin/bash
echo "sudo: not run on this machine by travistool: $*" >&2
echo "sudo: --allow-sudo lets it, --engine docker runs the job in a container" >&2
exit 1
"""
_CHUNK = 1 << 16
_LITTLE = 1 << 12
_PAUSE_SECONDS = 0.005
_GRACE_SECONDS = 1.0
_DRAIN_SECONDS = 0.5
_TOOLS = (("RUSTUP_HOME", ".rustup"), ("PYENV_ROOT", ".pyenv"), ("RBENV_ROOT", ".rbenv"), ("GOENV_ROOT", ".goenv"))
"""Variables that say where tools find their versions; without them they look in the home, which is another one."""

_SYSTEMS = {"linux": "linux", "darwin": "osx", "win32": "windows"}


class HostEngine:
    """Runs jobs as processes here. `caches` is the folder that caches are kept in; `` keeps none.

    Unless allowed, a job finds a `sudo` that refuses: a config written for a throw-away machine must not change this one.
    """

    name = "host"
    means = HERE

    def __init__(self, means: Means = HERE, caches: str = "", *, allow_sudo: bool = False) -> None:
        self.means = means
        self.caches = caches
        self.allow_sudo = allow_sudo
        scratch.sweep()
        self._folder = scratch.make()
        self._bash = find("bash")
        # No job's: they need not be looked at after each job, which takes longer than all else there.
        self._others = frozenset(processes())
        self._programs = os.path.join(self._folder, "bin")
        if not allow_sudo:
            os.mkdir(self._programs)
            write_new(os.path.join(self._programs, "sudo"), _NO_SUDO, 0o500)
        self._environment = self._shared_environment()
        self._rooms = Rooms(self._folder)

    def refuses(self, job: Job) -> str:
        """Return why a job cannot run on this machine."""
        if not self._bash:
            raise EngineError("there is no bash on this machine", "install bash, or use --engine docker")
        wanted, here = as_text(job.config.get("os") or "linux"), _SYSTEMS.get(sys.platform, sys.platform)
        if wanted != here and not (wanted == "linux" and here == "osx"):
            return f"it runs on {wanted}, this machine is {here}"
        return ""

    def remarks(self, job: Job) -> tuple[Remark, ...]:
        """Return nothing: what this machine lacks for a job is the same whichever job it is."""
        del job
        return ()

    def run(self, order: Order, write: Write, stop: Stop) -> Ending:
        """Run a job in a temporary home of its own, which is gone afterwards unless it is to be kept."""
        room = self._rooms.enter(order)
        try:
            environ = self._environ(room, order)
            # What is kept is not in our folder, and not looked for in the end.
            others = frozenset() if order.keep else self._others
            ending = _run([self._bash, room.script], room.home, environ, order, write, stop, others)
            if order.linger is not None:
                order.linger(ending, lambda: _shell(room, environ, order))
                kill_all(room.path, others)
            return ending._replace(kept=room.path) if order.keep else ending
        finally:
            self._rooms.leave(room)

    def close(self) -> None:
        """Remove the workspaces and the folder of the run."""
        self._rooms.close()
        # Numbers are given again: a job's process may have got that of one that was there before.
        kill_all(self._folder)
        scratch.remove(self._folder)

    def _shared_environment(self) -> Mapping[str, str]:
        """Return the variables that all jobs have, and make the folders that they name."""
        environ = {name: os.environ[name] for name in _KEPT if name in os.environ}
        for name, folder in _TOOLS:
            known = os.environ.get(name) or os.path.join(os.path.expanduser("~"), folder)
            if os.path.isdir(known):
                environ[name] = known
        workspaces = os.path.join(self._folder, "workspaces")
        os.mkdir(workspaces)
        if not self.allow_sudo:
            environ["PATH"] = f"{self._programs}{os.pathsep}{environ.get('PATH', os.defpath)}"
        return environ | {
            "USER": os.environ.get("USER", "travis"),
            "SHELL": self._bash or "/bin/bash",
            "TRAVISTOOL_WORKSPACES": workspaces,
        }

    def _environ(self, room: Room, order: Order) -> Mapping[str, str]:
        environ = {
            **self._environment,
            "HOME": room.home,
            "TERM": "xterm-256color" if order.terminal else "dumb",
            "TMPDIR": room.temporary,
            "GIT_CONFIG_GLOBAL": os.path.join(room.home, ".gitconfig"),
            "TRAVISTOOL_JOB": room.path,
            "TRAVISTOOL_TMP": room.temporary,
            "TRAVISTOOL_MARKS": order.marks,
            "TRAVISTOOL_INSIDE": room.home,
        }
        if order.linger is not None:
            environ["TRAVISTOOL_STATE"] = room.state
        if order.script.secrets:
            environ["TRAVISTOOL_SECRETS"] = room.secrets
        if order.cache and self.caches:
            environ["TRAVISTOOL_CACHE"] = os.path.join(self.caches, order.cache)
            os.makedirs(environ["TRAVISTOOL_CACHE"], mode=0o700, exist_ok=True)
        return environ


def _run(
    command: list[str],
    home: str,
    environ: Mapping[str, str],
    order: Order,
    write: Write,
    stop: Stop,
    others: frozenset[int],
) -> Ending:
    with _pipe(order.terminal) as (reader, writer):
        process = subprocess.Popen(  # noqa: S603  # the job's own script
            command,
            cwd=home,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=writer,
            stderr=writer,
            start_new_session=True,
        )
        os.close(writer)
        try:
            code = _wait(process, reader, write, stop)
        finally:
            _kill(process, signal.SIGKILL)
            process.wait()
            kill_all(environ["TRAVISTOOL_JOB"], others)
        _drain(reader, write)
    return Ending(128 - code if code < 0 else code)


@contextlib.contextmanager
def _pipe(terminal: bool) -> Iterator[tuple[int, int]]:
    """Give the ends of a pipe, or of a terminal; the caller closes the second one."""
    if terminal:
        import pty  # noqa: PLC0415  # not on every system

        reader, writer = pty.openpty()
    else:
        reader, writer = os.pipe()
    os.set_blocking(reader, False)
    try:
        yield reader, writer
    finally:
        os.close(reader)


def _wait(process: subprocess.Popen[bytes], reader: int, write: Write, stop: Stop) -> int:
    """Pass on what the job prints until it has ended, or is to be ended. Return its status as Popen has it."""
    bell = _Bell()
    ended = os.pidfd_open(process.pid) if hasattr(os, "pidfd_open") else -1
    stop.on_set(bell.ring)
    try:
        with selectors.DefaultSelector() as anything, selectors.DefaultSelector() as ends:
            anything.register(reader, selectors.EVENT_READ)
            for one in (bell.reader, *([ended] if ended >= 0 else [])):
                anything.register(one, selectors.EVENT_READ)
                ends.register(one, selectors.EVENT_READ)
            while process.poll() is None:
                if stop.why is not None:
                    return _end(process)
                # Without a descriptor for its end we have to look.
                for key, _ in anything.select(None if ended >= 0 else 0.05):
                    if key.fd == reader:
                        size = _pass_on(reader, write)
                        if size < 0:
                            anything.unregister(reader)
                        elif size < _LITTLE:
                            # A script prints word by word, and being woken for each takes longer than the words.
                            ends.select(_PAUSE_SECONDS)
    finally:
        bell.close()
        if ended >= 0:
            os.close(ended)
    return process.returncode


class _Bell:
    """Wakes who waits for descriptors. It may be rung when nobody waits any more."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.reader, self._writer = os.pipe()

    def ring(self) -> None:
        with self._lock:
            if self._writer >= 0:
                os.write(self._writer, b"!")

    def close(self) -> None:
        with self._lock:
            os.close(self._writer)
            os.close(self.reader)
            self._writer = -1


def _pass_on(reader: int, write: Write) -> int:
    """Pass on what is there; return how much that was, -1 when nothing more can come."""
    try:
        data = os.read(reader, _CHUNK)
    except BlockingIOError:
        return 0
    except OSError:
        # What Linux says when nobody has the terminal open any more.
        return -1
    if data:
        write(data)
    return len(data) or -1


def _end(process: subprocess.Popen[bytes]) -> int:
    """End the job: politely, then by force."""
    _kill(process, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        return process.wait(_GRACE_SECONDS)
    _kill(process, signal.SIGKILL)
    return process.wait()


def _kill(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Send a signal to all processes of the job's group; they may be gone."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def _drain(reader: int, write: Write) -> None:
    """Pass on what is still in the pipe. Somebody may hold it open for ever."""
    deadline = time.monotonic() + _DRAIN_SECONDS
    while time.monotonic() < deadline:
        try:
            data = os.read(reader, _CHUNK)
        except OSError:
            return
        if not data:
            return
        write(data)


def _shell(room: Room, environ: Mapping[str, str], order: Order) -> int:
    """Open a shell with the variables and in the folder that the job had at its end."""
    with open(room.state, "a", encoding="utf-8") as file:
        file.write(order.for_people(os.environ.get("TERM", "")))
    return subprocess.run(  # noqa: S603
        [environ["SHELL"], "--rcfile", room.state, "-i"],
        cwd=room.build if os.path.isdir(room.build) else room.home,
        env=environ,
        check=False,
    ).returncode
