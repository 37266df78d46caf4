"""A row as a job of Azure Pipelines: machine or container, services, steps. Numbers and flags are texts in its schema."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from travistool.migrate.azure.variables import SHELL
from travistool.migrate.containers import Container, containers, image_of, uses_docker, waits
from travistool.migrate.data.facts import facts
from travistool.migrate.machine import place_of
from travistool.migrate.model import Row
from travistool.migrate.prelude import assigned, installs_as_root, prepared, secrets_of, travis_variables
from travistool.migrate.shell import quoted
from travistool.migrate.tasks import Tasks
from travistool.migrate.whole import whole_text
from travistool.migrate.workspaces import FOLDER, archive

_HOME = "$(Pipeline.Workspace)/.home"
_TEMPLATE = "${{ '${{' }}"
TITLE, IMAGE, CACHE = "JOB_TITLE", "JOB_IMAGE", "JOB_CACHE"
"""The variables of a matrix that say what a job is called, where it runs, and what its cache is called."""


class Job(NamedTuple):
    """A row without its name and condition. `image` is `` on a machine; `caches` are paths, `slot` their name; the rest is as written."""

    title: str
    image: str
    values: Mapping[str, str]
    options: str
    machine: dict[str, Any]
    services: dict[str, str]
    checkout: dict[str, Any]
    caches: tuple[str, ...]
    slot: str
    fetched: list[dict[str, Any]]
    script: str
    secrets: tuple[str, ...]
    kept: list[dict[str, Any]]


def job(row: Row, tasks: Tasks, resources: dict[str, dict[str, Any]]) -> Job:
    """Return the job of a row. The containers of services are added to `resources`."""
    is_inside = row.os == "linux" and not uses_docker(row)
    served = containers(row, facts("azure")["images"], tasks)
    links = [path for path in row.caches if _is_home(path)]
    secrets = secrets_of(row)
    known = list(travis_variables(row, SHELL))
    lines = [f"export {one.name}={one.value}" for one in known if one.kind == "shell"]
    script = (*assigned(row, lines), *prepared(row), *_linked(links), *waits(served, by_name=is_inside))
    text = "\n".join((*([unset(secrets)] if secrets else []), *script, whole_text(row, tasks)))
    return Job(
        title=row.title,
        image=image_of(row, facts("azure")["images"]["default"]) if is_inside else "",
        values={one.name: escaped(one.value) for one in (*row.variables, *known) if one.kind == "plain"},
        # Azure runs containers as a user of its own, who may install nothing.
        options="--user 0" if is_inside and installs_as_root(row) else "",
        machine={"timeoutInMinutes": str(row.timeout), "pool": {"vmImage": _machine(row, tasks)}},
        services={one.name: _resource(one, resources, is_inside) for one in served},
        checkout=_checkout(row),
        caches=tuple(_cached(row, links, tasks)),
        slot=row.slot_name,
        fetched=[_download(name) for name in row.uses],
        script=f"{escaped(text)}\n",
        secrets=secrets,
        kept=_published(row),
    )


def composed(jobs: Sequence[Job], resources: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return jobs that differ in title, image, cache and values only: one as it is, several with a matrix.

    What stands for images with options is added to `resources`: only such a name may be a variable's value.
    """
    first = jobs[0]
    matrix = _matrix(jobs, resources)
    container: Any = {"image": first.image, "options": first.options} if first.options else first.image
    slot = first.slot
    script = first.script
    env = {name: value for one in jobs for name, value in one.values.items()}
    if matrix:
        (leg, *_) = matrix.values()
        slot = f"$({CACHE})" if CACHE in leg else slot
        container = f"$[ variables['{IMAGE}'] ]" if IMAGE in leg else container
        env |= {name: f"$({name})" for leg in matrix.values() for name in leg if name in env}
        missing = tuple([name for name in env if any(name not in one.values for one in jobs)])
        script = f"{unset(missing)}\n{script}" if missing else script
    env |= {name: f"$({name})" for name in first.secrets}
    run = {"bash": script, "displayName": "Run the job"} | ({"env": env} if env else {})
    return {
        **({"strategy": {"matrix": matrix}} if matrix else {}),
        **first.machine,
        **({"container": container} if first.image else {}),
        **({"services": first.services} if first.services else {}),
        "steps": [first.checkout, *_caches(first.caches, slot), *first.fetched, run, *first.kept],
    }


def _matrix(jobs: Sequence[Job], resources: dict[str, dict[str, Any]]) -> dict[str, dict[str, str]]:
    """Return the legs of a matrix with all that differs, by their names; none for one job."""
    if len(jobs) == 1:
        return {}
    names = dict.fromkeys(name for one in jobs for name in one.values)
    differing = [name for name in names if len({one.values.get(name) for one in jobs}) > 1]
    is_image = len({one.image for one in jobs}) > 1
    is_slot = len({one.slot for one in jobs}) > 1
    taken: set[str] = set()
    return {
        free(one.title, taken): {
            TITLE: escaped(one.title),
            **({IMAGE: _with_options(one, resources)} if is_image else {}),
            **({CACHE: one.slot} if is_slot else {}),
            **{name: one.values[name] for name in differing if name in one.values},
        }
        for one in jobs
    }


def _with_options(one: Job, resources: dict[str, dict[str, Any]]) -> str:
    """Return what stands for the image of a job: itself, or the name of a resource that has its options as well."""
    if not one.options:
        return one.image
    name = f"{_named(one.image)}_root"
    resources[name] = {"container": name, "image": one.image, "options": one.options}
    return name


def free(title: str, taken: set[str]) -> str:
    """Return a name of letters, digits and underscores that nothing else has."""
    base = re.sub(r"[^A-Za-z0-9]+", "_", title).strip("_")[:80]
    base = base if base[:1].isalpha() else f"job_{base}".rstrip("_")
    name, number = base, 2
    while name.lower() in taken:
        name, number = f"{base}_{number}", number + 1
    taken.add(name.lower())
    return name


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
    base = _named(one.image)
    name = base if is_inside else f"{base}_ports"
    resources[name] = {"container": name, **data}
    return name


def unset(names: tuple[str, ...]) -> str:
    """Return the line that drops variables that a run or a leg does not have: Azure hands over the reference itself."""
    return f'for name in {" ".join(names)}; do [ "${{!name}}" != "\\$($name)" ] || unset "$name"; done'


def _named(image: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "_", image)


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


def _cached(row: Row, links: list[str], tasks: Tasks) -> Iterator[str]:
    """Yield the folders that a row keeps."""
    if links:
        yield _HOME
    for path in [path.removeprefix("$TRAVIS_BUILD_DIR/") for path in row.caches if path not in links]:
        if "$" in path:
            reason = f"the cache of '{path}' has a path that only the shell knows"
            tasks.add("cache", reason, "write the path itself in a task Cache@2", place_of(row.job, "cache"))
        else:
            yield path if path.startswith("/") else f"$(Build.SourcesDirectory)/{path}"


def _caches(paths: tuple[str, ...], slot: str) -> list[dict[str, Any]]:
    return [
        {
            "task": "Cache@2",
            "displayName": "Keep a cache",
            "inputs": {
                "key": f'"{slot}" | "{number}" | "$(Build.BuildId)"',
                "restoreKeys": f'"{slot}" | "{number}"',
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
