"""A build as a GitLab pipeline: one hidden job per shape, one job per row that extends it, stages as they are."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from travistool.document.layout import Inline, Remark, layout
from travistool.migrate.conditions import FALSE, TRUE, Condition, both, without
from travistool.migrate.containers import Container, containers, docker_of, image_of, waits
from travistool.migrate.data.facts import facts
from travistool.migrate.gitlab.evaluate import evaluator
from travistool.migrate.gitlab.rules import rule
from travistool.migrate.gitlab.variables import SHELL
from travistool.migrate.machine import place_of
from travistool.migrate.model import Build, Row
from travistool.migrate.prelude import prelude
from travistool.migrate.target import File, Target
from travistool.migrate.tasks import Tasks
from travistool.migrate.triggers import starts
from travistool.migrate.whole import whole_text
from travistool.migrate.workspaces import archive

PATH = ".gitlab-ci.yml"
_TAKEN = frozenset(
    (
        *("image", "services", "stages", "types", "before_script", "after_script", "variables", "cache", "include"),
        *("true", "false", "nil", "pages", "default", "workflow", "spec"),
    )
)


def render(build: Build, tasks: Tasks) -> tuple[File, ...]:
    """Return the pipeline file."""
    start = rule(starts(build.triggers), tasks)
    data: dict[Any, Any] = {}
    if build.comments:
        data[Remark("\n".join(build.comments))] = None
    data["workflow"] = {"name": build.name, "rules": [{"if": start} if start else {"when": "always"}]}
    stages = list(build.stages) or ["test"]
    data[Remark(" ")] = None
    data["stages"] = Inline(stages)
    rows = [
        row._replace(when=without(row.when, build.triggers.when), stage=_stage(row, stages))
        for row in build.rows
        if row.when != FALSE
    ]
    jobs, comments = _jobs(rows, tasks)
    for number, (name, job) in enumerate(jobs.items()):
        data[Remark(" " * (number + 2))] = None
        if comments.get(name):
            # The same lines may stand above two jobs.
            data[Remark("\n".join(comments[name]) + " " * number)] = None
        data[name] = job
    return (File(PATH, layout(data)),)


def _stage(row: Row, stages: list[str]) -> str:
    # Stages are the same whatever the case.
    return next((name for name in stages if name.lower() == (row.stage or "test").lower()), stages[0])


def _jobs(rows: list[Row], tasks: Tasks) -> tuple[dict[str, Any], dict[str, tuple[str, ...]]]:
    """Return the jobs of rows, and comments by the names of jobs.

    Jobs of one shape extend a hidden one, which stands in front of the first of them.
    """
    shapes = [_shape(row, tasks) for row in rows]
    keys = [json.dumps(shape) for shape in shapes]
    totals = Counter(keys)
    hidden: dict[str, str] = {}
    jobs: dict[str, Any] = {}
    comments: dict[str, tuple[str, ...]] = {}
    for row, shape, key in zip(rows, shapes, keys, strict=True):
        if totals[key] > 1 and key not in hidden:
            hidden[key] = f".{row.language.name}" + (f"-{len(hidden) + 1}" if hidden else "")
            jobs[hidden[key]] = shape
        own = _own(row, tasks)
        name = _free(row.title, jobs)
        jobs[name] = {"extends": hidden[key], **own} if key in hidden else _alone(shape, own)
        comments[name] = row.comments
    return jobs, comments


def _alone(shape: dict[Any, Any], own: dict[Any, Any]) -> dict[Any, Any]:
    """Return a job that shares its shape with no other one."""
    job = {key: own.pop(key) for key in ("stage", "image") if key in own}
    for key, value in shape.items():
        more = own.pop(key, None)
        job[key] = {**more, **value} if isinstance(more, dict) and isinstance(value, dict) else value
    # What it runs stands last.
    last = {key: job.pop(key) for key in ("timeout", "script") if key in job}
    return {**job, **own, **last}


def _own(row: Row, tasks: Tasks) -> dict[Any, Any]:
    """Return what a row does not share with others."""
    own: dict[Any, Any] = {"stage": row.stage or "test"}
    if row.caches and row.slot:
        own["cache"] = {"key": row.slot_name}
    if row.os != "windows":
        own["image"] = _image(row)
    variables = {one.name: one.value.replace("$", "$$") for one in row.variables if one.kind == "plain"}
    if variables:
        own["variables"] = variables
    rules = _rules(row, tasks)
    if rules:
        own["rules"] = rules
    elif row.tolerated == TRUE:
        own["allow_failure"] = True
    return own


def _free(title: str, jobs: dict[str, Any]) -> str:
    """Return a name that no other job has and that means nothing else."""
    base = f"job {title}" if title.lower() in _TAKEN or title.startswith(".") else title
    name, number = base, 2
    while name in jobs:
        name, number = f"{base} ({number})", number + 1
    return name


def _rules(row: Row, tasks: Tasks) -> list[dict[str, Any]]:
    when = rule(row.when, tasks)
    if row.tolerated in (TRUE, FALSE):
        extra = {"allow_failure": True} if row.tolerated == TRUE else {}
        return [{"if": when, **extra}] if when else []
    tolerated: Condition = both(row.when, row.tolerated)
    last: dict[str, Any] = {"if": when} if when else {"when": "on_success"}
    return [{"if": rule(tolerated, tasks), "allow_failure": True}, last]


def _image(row: Row) -> str:
    if row.os == "osx":
        return str(facts("gitlab")["images"]["osx"])
    return image_of(row, facts("gitlab")["images"]["default"])


def _shape(row: Row, tasks: Tasks) -> dict[Any, Any]:
    """Return what rows may share: all but the image, variables and rules."""
    data: dict[Any, Any] = {}
    tag = _tag(row, tasks)
    if tag:
        data["tags"] = Inline((tag,))
    variables: dict[str, str] = {}
    if not row.git.clone:
        variables["GIT_STRATEGY"] = "none"
    else:
        variables["GIT_DEPTH"] = "0" if row.git.tags else str(row.git.depth)
        variables["GIT_SUBMODULE_STRATEGY"] = "none" if row.git.submodules == "no" else "recursive"
    served = containers(row, facts("gitlab")["images"], tasks)
    beside, more = _services(row, served, tasks)
    data["variables"] = variables | more
    if beside:
        data["services"] = beside
    inside = [path for path in row.caches if not _is_home(path)]
    home = [path for path in row.caches if _is_home(path)]
    if row.caches:
        # One that tells rows apart stands in their own jobs.
        name = {} if row.slot else {"key": row.slot_name}
        paths = [path.removeprefix("$TRAVIS_BUILD_DIR/") for path in inside if "$(" not in path]
        data["cache"] = name | {
            "paths": [*paths, *([".home"] if home else [])],
            "when": "always",
        }
    _keep(row, data)
    data["timeout"] = f"{row.timeout} minutes"
    data["script"] = [
        "\n".join(part for part in (*_prelude(row, home), *waits(served, by_name=True), whole_text(row, tasks)) if part)
        + "\n"
    ]
    return data


def _keep(row: Row, data: dict[Any, Any]) -> None:
    if row.creates:
        paths = [archive(one.name) for one in row.creates]
        data["artifacts"] = {"paths": paths, "when": "always", "expire_in": "1 day"}


def _is_home(path: str) -> bool:
    return path.startswith(("~", "$HOME", "${HOME}", "/home/travis"))


def _tag(row: Row, tasks: Tasks) -> str:
    runners = facts("gitlab")["runners"]
    if row.os in ("osx", "windows"):
        tasks.add(
            "platform",
            f"jobs with os '{row.os}' run on {runners[row.os]}, which not every plan of GitLab has",
            "name a runner of your own by its tag; the scripts need Bash there",
            place_of(row.job, "os"),
        )
        return str(runners[row.os])
    if row.os != "linux" or row.arch not in ("amd64", "arm64", "arm64-graviton2", ""):
        reason = f"there is no runner with '{row.os if row.os != 'linux' else row.arch}'"
        tasks.add("platform", reason, "name a runner of your own by its tag", place_of(row.job, "arch"))
        return ""
    return str(runners["arm64"]) if row.arch.startswith("arm64") else ""


def _services(row: Row, served: tuple[Container, ...], tasks: Tasks) -> tuple[list[dict[str, Any]], dict[str, str]]:
    found: list[dict[str, Any]] = []
    variables: dict[str, str] = {}
    docker = docker_of(row) if row.os == "linux" else None
    if docker is not None:
        found.append({"name": facts("gitlab")["images"]["docker"], "alias": "docker"})
        variables |= {"DOCKER_HOST": "tcp://docker:2375", "DOCKER_TLS_CERTDIR": ""}
        tasks.add("service", "docker runs beside the job", "install its client in the image of such jobs", docker.place)
    for one in served:
        env: dict[str, Any] = {"variables": dict(one.env)} if one.env else {}
        start = {"command": ["sh", "-c", one.start]} if one.start else {}
        found.append({"name": one.image, "alias": one.name, **start, **env})
    return found, variables


def _prelude(row: Row, home: list[str]) -> list[str]:
    """Return what stands in front of the job: variables, packages, caches of the home folder."""
    lines = prelude(row, SHELL)
    for path in home:
        inner = path.replace("${HOME}", "~").replace("$HOME", "~").replace("/home/travis", "~").removeprefix("~/")
        kept = f'"$PWD/.home/{inner}"'
        lines.append(f'mkdir -p {kept} "$(dirname ~/{inner})" && {{ [ -e ~/{inner} ] || ln -s {kept} ~/{inner}; }}')
    return lines


TARGET = Target(
    "gitlab",
    "GitLab CI",
    PATH,
    render,
    evaluator,
    ('read -rs VALUE && glab variable set {name} "$VALUE" --masked --raw',),
)
