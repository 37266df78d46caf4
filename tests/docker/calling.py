"""The tool as people call it, in a project of its own, and what such a call has left behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from tests.docker.running import MICRO, docker

NOTHING: Mapping[str, str] = MappingProxyType({})


class Call:
    """A running `travistool simulate --engine docker` with a temporary folder and a cache of its own."""

    def __init__(
        self,
        folder: Path,
        config: Mapping[str, object],
        *more: str,
        environ: Mapping[str, str] = NOTHING,
        code: str = "",
    ) -> None:
        (folder / ".travis.yml").write_text(json.dumps({"language": "minimal", **config}))
        self.temporary = folder.parent / "tmp"
        self.temporary.mkdir(exist_ok=True)
        start = (
            ["-c", f"{code}\nfrom travistool.cli.main import main\nraise SystemExit(main())"]
            if code
            else ["-m", "travistool"]
        )
        self._process = subprocess.Popen(
            [
                *(sys.executable, *start, "simulate", "--engine", "docker", "--progress", "lines"),
                *("--image", f"minimal={MICRO}", *more),
            ],
            cwd=folder,
            env={
                **os.environ,
                "XDG_CACHE_HOME": str(folder.parent / "cache"),
                "TMPDIR": str(self.temporary),
                "PYTHONUNBUFFERED": "1",
                **environ,
            },
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.id = self._process.pid
        self.printed = ""

    def wait_for(self, text: str) -> None:
        """Read what it prints until a line begins with a text."""
        assert self._process.stdout is not None
        while line := self._process.stdout.readline():
            self.printed += line
            if line.lstrip("\x1b[;0123456789m").startswith(text):
                return
        raise AssertionError(self.printed)

    def send(self, number: signal.Signals) -> None:
        """Send a signal: Ctrl-C reaches all processes of a terminal, others only the one."""
        if number == signal.SIGINT:
            os.killpg(self.id, number)
        else:
            self._process.send_signal(number)

    def end(self, seconds: float = 30) -> int:
        """Wait for its end; return its exit code. It is killed where it takes too long, which is an error."""
        try:
            rest, _ = self._process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self.printed += self._process.communicate()[0]
            raise AssertionError(self.printed) from None
        self.printed += rest
        return self._process.returncode

    def containers(self, *states: str) -> list[str]:
        """Return its containers of some states, all without any."""
        return self._labeled("ps", "--all", *[f"--filter=status={one}" for one in states])

    def left(self) -> list[str]:
        """Return what it has left and should not: containers, volumes, files.

        What the engine is about to remove gets a moment.
        """
        found: list[str] = []
        for _ in range(30):
            found = [
                *self.containers(),
                *self._labeled("volume", "ls", "--filter=label=travistool.kind=volume"),
                *os.listdir(self.temporary),
            ]
            if not found:
                break
            time.sleep(0.1)
        return found

    def _labeled(self, *call: str) -> list[str]:
        label = "travistool.process"
        found = docker(*call, "--filter", f"label={label}", "--format", f'{{{{.Label "{label}"}}}}')
        return [line for line in found.splitlines() if f"/{self.id}/" in line]


class SilentRegistry:
    """A registry that takes calls and never answers."""

    def __enter__(self) -> str:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._taken: list[socket.socket] = []
        self._thread = threading.Thread(target=self._take)
        self._thread.start()
        return f"127.0.0.1:{self._server.getsockname()[1]}"

    def _take(self) -> None:
        while True:
            try:
                self._taken.append(self._server.accept()[0])
            except OSError:
                return

    def __exit__(self, *_: object) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join()
        for one in self._taken:
            one.close()
