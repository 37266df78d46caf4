"""Runs one job on a real engine, and looks at what it leaves there."""

import json
import os
import subprocess
import threading
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from tests.plan.plans import normal
from travistool.plan.expand import expand
from travistool.plan.model import Event
from travistool.simulate.docker.engine import DockerEngine
from travistool.simulate.engine import Ending, Order, Stop, Why
from travistool.simulate.script.compile import compile_job
from travistool.simulate.script.facts import Build

MICRO = "travistool-test:micro"
RUN = f"tests-{os.getpid()}"
BUILD = Build(event=Event(type="push", branch="master", repo="acme/widget"), repo="acme/widget", commit="0" * 40)


def docker(*arguments: str) -> str:
    """Return what docker prints."""
    return subprocess.run(["docker", *arguments], check=True, capture_output=True, text=True).stdout


class Ran(NamedTuple):
    """How a job ended, and what it printed."""

    ending: Ending
    output: bytes

    @property
    def text(self) -> str:
        return self.output.decode("utf-8", "replace")


class Machine:
    """An engine of ours. All its jobs have the same run, which is that of this process."""

    def __init__(self, engine: DockerEngine) -> None:
        self.engine = engine

    def run(
        self,
        *script: str,
        watch: Callable[[bytes, Stop], None] | None = None,
        build: Build = BUILD,
        source: str = "",
        cache_key: str = "",
        **config: Any,
    ) -> Ran:
        """Run a job of the language generic. `watch` is called with all that was printed so far, and may end the job."""
        text = json.dumps({"language": "generic", "script": list(script), **config})
        job = expand(normal(text), build.event).jobs[0]
        stop, output = Stop(), bytearray()

        def write(data: bytes) -> None:
            output.extend(data)
            if watch is not None:
                watch(bytes(output), stop)

        compiled = compile_job(job, build, self.engine.means)
        order = Order(
            job=job, build=build, script=compiled, run=RUN, source=source, place="acme/widget", cache=cache_key,
            timeout_seconds=120,
        )  # fmt: skip
        return Ran(self.engine.run(order, write, stop), bytes(output))

    def containers(self, kind: str) -> list[str]:
        """Return the containers of a kind that the run has now."""
        return docker(
            "ps", "-q", "--filter", f"label=travistool.run={RUN}", "--filter", f"label=travistool.kind={kind}"
        ).split()

    def left(self) -> list[str]:
        """Return all that the run has on the engine; what the engine is about to remove gets a moment for it."""
        found: list[str] = []
        for _ in range(30):
            label = f"label=travistool.run={RUN}"
            found = (
                docker("ps", "-aq", "--filter", label).split() + docker("volume", "ls", "-q", "--filter", label).split()
            )
            if not found:
                break
            time.sleep(0.1)
        return found


def ended(why: Why, after: bytes) -> Callable[[bytes, Stop], None]:
    """Return a watch that ends a job once it has printed a text."""

    def watch(output: bytes, stop: Stop) -> None:
        if after in output:
            # The engine's own thread must not wait for itself.
            threading.Thread(target=stop.set, args=(why,)).start()

    return watch
