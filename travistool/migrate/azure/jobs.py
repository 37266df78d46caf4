"""A row as a job of Azure Pipelines: machine or container, services, steps. Numbers and flags are texts in its schema."""

import re
from typing import Any

from travistool.migrate.azure.variables import SHELL
from travistool.migrate.containers import Container, containers, image_of, uses_docker, waits
from travistool.migrate.data.facts import facts
from travistool.migrate.machine import place_of
from travistool.migrate.model import Row
from travistool.migrate.prelude import installs_as_root, prelude, secrets_of
from travistool.migrate.shell import quoted
from travistool.migrate.tasks import Tasks
from travistool.migrate.whole import whole_text
from travistool.migrate.workspaces import FOLDER, archive

_HOME = "$(Pipeline.Workspace)/.home"
_TEMPLATE = "${{ '${{' }}"


def job(row: Row, tasks: Tasks, resources: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the job without its name and condition. The containers of services are added to `resources`."""
    data: dict[str, Any] = {"timeoutInMinutes": str(row.timeout), "pool": {"vmImage": _machine(row, tasks)}}
    is_inside = row.os == "linux" and not uses_docker(row)
    if is_inside:
        image = image_of(row, facts("azure")["images"]["default"])
        # Azure runs containers as a user of its own, who may install nothing.
        data["container"] = {"image": image, "options": "--user 0"} if installs_as_root(row) else image
    served = containers(row, facts("azure")["images"], tasks)
    if served:
        data["services"] = {one.name: _resource(one, resources, is_inside) for one in served}
    data["steps"] = _steps(row, waits(served, by_name=is_inside), tasks)
    return data


def escaped(text: str) -> str:
    """Return a text in which nothing is a template."""
    return text.replace("${{", _TEMPLATE)


def unescaped(text: str) -> str:
    """Return a text as the shell gets it."""
    return text.replace(_TEMPLATE, "${{")


def _machine(row: Row, tasks: Tasks) -> str:
    machines = facts("azure")["machines"]
    if row.os in ("linux", "osx", "windows") and row.arch in ("", "amd64"):
        return str(machines[row.os])
    if row.os == "osx":
        return str(machines["osx"])
    what = row.arch if row.os == "linux" else row.os
    reason = f"there is no hosted machine with '{what}'"
    tasks.add("platform", reason, "name a pool of your own", place_of(row.job, "arch" if row.os == "linux" else "os"))
    return str(machines["linux"])


def _resource(one: Container, resources: dict[str, dict[str, Any]], is_inside: bool) -> str:
    """Return the name of the resource for a service. On a machine, its ports are those of localhost."""
    data: dict[str, Any] = {"image": one.image}
    if one.env:
        data["env"] = dict(one.env)
    if one.start:
        # No command can be given, but a question whether all is well: it makes Travis's users.
        data["options"] = f'--health-cmd "{one.health}" --health-interval 2s'
    if not is_inside:
        data["ports"] = [f"{port}:{port}" for port in one.ports]
    base = re.sub(r"[^A-Za-z0-9]+", "_", one.image)
    name = base if is_inside else f"{base}_ports"
    resources[name] = {"container": name, **data}
    return name


def _steps(row: Row, waiting: list[str], tasks: Tasks) -> list[dict[str, Any]]:
    links = [path for path in row.caches if _is_home(path)]
    prepared = [*prelude(row, SHELL), *_linked(links), *waiting]
    script = "\n".join((*prepared, whole_text(row, tasks)))
    secrets = secrets_of(row)
    if secrets:
        script = "\n".join((_unset(secrets), script))
    env = {one.name: escaped(one.value) for one in row.variables if one.kind == "plain"}
    env |= {name: f"$({name})" for name in secrets}
    run: dict[str, Any] = {"bash": f"{escaped(script)}\n", "displayName": "Run the job"}
    return [
        _checkout(row),
        *_caches(row, links, tasks),
        *[_download(name) for name in row.uses],
        run | ({"env": env} if env else {}),
        *_published(row),
    ]


def _unset(secrets: tuple[str, ...]) -> str:
    """Return the line that drops secrets that a run does not get: Azure hands over the reference itself."""
    return f'for name in {" ".join(secrets)}; do [ "${{!name}}" != "\\$($name)" ] || unset "$name"; done'


def _checkout(row: Row) -> dict[str, Any]:
    if not row.git.clone:
        return {"checkout": "none"}
    data = {"checkout": "self", "fetchDepth": "0" if row.git.tags else str(row.git.depth)}
    if row.git.submodules != "no":
        data["submodules"] = "recursive"
    if row.git.lfs:
        data["lfs"] = "true"
    return data | ({"fetchTags": "true"} if row.git.tags else {})


def _is_home(path: str) -> bool:
    return path.startswith(("~", "$HOME", "${HOME}", "/home/travis"))


def _inner(path: str) -> str:
    return re.sub(r"^(?:~|\$HOME|\$\{HOME\}|/home/travis)/?", "", path)


def _linked(links: list[str]) -> list[str]:
    """Return the lines that make folders of the home folder links into the one that is kept."""
    lines = []
    for path in links:
        kept = f'"$PIPELINE_WORKSPACE"/.home/{quoted(_inner(path))}'
        here = f"~/{quoted(_inner(path))}"
        lines.append(f'mkdir -p {kept} "$(dirname {here})" && {{ [ -e {here} ] || ln -s {kept} {here}; }}')
    return lines


def _caches(row: Row, links: list[str], tasks: Tasks) -> list[dict[str, Any]]:
    inside = [path.removeprefix("$TRAVIS_BUILD_DIR/") for path in row.caches if path not in links]
    paths = [_HOME] if links else []
    for path in inside:
        if "$" in path:
            reason = f"the cache of '{path}' has a path that only the shell knows"
            tasks.add("cache", reason, "write the path itself in a task Cache@2", place_of(row.job, "cache"))
        else:
            paths.append(path if path.startswith("/") else f"$(Build.SourcesDirectory)/{path}")
    title = re.sub(r"[^A-Za-z0-9]+", "-", row.title).strip("-")
    return [
        {
            "task": "Cache@2",
            "displayName": "Keep a cache",
            "inputs": {
                "key": f'"{title}" | "{number}" | "$(Build.BuildId)"',
                "restoreKeys": f'"{title}" | "{number}"',
                "path": path,
            },
        }
        for number, path in enumerate(paths, 1)
    ]


def _download(name: str) -> dict[str, Any]:
    inputs = {"artifact": name, "path": f"$(Build.SourcesDirectory)/{FOLDER}"}
    title = f"Fetch {name}"
    return {"task": "DownloadPipelineArtifact@2", "displayName": title, "inputs": inputs, "continueOnError": "true"}


def _published(row: Row) -> list[dict[str, Any]]:
    """Return the steps that keep archives. An artifact has one maker: of jobs that leave the same one, the first counts."""
    return [
        {
            "publish": f"$(Build.SourcesDirectory)/{archive(one.name)}",
            "artifact": one.name,
            "displayName": f"Keep {one.name}",
            "condition": "succeededOrFailed()",
            "continueOnError": "true",
        }
        for one in row.creates
    ]
