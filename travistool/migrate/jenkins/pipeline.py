"""A build as a declarative pipeline of Jenkins: a stage per job, side by side within Travis's stages.

Scripts are functions below the pipeline, each once. Jobs run in containers, with services in the same network.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from travistool.migrate import shell
from travistool.migrate.assume import assume
from travistool.migrate.conditions import FALSE, TRUE, Condition, without
from travistool.migrate.containers import Container, containers, docker_of, image_of, waits
from travistool.migrate.data.facts import facts
from travistool.migrate.jenkins.evaluate import evaluator
from travistool.migrate.jenkins.groovy import Block, any_length, block, is_name, leaf, quoted, written
from travistool.migrate.jenkins.variables import EVENT_TYPE, EVENT_TYPE_FUNCTION, SHELL
from travistool.migrate.jenkins.when import when
from travistool.migrate.machine import place_of
from travistool.migrate.model import Build, Row, Variable
from travistool.migrate.prelude import SUBMODULES, assigned, prepared, secrets_of, travis_variables
from travistool.migrate.target import File, Target
from travistool.migrate.tasks import Tasks
from travistool.migrate.triggers import starts
from travistool.migrate.whole import variables_for, whole_text
from travistool.migrate.workspaces import archive

PATH = "Jenkinsfile"
_OF_THE_MACHINE = frozenset(("PATH", "HOME", "WORKSPACE"))
"""Variables that Jenkins itself needs: the script sets them."""


def render(build: Build, tasks: Tasks) -> tuple[File, ...]:
    """Return the Jenkinsfile."""
    scripts: dict[tuple[Block, ...], str] = {}
    rows = _named(build, [row for row in build.rows if row.when != FALSE])
    rows = [row._replace(when=assume(without(row.when, build.triggers.when), {})) for row in rows]
    stages: tuple[Block, ...] = tuple(_stages(build, [row for row in rows if row.when != FALSE], scripts, tasks))
    start = assume(starts(build.triggers), {})
    if start != TRUE:
        stages = (block(f"stage({quoted(build.name)})", *when(start, tasks), block("stages", *stages)),)
    top = [leaf("agent none")]
    if build.triggers.mentions_cron:
        top.append(block("triggers", leaf("cron('@weekly')")))
        tasks.add("trigger", "when cron builds run is a setting of Travis", "put your times into `triggers`")
    pipeline = block("pipeline", *top, block("stages", *stages))
    lines = [f"// {line}".rstrip() for comment in build.comments for line in comment.split("\n")]
    lines += written([pipeline])
    for body, head in scripts.items():
        lines += ["", *written([block(f"def {head}", *body)])]
    if any(EVENT_TYPE in variables_for(row) for row in rows):
        lines += ["", *EVENT_TYPE_FUNCTION.splitlines()]
    _note(rows, tasks)
    return (File(PATH, "\n".join(lines) + "\n"),)


def _named(build: Build, rows: list[Row]) -> list[Row]:
    """Give each job a title that no other stage of the file has."""
    names = build.stages or ("test",)
    # A stage of Travis with one job has no words of its own.
    used = {build.name, *[name for name in names if len(_of_stage(build, rows, name)) > 1]}
    found = []
    for row in rows:
        title, number = row.title, 2
        while title in used:
            title, number = f"{row.title} ({number})", number + 1
        used.add(title)
        found.append(row._replace(title=title))
    return found


def _stages(build: Build, rows: list[Row], scripts: dict[tuple[Block, ...], str], tasks: Tasks) -> Iterator[Block]:
    for name in build.stages or ("test",):
        own = _of_stage(build, rows, name)
        if len(own) == 1:
            yield _stage(own[0], own[0].when, scripts, tasks)
        elif own:
            shared = own[0].when if len({str(row.when) for row in own}) == 1 else TRUE
            left = [TRUE if shared != TRUE else row.when for row in own]
            jobs = [_stage(row, one, scripts, tasks) for row, one in zip(own, left, strict=True)]
            yield block(f"stage({quoted(name)})", *when(shared, tasks), block("parallel", *jobs))


def _of_stage(build: Build, rows: list[Row], name: str) -> list[Row]:
    return [row for row in rows if not build.stages or (row.stage or "test").lower() == name.lower()]


def _stage(row: Row, condition: Condition, scripts: dict[tuple[Block, ...], str], tasks: Tasks) -> Block:
    """Return the stage of a job."""
    beside = containers(row, facts("jenkins")["images"], tasks)
    label = _label(row, tasks)
    environment = list(_environment(row))
    skip = () if row.git.clone else (leaf("skipDefaultCheckout()"),)
    steps: tuple[Block, ...] = (leaf(_call(row, beside, scripts)),)
    steps = (*[leaf(f"unstash {quoted(name)}") for name in row.uses], *steps, *_stashes(row))
    return block(
        f"stage({quoted(row.title)})",
        *when(condition, tasks),
        _agent(row, label, is_plain=bool(beside)),
        block("options", leaf(f"timeout(time: {row.timeout}, unit: 'MINUTES')"), *skip),
        *([block("environment", *environment)] if environment else []),
        block("steps", *_tolerated(row, steps, tasks)),
    )


def _tolerated(row: Row, steps: tuple[Block, ...], tasks: Tasks) -> tuple[Block, ...]:
    tolerated = assume(row.tolerated, {})
    if tolerated == FALSE:
        return steps
    if tolerated != TRUE:
        reason = f"the failure of '{row.title}' is tolerated for some events only"
        tasks.add("condition", reason, "ask for them in a `script` around `catchError`", changes_rows=True)
        return steps
    return (block("catchError(buildResult: 'SUCCESS', stageResult: 'FAILURE')", *steps),)


def _stashes(row: Row) -> Iterator[Block]:
    for one in row.creates:
        yield leaf(f"stash name: {quoted(one.name)}, includes: {quoted(archive(one.name))}, allowEmpty: true")


def _agent(row: Row, label: str, *, is_plain: bool) -> Block:
    if row.os != "linux" or is_plain:
        return block("agent", leaf(f"label {quoted(label or facts('jenkins')['labels']['docker'])}"))
    image = leaf(f"image {quoted(image_of(row, facts('jenkins')['images']['default']))}")
    args = leaf(f"args {quoted(_arguments(row))}")
    return block("agent", block("docker", image, args, *([leaf(f"label {quoted(label)}")] if label else [])))


def _arguments(row: Row) -> str:
    """Return the options of the container: Travis's users may install packages."""
    return "-u root:root" + (" -v /var/run/docker.sock:/var/run/docker.sock" if docker_of(row) else "")


def _beside(row: Row, services: tuple[Container, ...], run: Block) -> Block:
    """Return a job in the network of its services, which answer on localhost as on Travis."""
    first = services[0].name
    network = f"--network container:${{{first}.id}}"
    made = block(f'docker.image(image).inside("{_arguments(row)} {network}")', run)
    for number, one in reversed(list(enumerate(services))):
        env = " ".join(f"-e {name}={value}" for name, value in one.env.items())
        options = " ".join(part for part in (network if number else "", env) if part)
        # The name of the container stands behind the brace, as Groovy has it.
        start = f", {quoted('sh -c ' + shell.quoted(one.start))}" if one.start else ""
        made = block(f'docker.image({quoted(one.image)}).withRun("{options}"{start})', leaf(f"{one.name} ->"), made)
    return made


def _label(row: Row, tasks: Tasks) -> str:
    if row.os == "linux" and row.arch in ("amd64", ""):
        return ""
    labels = facts("jenkins")["labels"]
    asked = row.os if row.os != "linux" else row.arch
    label = str(labels["arm64"] if asked.startswith("arm64") else labels.get(asked, asked))
    way = f"give it the label {label}; the scripts need Bash there"
    tasks.add("platform", f"jobs with '{asked}' need an agent of that kind", way, place_of(row.job, "os"))
    return label


def _environment(row: Row) -> Iterator[Block]:
    for one in (*row.variables, *travis_variables(row, SHELL)):
        if one.kind == "plain" and _may_be_set(one.name):
            yield leaf(f"{one.name} = {quoted(one.value)}")
    if EVENT_TYPE in variables_for(row):
        yield leaf(f"{EVENT_TYPE} = eventType()")
    for name in secrets_of(row):
        yield leaf(f"{_of_secret(name)} = credentials({quoted(name)})")


def _may_be_set(name: str) -> bool:
    """Tell whether a variable may stand in `environment`."""
    return name not in _OF_THE_MACHINE and is_name(name)


def _of_secret(name: str) -> str:
    return name if is_name(name) else f"VALUE_OF_{name.upper()}"


def _call(row: Row, services: tuple[Container, ...], scripts: dict[tuple[Block, ...], str]) -> str:
    """Return the call of the function that runs a row's script; the same one for the same script."""
    told = [one for one in travis_variables(row, SHELL) if one.kind == "shell"]
    own = [one for one in row.variables if one.kind == "plain" and not _may_be_set(one.name)]
    own += [Variable(name, f'"${_of_secret(name)}"', "shell") for name in secrets_of(row) if not is_name(name)]
    lines = assigned(row, [*map(_export, told), *map(_export, own)])
    submodules = [SUBMODULES] if row.git.clone and row.git.submodules != "no" else []
    text = "\n".join(
        ("#!/bin/bash", *lines, *prepared(row), *submodules, *waits(services), whole_text(row, Tasks()), "")
    )
    run = leaf(f"sh {any_length(text)}")
    is_beside = bool(services) and row.os == "linux"
    body = (_beside(row, services, run),) if is_beside else (run,)
    if body not in scripts:
        word = "".join(part.capitalize() for part in re.findall(r"[a-z0-9]+", row.language.name.lower()))
        number = len(scripts) + 1
        scripts[body] = f"run{word}{number if number > 1 else ''}({'image' if is_beside else ''})"
    image = quoted(image_of(row, facts("jenkins")["images"]["default"])) if is_beside else ""
    return scripts[body].replace("(image)", f"({image})")


def _export(one: Variable) -> str:
    return f"export {one.name}={one.value if one.kind == 'shell' else shell.quoted(one.value)}"


def _note(rows: list[Row], tasks: Tasks) -> None:
    """Note what the project's page says on Jenkins, and what nothing there has."""
    for row in rows:
        whole_text(row, tasks)  # for the tasks of its deployments
        if row.caches:
            reason = "there are no caches, as every job starts from its image"
            way = "mount a folder of the agent by `args`, or add a plugin for caches"
            tasks.add("cache", reason, way, place_of(row.job, "cache"))
        docker = docker_of(row)
        if docker is not None:
            way = "install its client in the image of such jobs, and trust who may start them"
            tasks.add("service", "docker is that of the agent", way, docker.place)
    tasks.add(
        "setting",
        "which branches, tags and pull requests are found is a setting of the multibranch project",
        "let it discover branches, tags and pull requests, and fetch 50 commits and tags as Travis does",
    )
    tasks.add(
        "setting",
        "the pipeline needs the plugins Pipeline, Docker Pipeline and Git, and agents with Docker",
        f"install them; agents for jobs with services have the label {facts('jenkins')['labels']['docker']}",
    )


_CREDENTIAL = "org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl"
TARGET = Target(
    "jenkins",
    "Jenkins",
    PATH,
    render,
    evaluator,
    (
        "read -rs VALUE && VALUE=$(printf %s \"$VALUE\" | sed 's/&/\\&amp;/g; s/</\\&lt;/g') &&",
        "java -jar jenkins-cli.jar -s JENKINS_URL -auth USER:API_TOKEN create-credentials-by-xml \\",
        f'  system::system::jenkins _ <<< "<{_CREDENTIAL}>\\',
        "  <scope>GLOBAL</scope><id>{name}</id><secret>$VALUE</secret>\\",
        f'  </{_CREDENTIAL}>"',
    ),
    fetches_all=True,
)
