"""An engine that is reached over SSH: its socket over there becomes one here, for as long as a run takes.

By the SSH client of this machine: its settings, keys and questions are the user's own. docker opens a session for each
connection, which takes half a second where the SDK makes ten of them a job; one that forwards the socket takes that once.
The SDK's own way needs another library, and reads only a part of the settings.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import subprocess
import time
from urllib.parse import SplitResult, urlsplit

from travistool.errors import EngineError
from travistool.simulate import scratch

_SECONDS = 30
_LOOK_SECONDS = 0.02
_ASKS = "docker context inspect --format '{{.Endpoints.docker.Host}}'"
_STAYS = "cat"
"""It ends when we do, whatever we die of, and the session with it."""


class Tunnel:
    """Forwards the socket of an engine until it is closed. Raises EngineError where nobody answers, or no engine is.

    `address` is what the SDK takes, `trial` a command by which people see whether the way is open.
    """

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        if not parts.hostname or parts.hostname.startswith("-"):
            raise EngineError(f"'{address}' names no host", "ssh://USER@HOST:PORT is the form")
        if shutil.which("ssh") is None:
            raise EngineError(f"there is no ssh on this machine, which {address} needs", "install an SSH client")
        self._client, self._host = _client(parts), parts.hostname
        there = parts.path if parts.path.strip("/") else ""
        self.trial = " ".join([*_shown(parts), "docker", *(["--host", f"unix://{there}"] if there else []), "version"])
        self._folder = scratch.make()
        self._process: subprocess.Popen[bytes] | None = None
        try:
            here = os.path.join(self._folder, "s")
            self.address = f"unix://{here}"
            self._open(here, there or self._asked())
        except BaseException:
            self.close()
            raise

    def said(self) -> str:
        """Return the last line that ssh has printed; `` for none."""
        with contextlib.suppress(OSError), open(f"{self._folder}/said", encoding="utf-8", errors="replace") as file:
            return ([line.strip() for line in file if line.strip()] or [""])[-1]
        return ""

    def close(self) -> None:
        """End the session."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
        scratch.remove(self._folder)

    def _asked(self) -> str:
        """Return where docker over there finds its engine."""
        with open(f"{self._folder}/said", "wb") as said:
            found = subprocess.run(  # noqa: S603
                [*self._client, "--", self._host, _ASKS], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said,
                start_new_session=True, check=False,
            )  # fmt: skip
        kind, _, path = found.stdout.decode("utf-8", "replace").strip().partition("://")
        if found.returncode == 0 and kind != "unix":
            raise EngineError(f"docker on '{self._host}' has its engine at {kind}://{path}", "name it in DOCKER_HOST")
        if found.returncode:
            raise self._error()
        return path

    def _open(self, here: str, there: str) -> None:
        call = [*self._client, "-o", "ExitOnForwardFailure=yes", "-L", f"{here}:{there}", "--", self._host, _STAYS]
        with open(f"{self._folder}/said", "ab") as said:
            # In a session of its own: Ctrl-C is for us, and we still have to tidy up over there.
            self._process = subprocess.Popen(  # noqa: S603
                call, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True
            )
        while not os.path.exists(here):
            if self._process.poll() is not None:
                raise self._error()
            time.sleep(_LOOK_SECONDS)

    def _error(self) -> EngineError:
        said = self.said() or "ssh ended"
        return EngineError(f"'{self._host}' cannot be reached over SSH: {said}", f"'{self.trial}' has to work first")


def _client(address: SplitResult) -> list[str]:
    return [
        *("ssh", "-T", "-o", f"ConnectTimeout={_SECONDS}"),
        *(("-l", address.username) if address.username else ()),
        *(("-p", str(address.port)) if address.port else ()),
    ]


def _shown(address: SplitResult) -> list[str]:
    """Return the call of ssh as people write it."""
    port = ("-p", str(address.port)) if address.port else ()
    return [
        "ssh",
        *port,
        shlex.quote(f"{address.username}@{address.hostname}" if address.username else str(address.hostname)),
    ]
