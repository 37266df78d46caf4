"""A job's container while it runs: files in, secrets in, the script, how it ended, a shell beside it."""

from __future__ import annotations

import os
from typing import NamedTuple

from travistool.errors import EngineError
from travistool.simulate.docker.archive import Archive
from travistool.simulate.docker.client import Client
from travistool.simulate.docker.containers import KEPT, SECRETS, Mount
from travistool.simulate.docker.machine import Machine
from travistool.simulate.docker.watcher import Watcher
from travistool.simulate.engine import Ending, Order, Write

CACHE, WORKSPACES = f"{KEPT}/cache", f"{KEPT}/workspaces"
_STATE = f"{SECRETS}/state"
"""In memory: it holds the values of secrets."""

_SHELL = 'cd "$1" 2>/dev/null; printf %s "$2" >>"$TRAVISTOOL_STATE"; exec bash --rcfile "$TRAVISTOOL_STATE" -i'
_KILLED = 137
_DIES_SECONDS = 0.7
_SMALL_BYTES = 16 << 20


class Place(NamedTuple):
    """A job's container, what it is like, the volumes that it has, and the files that go into it.

    `needs_root`: the job itself may not put them there.
    """

    client: Client
    container: str
    machine: Machine
    mounts: tuple[Mount, ...]
    files: Archive
    needs_root: bool = False

    def files_come_with(self, order: Order) -> bool:
        """Tell whether the files can come through the input of the script's own command.

        That saves an eighth of a second a job. The input must not be a terminal; the job unpacks what is its own;
        what is big would take longer that way.
        """
        is_small = self.files.size() <= _SMALL_BYTES
        return is_small and self.machine.has_tar and not self.mounts and not order.terminal and not self.needs_root

    def fill(self) -> None:
        """Put the files into the container."""
        self.client.put(self.container, self.files.pieces())

    def run(self, order: Order, watcher: Watcher, write: Write) -> Ending:
        """Run the script of a job to its end."""
        environ = self._environ(order)
        if order.script.secrets:
            environ["TRAVISTOOL_SECRETS"] = self._bring_secrets(order.script.secrets)
        home = self.machine.home
        comes_with = self.files_come_with(order)
        # An archive goes on behind its end, where tar stops: `head` must not be left with a pipe that nobody reads.
        take = f"head -c {self.files.size()} | {{ tar -xf - -C / && cat >/dev/null; }}"
        unpack = f"{take} || exit; cd {home} || exit; " if comes_with else ""
        # One stream: in two, what the job prints would lose its order.
        start = f"{unpack}exec bash {home}/build.sh </dev/null 2>&1"
        code = self.client.execute(
            self.container,
            ["bash", "-o", "pipefail", "-c", start],
            write,
            user=self.machine.user,
            environ=environ,
            folder="/" if comes_with else home,
            terminal=order.terminal,
            stdin=self.files.pieces() if comes_with else (),
        )
        return self._ending(code, watcher)

    def shell(self, order: Order) -> int:
        """Open a shell for people, with the variables and in the folder that the job had at its end."""
        environ = self._environ(order)
        del environ["TRAVISTOOL_MARKS"]
        home = self.machine.home
        command = [
            "bash",
            "-c",
            _SHELL,
            "bash",
            f"{home}/build/{order.place}",
            order.for_people(os.environ.get("TERM", "")),
        ]
        return self.client.interact(self.container, command, self.machine.user, home, environ)

    def _ending(self, code: int | None, watcher: Watcher) -> Ending:
        # A command that was killed and a container that was: only the container's own end tells them apart.
        died = code in (None, _KILLED) and watcher.saw("die", self.container, _DIES_SECONDS)
        if watcher.saw("oom", self.container):
            return Ending(None if died else code, "it ran out of memory; --memory gives it more")
        return Ending(None, "its container was killed from outside") if died or code is None else Ending(code)

    def _bring_secrets(self, secrets: str) -> str:
        """Write the secrets to a file in memory that only the job can read; return its path.

        They go through a command's input: arguments, variables and archives are seen by others, or stay on the disk.
        """
        path, data = f"{SECRETS}/secrets", secrets.encode("utf-8", "surrogateescape")
        command = ["bash", "-c", f"umask 077 && head -c {len(data)} >{path}"]
        code = self.client.execute(self.container, command, lambda _: None, user=self.machine.user, stdin=(data,))
        if code != 0:
            raise EngineError("the secrets cannot be brought into the container")
        return path

    def _environ(self, order: Order) -> dict[str, str]:
        paths = {one.path for one in self.mounts}
        found = {
            "HOME": self.machine.home,
            "USER": "travis",
            "TERM": "xterm-256color" if order.terminal else "dumb",
            "TRAVISTOOL_MARKS": order.marks,
        }
        if order.linger is not None:
            found["TRAVISTOOL_STATE"] = _STATE
        if CACHE in paths:
            found["TRAVISTOOL_CACHE"] = CACHE
        if WORKSPACES in paths:
            found["TRAVISTOOL_WORKSPACES"] = WORKSPACES
        return found
