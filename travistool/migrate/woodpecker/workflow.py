"""A build as Woodpecker's workflows: rows that differ in values only are the matrix of one, the others have their own.

Each is a file. Stages are dependencies; those that an event may not start are optional.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from travistool.document.layout import Inline, Remark, layout
from travistool.migrate import shell
from travistool.migrate.assume import assume
from travistool.migrate.conditions import FALSE, TRUE, Condition, both, negated
from travistool.migrate.containers import Container, containers, docker_of, image_of, waits
from travistool.migrate.data.facts import facts
from travistool.migrate.machine import place_of
from travistool.migrate.model import Build, Row, Variable
from travistool.migrate.prelude import assigned, prepared, secrets_of, travis_variables
from travistool.migrate.target import File, Target
from travistool.migrate.tasks import Tasks
from travistool.migrate.triggers import starts
from travistool.migrate.whole import whole_text
from travistool.migrate.woodpecker.evaluate import evaluator
from travistool.migrate.woodpecker.variables import SHELL
from travistool.migrate.woodpecker.when import when

PATH = ".woodpecker.yaml"
FOLDER = ".woodpecker"
TITLE, IMAGE = "JOB_TITLE", "JOB_IMAGE"
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_BASH = ("/bin/bash", "-c", 'eval "$(echo "$CI_SCRIPT" | base64 -d)"')
"""Woodpecker hands the commands over in this variable, and has `sh` read them otherwise."""


class _Workflow(NamedTuple):
    """Rows that share all but values. `when` are the items of that name; `steps` and the rest are as written."""

    name: str
    stage: str
    when: list[dict[str, Any]]
    shape: dict[str, Any]
    rows: list[Row]


def render(build: Build, tasks: Tasks) -> tuple[File, ...]:
    """Return a file for each workflow."""
    found = _workflows(build, tasks)
    stages = [name.lower() for name in build.stages]
    made: list[File] = []
    for one in found:
        earlier = [other for other in found if stages and stages.index(other.stage) < stages.index(one.stage)]
        path = PATH if len(found) == 1 else f"{FOLDER}/{one.name}.yaml"
        made.append(File(path, layout(_data(one, earlier, () if made else build.comments))))
    if found:
        reason = "the time that a job may take is a setting of the repository"
        tasks.add("setting", reason, f"enter {found[0].rows[0].timeout} minutes as its timeout")
    return tuple(made)


def _workflows(build: Build, tasks: Tasks) -> list[_Workflow]:
    found: dict[str, _Workflow] = {}
    names: set[str] = set()
    start = starts(build.triggers)
    for row in build.rows:
        items = when(both(start, row.when), tasks) if row.when != FALSE else []
        if not items:
            continue
        stage = (row.stage or "test").lower() if build.stages else ""
        shape = _shape(row, tasks)
        key = json.dumps((stage, items, shape))
        while key in found and len(found[key].rows) >= facts("woodpecker")["limits"]["rows"]:
            key += "+"
        if key not in found:
            base = name = slug(stage or row.language.name)
            number = 2
            while name in names:
                name, number = f"{base}-{number}", number + 1
            names.add(name)
            found[key] = _Workflow(name, stage, items, shape, [])
        found[key].rows.append(row)
    return list(found.values())


def slug(text: str) -> str:
    """Return a text as a name of a file."""
    return _NOT_A_WORD.sub("-", text.lower()).strip("-") or "jobs"


def _data(one: _Workflow, earlier: list[_Workflow], comments: tuple[str, ...]) -> dict[Any, Any]:
    data: dict[Any, Any] = {}
    if comments:
        data[Remark("\n".join(comments))] = None
    data["when"] = one.when
    if earlier:
        data["depends_on"] = [
            {"name": other.name, "optional": True} if other.when != one.when else other.name for other in earlier
        ]
    images = [_image(row) for row in one.rows]
    image, title = images[0], escaped(one.rows[0].title)
    environment = {variable.name: escaped(variable.value) for variable in _plain(one.rows[0])}
    if len(one.rows) > 1:
        title, environment = "build", {}
        rows = [{TITLE: row.title, **_in_matrix(row, is_image=len(set(images)) > 1)} for row in one.rows]
        data["matrix"] = {"include": rows}
        image = f"${{{IMAGE}}}" if len(set(images)) > 1 else image
    shape = dict(one.shape)
    steps = [_step(step, title, image, environment) for step in shape.pop("steps")]
    return {**data, **shape, "steps": steps}


def _step(step: dict[str, Any], title: str, image: str, environment: dict[str, str]) -> dict[str, Any]:
    own = {**environment, **step["environment"]}
    rest = {key: value for key, value in step.items() if key != "environment"}
    commands = rest.pop("commands")
    return {
        "name": title,
        "image": image,
        **rest,
        "entrypoint": Inline(_BASH),
        **({"environment": own} if own else {}),
        "commands": commands,
    }


def _in_matrix(row: Row, *, is_image: bool) -> dict[str, str]:
    own = {IMAGE: _image(row)} if is_image else {}
    return {**own, **{variable.name: variable.value for variable in _plain(row)}}


def _image(row: Row) -> str:
    return image_of(row, facts("woodpecker")["images"]["default"])


def _plain(row: Row) -> Iterator[Variable]:
    """Yield what stands beside the script: variables that the server does not touch on their way."""
    for one in (*row.variables, *travis_variables(row, SHELL)):
        if one.kind == "plain" and not _is_touched(one):
            yield one


def _is_touched(one: Variable) -> bool:
    return "${" in one.value or "\n" in one.value


def escaped(text: str) -> str:
    """Return a text that the server leaves as it is: it fills in `${...}` before it reads the file."""
    return text.replace("${", "$${")


def unescaped(text: str) -> str:
    """Return what the server makes of such a text."""
    return text.replace("$${", "${")


def _shape(row: Row, tasks: Tasks) -> dict[str, Any]:
    """Return what rows may share: all but image, title and values."""
    data: dict[str, Any] = {}
    platform = _platform(row, tasks)
    if platform:
        data["labels"] = {"platform": platform}
    if not row.git.clone:
        data["skip_clone"] = True
    else:
        data["clone"] = {"git": {"image": facts("woodpecker")["images"]["clone"], "settings": _clone(row)}}
    served = containers(row, facts("woodpecker")["images"], tasks)
    if served:
        data["services"] = [_service(one) for one in served]
    environment: dict[str, Any] = {name: {"from_secret": name.lower()} for name in secrets_of(row)}
    if environment and secrets_of(row):
        _note_secrets(tasks)
    _note_rest(row, tasks)
    text = escaped(
        "\n".join(
            (
                *_assigned(row),
                *prepared(row),
                *waits(served, by_name=True),
                whole_text(row._replace(creates=(), uses=()), tasks),
                "",
            )
        )
    )
    step = {"environment": environment, "commands": [text]}
    data["steps"] = [{**extra, **step} for extra in _ways(row, tasks)]
    return data


def _assigned(row: Row) -> list[str]:
    given = [one for one in travis_variables(row, SHELL) if one.kind == "shell" or _is_touched(one)]
    lines = [f"export {one.name}={one.value if one.kind == 'shell' else shell.quoted(one.value)}" for one in given]
    touched = [one for one in row.variables if one.kind == "plain" and _is_touched(one)]
    return [*assigned(row, lines), *[f"export {one.name}={shell.quoted(one.value)}" for one in touched]]


def _ways(row: Row, tasks: Tasks) -> list[dict[str, Any]]:
    """Return what differs between the steps of a row: two of them where its failure is tolerated for some events."""
    tolerated: Condition = assume(row.tolerated, {})
    if tolerated == FALSE:
        return [{}]
    if tolerated == TRUE:
        return [{"failure": "ignore"}]
    return [{"failure": "ignore", "when": when(tolerated, tasks)}, {"when": when(negated(tolerated), tasks)}]


def _clone(row: Row) -> dict[str, Any]:
    is_whole = row.git.tags or not row.git.depth
    data: dict[str, Any] = {"partial": False, "depth": 0} if is_whole else {"depth": row.git.depth}
    data["recursive"] = row.git.submodules != "no"
    return {**data, **({"tags": True} if row.git.tags else {}), **({} if row.git.lfs else {"lfs": False})}


def _platform(row: Row, tasks: Tasks) -> str:
    platforms = facts("woodpecker")["platforms"]
    if row.os == "linux" and row.arch in ("amd64", ""):
        return ""
    key = row.os if row.os in ("osx", "windows") else "arm64" if row.arch.startswith("arm64") else ""
    platform = str(platforms[key]) if key else f"linux/{row.arch}" if row.os == "linux" else f"{row.os}/amd64"
    reason = f"jobs with '{row.os if row.os != 'linux' else row.arch}' need an agent for {platform}"
    way = "register one; outside of Linux it runs commands without images, and the scripts need Bash there"
    tasks.add("platform", reason, way, place_of(row.job, "os" if row.os != "linux" else "arch"))
    return platform


def _service(one: Container) -> dict[str, Any]:
    env = {"environment": dict(one.env)} if one.env else {}
    start = {"entrypoint": ["sh", "-c", one.start]} if one.start else {}
    return {"name": one.name, "image": one.image, **env, **start}


def _note_secrets(tasks: Tasks) -> None:
    tasks.add(
        "secret",
        "a secret that the server does not give to an event stops the build of that event",
        "give those that jobs of pull requests name the event pull_request, too, if you trust who opens them",
    )


def _note_rest(row: Row, tasks: Tasks) -> None:
    docker = docker_of(row)
    if docker is not None:
        way = "mount its socket in a repository that an admin trusts, and install the client in the image of such jobs"
        tasks.add("service", "docker is not there for every job", way, docker.place)
    if row.caches:
        reason = "there are no caches, as every job starts from its image"
        way = "add a plugin for caches, or mount a folder in a repository that an admin trusts"
        tasks.add("cache", reason, way, place_of(row.job, "cache"))
    if row.creates or row.uses:
        reason = "workflows share no files"
        way = "store them in a bucket by a plugin, or make jobs that share files steps of one workflow"
        tasks.add("workspace", reason, way, place_of(row.job, "workspaces"))


TARGET = Target(
    "woodpecker",
    "Woodpecker CI",
    PATH,
    render,
    evaluator,
    ('read -rs VALUE && woodpecker-cli repo secret add --repository OWNER/REPOSITORY --name {name} --value "$VALUE"',),
    unescaped,
    secret_name=str.lower,
)
