"""The docker engine: each job in a container of its own. What happens to one job is in job.py.

holder (only with services) ─▶ services, own engine ┐
                       job ─▶ files in ─▶ start ─▶ ready ─▶ secrets in ─▶ one script, one command ─▶ all removed
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterable
from typing import Literal

from travistool.catalog.settings import as_text
from travistool.errors import EngineError
from travistool.plan.model import Job
from travistool.simulate import scratch
from travistool.simulate.docker import leftovers
from travistool.simulate.docker.client import Client
from travistool.simulate.docker.control import lacks_docker, started
from travistool.simulate.docker.images import DOCKER, image_for, needs_docker, services_of, unknown_services
from travistool.simulate.docker.job import run_job
from travistool.simulate.docker.options import DockerOptions
from travistool.simulate.docker.room import Room, Stopped
from travistool.simulate.docker.shared import Shared
from travistool.simulate.docker.sidecars import NotReadyError
from travistool.simulate.docker.watcher import Watcher
from travistool.simulate.engine import Ending, Order, Remark, Stop, Write
from travistool.simulate.script.facts import BESIDE, Means

_NAME_IT = "name it under 'services', unless the job installs it"
_SPARE_SECONDS = 900
_FOREVER_SECONDS = 7 * 24 * 3600
_ARCHES = {"arm64-graviton2": "arm64"}


class DockerEngine:
    """Runs jobs in containers of an engine that the Docker SDK reaches. Nothing of this machine is mounted."""

    name = "docker"

    def __init__(
        self, options: DockerOptions = DockerOptions(), deploy: Literal["dry", "script", "all"] = "dry"
    ) -> None:
        self.means: Means = BESIDE._replace(deploy=deploy)
        self.options = options
        self._lock = threading.Lock()
        self._shared: Shared | None = None
        self._watcher: Watcher | None = None

    def connect(self) -> None:
        """Connect now rather than at the first use. Raises EngineError when no engine answers."""
        assert self.shared is not None

    @property
    def shared(self) -> Shared:
        """What the run has; the connection is made at its first use. Raises EngineError when no engine answers."""
        with self._lock:
            if self._shared is None:
                client = Client()
                scratch.sweep()
                # What cannot be tidied up now can be later.
                with contextlib.suppress(EngineError):
                    leftovers.remove(client, time.time())
                self._shared = Shared(client, self.options)
            return self._shared

    def refuses(self, job: Job) -> str:
        """Return why a job cannot run on this engine."""
        client = self.shared.client
        system = as_text(job.config.get("os") or "linux")
        if not system.startswith("linux"):
            return f"it runs on {system}, containers here are Linux"
        arch = as_text(job.config.get("arch") or client.arch)
        if _ARCHES.get(arch, arch) != client.arch:
            return f"it runs on {arch}, this engine is {client.arch}"
        image = image_for(job, self.options.images)
        if image is None:
            language = as_text(job.config.get("language") or "")
            return f"no image is known for its version of {language}: name one with --image {language}=IMAGE"
        if self.options.pull == "never" and client.image(image) is None:
            return f"there is no image '{image}' here: pull it, or name another one with --image"
        return ""

    def remarks(self, job: Job) -> tuple[Remark, ...]:
        """Return what a job will lack here: services without an image, images that nobody fetches."""
        found = [
            Remark("problem", f"the service '{name}' is not known here, and not started", "start it in before_install")
            for name in unknown_services(job)
        ]
        found += [
            Remark(
                "note",
                f"the job starts '{name}', which Travis's machines have installed and containers have not",
                _NAME_IT,
            )
            for name in started(job, self.options)
        ]
        if lacks_docker(job):
            text = "the job calls docker without the service of that name, and has no engine"
            found.append(Remark("problem", text, "add docker to 'services'"))
        wanted = {one.image for one in services_of(job, self.options.images)}
        if needs_docker(job) and self.options.docker == "nested":
            wanted.add(self.options.images.get("docker", DOCKER))
        found += self._missing(wanted) if self.options.pull == "never" else self._pulled(job, wanted)
        if needs_docker(job) and self.options.docker == "host":
            text = "the job gets this machine's container engine, and can do everything on it"
            found.append(Remark("note", text, "--docker nested gives it one of its own"))
        return tuple(found)

    def _missing(self, wanted: Iterable[str]) -> list[Remark]:
        missing = sorted(one for one in wanted if self.shared.client.image(one) is None)
        hint = "pull it, or name another one with --image"
        return [Remark("problem", f"there is no image '{one}' here, and --pull is never", hint) for one in missing]

    def _pulled(self, job: Job, beside: Iterable[str]) -> list[Remark]:
        """Tell which images are fetched first. Nobody is asked how big they are: that takes the network."""
        image = image_for(job, self.options.images)
        every = self.options.pull == "always"
        wanted = sorted({*beside, *([image] if image else [])})
        return [
            Remark("note", f"the image '{one}' is pulled first, its size is not known")
            for one in wanted
            if every or self.shared.client.image(one) is None
        ]

    def run(self, order: Order, write: Write, stop: Stop) -> Ending:
        """Run a job in a container and remove all that was made for it."""
        shared = self.shared
        # People in a shell take their time.
        is_limited = order.timeout_seconds and order.linger is None
        seconds = order.timeout_seconds + _SPARE_SECONDS if is_limited else _FOREVER_SECONDS
        try:
            with Room(shared.client, stop, order, self.options.project, seconds) as room:
                return run_job(shared, room, self._listening(order.run), order, write)
        except Stopped:
            return Ending(None)
        except NotReadyError as error:
            write(b"".join(b"  | " + line + b"\n" for line in error.log.splitlines()))
            return Ending(None, error.message)
        except EngineError as error:
            # Without the engine no other job can run either; with it, the trouble is this job's own.
            shared.client.info()
            return Ending(None, f"{error.message}; {error.hint}" if error.hint else error.message)

    def close(self) -> None:
        """Remove what the run has made for all of its jobs."""
        with self._lock:
            shared, self._shared = self._shared, None
            watcher, self._watcher = self._watcher, None
        try:
            if shared is not None:
                shared.close()
        finally:
            if watcher is not None:
                watcher.close()
            if shared is not None:
                shared.client.close()

    def _listening(self, run: str) -> Watcher:
        shared = self.shared
        with self._lock:
            if self._watcher is None:
                self._watcher = Watcher(shared.client, run)
            return self._watcher
