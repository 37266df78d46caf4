"""A row as a command step of Buildkite, and the services beside it as a file for docker compose."""

from __future__ import annotations

from typing import Any

from travistool.document.layout import Inline, layout
from travistool.migrate.buildkite.variables import SHELL
from travistool.migrate.containers import Container, containers, image_of, uses_docker, waits
from travistool.migrate.data.facts import facts
from travistool.migrate.machine import place_of
from travistool.migrate.model import Row
from travistool.migrate.prelude import prelude, secrets_of
from travistool.migrate.shell import quoted
from travistool.migrate.tasks import Tasks
from travistool.migrate.whole import whole_text
from travistool.migrate.workspaces import archive

IMAGE = "JOB_IMAGE"


def step(row: Row, tasks: Tasks, composed: dict[str, str]) -> dict[str, Any]:
    """Return the step without what its place decides. Files for docker compose are added to `composed`, text to path."""
    served = containers(row, facts("buildkite")["images"], tasks) if not uses_docker(row) else ()
    if uses_docker(row) and len(row.services) > 1:
        reason = "a job that starts containers itself runs on the agent's machine, without services beside it"
        tasks.add("service", reason, "start the services by 'docker run' with their ports", row.services[0].place)
    prepared = [*prelude(row, SHELL), *_fetched(row), *waits(served)]
    script = "\n".join((*prepared, whole_text(row, tasks)))
    secrets = secrets_of(row)
    env = {one.name: one.value for one in row.variables if one.kind == "plain"}
    data: dict[str, Any] = {}
    agents = _agents(row, tasks)
    if agents:
        data["agents"] = agents
    checkout = _checkout(row)
    if checkout:
        data["checkout"] = checkout
    plugins = _plugins(row, served, [*env, *secrets], composed)
    image = {IMAGE: _image(row)} if served else {}
    if env or image:
        data["env"] = image | env
    if secrets:
        data["secrets"] = Inline(secrets)
    if plugins:
        data["plugins"] = plugins
    _note_caches(row, data, tasks)
    if row.creates:
        data["artifact_paths"] = [archive(one.name) for one in row.creates]
    data["timeout_in_minutes"] = row.timeout
    data["command"] = f"{script}\n"
    return data


def _checkout(row: Row) -> dict[str, Any]:
    """Return what is not as the agent does it: all of the history, with submodules. Less is fetched on demand only."""
    if not row.git.clone:
        return {"skip": True}
    found: dict[str, Any] = {"submodules": False} if row.git.submodules == "no" else {}
    is_asked_for = row.git.depth not in (0, 50) and not row.git.tags
    return found | ({"depth": row.git.depth} if is_asked_for else {})


def _fetched(row: Row) -> list[str]:
    """Return the lines that fetch what earlier jobs left; submodules are a part of the agent's checkout."""
    return [f"buildkite-agent artifact download {quoted(archive(name))} . || true" for name in row.uses]


def _image(row: Row) -> str:
    return image_of(row, facts("buildkite")["images"]["default"])


def _agents(row: Row, tasks: Tasks) -> dict[str, str]:
    queues = facts("buildkite")["queues"]
    arch = row.arch if row.os == "linux" else row.os
    name = "arm64" if arch.startswith("arm64") else arch
    if name in ("", "amd64"):
        return {}
    queue = str(queues.get(name, name))
    reason = f"jobs for '{name}' wait for an agent of the queue '{queue}'"
    key = "os" if row.os != "linux" else "arch"
    tasks.add("platform", reason, "run agents in it, with Bash, or name a queue of yours", place_of(row.job, key))
    return {"queue": queue}


def _plugins(row: Row, served: tuple[Container, ...], names: list[str], composed: dict[str, str]) -> list[Any]:
    if row.os != "linux" or uses_docker(row):
        return []
    plugins = facts("buildkite")["plugins"]
    more: dict[str, Any] = {"environment": Inline(names)} if names else {}
    more |= {"mount-buildkite-agent": True} if row.uses else {}
    if not served:
        options: dict[str, Any] = {"image": _image(row), "shell": Inline(("/bin/bash", "-c"))}
        options["propagate-environment"] = True
        return [{plugins["docker"]: options | more}]
    text = layout(_composed(served))
    number = len(composed) + 1
    path = composed.setdefault(text, f".buildkite/services{f'-{number}' if number > 1 else ''}.yml")
    options = {"run": "job", "config": path, "shell": Inline(("/bin/bash", "-c")), "mount-checkout": True}
    options |= {"workdir": "/workdir", "propagate-environment": True}
    return [{plugins["compose"]: options | more}]


def _composed(served: tuple[Container, ...]) -> dict[str, Any]:
    """Return the services. All share the network of the first one, so that each is found on localhost, as on Travis."""
    first = f"service:{served[0].name}"
    services: dict[str, Any] = {}
    for one in served:
        data: dict[str, Any] = {"image": one.image}
        if one.env:
            data["environment"] = dict(one.env)
        if one.start:
            data["command"] = ["sh", "-c", one.start]
        if one is not served[0]:
            data |= {"network_mode": first, "depends_on": Inline((served[0].name,))}
        services[one.name] = data
    names = Inline(tuple([one.name for one in served]))
    services["job"] = {"image": f"${{{IMAGE}}}", "network_mode": first, "depends_on": names}
    return {"services": services}


def _note_caches(row: Row, data: dict[str, Any], tasks: Tasks) -> None:
    if not row.caches:
        return
    paths = [path.replace("$HOME", "~").replace("$TRAVIS_BUILD_DIR/", "") for path in row.caches]
    kept = [path for path in paths if "$" not in path]
    if kept:
        data["cache"] = {"paths": kept}
    place = place_of(row.job, "cache")
    reason = "'cache' works on hosted agents, outside of containers"
    tasks.add("cache", reason, "use the cache plug-in on agents of your own", place)
    for path in paths:
        if "$" in path:
            tasks.add("cache", f"the cache of '{path}' has a path that only the shell knows", "write it itself", place)
