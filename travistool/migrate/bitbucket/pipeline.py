"""A build as Bitbucket's pipelines: a step per row, defined once, and a pipeline for each kind of event that lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from travistool.document.layout import Alias, Anchored, Inline, Remark, layout
from travistool.migrate.bitbucket.evaluate import evaluator
from travistool.migrate.bitbucket.sections import Asked, Section, asked, sections
from travistool.migrate.bitbucket.variables import SHELL
from travistool.migrate.conditions import FALSE, TRUE, attributes, tests
from travistool.migrate.containers import Container, containers, docker_of, image_of, waits
from travistool.migrate.data.facts import facts
from travistool.migrate.machine import place_of
from travistool.migrate.model import Build, Row
from travistool.migrate.prelude import SUBMODULES, assigned, exports, prepared
from travistool.migrate.target import File, Target
from travistool.migrate.tasks import Tasks
from travistool.migrate.whole import NAMES, bash, variables_for, whole_text
from travistool.migrate.workspaces import archive

PATH = "bitbucket-pipelines.yml"
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")


class _Definitions:
    """What the steps share: scripts, caches and services, each under a name."""

    def __init__(self) -> None:
        self.scripts: dict[str, str] = {}
        self.caches: dict[str, str] = {}
        self.services: dict[str, dict[str, Any]] = {}
        self.steps: dict[str, dict[Any, Any]] = {}

    def script(self, text: str, language: str) -> Alias:
        """Return what stands for a script; the same for the same text."""
        if text not in self.scripts:
            number = len(self.scripts) + 1
            self.scripts[text] = f"{slug(language)}-script" + (f"-{number}" if number > 1 else "")
        return Alias(self.scripts[text])


def slug(text: str) -> str:
    """Return a text as one word of small letters."""
    return _NOT_A_WORD.sub("-", text.lower()).strip("-") or "job"


def render(build: Build, tasks: Tasks) -> tuple[File, ...]:
    """Return the file with all pipelines."""
    every = sections(build)
    shared = _Definitions()
    found = [asked(build, row, every) for row in build.rows if row.when != FALSE]
    rows = [(one, _define(one, shared, tasks)) for one in found if one.sections]
    data: dict[Any, Any] = {}
    if build.comments:
        data[Remark("\n".join(build.comments))] = None
    data["definitions"] = _definitions(shared)
    data[Remark(" ")] = None
    pipelines: dict[str, Any] = {}
    groups: dict[tuple[str, ...], str] = {}
    for section in every:
        own = [(one.row, name) for one, name in rows if section in one.sections]
        if own:
            _put(pipelines, section, list(_pipeline(build, own, groups)), tasks)
            _note_limit(section, len(own), tasks)
    data["pipelines"] = pipelines
    if any(section.path[0] == "pull-requests" for one, _ in rows for section in one.sections):
        tasks.add(
            "trigger",
            "a fork's pull request starts no pipeline of this repository",
            "look at such changes in the fork, whose own pipelines run, or push them to a branch of this repository",
        )
    return (File(PATH, layout(data)),)


def _put(pipelines: dict[str, Any], section: Section, items: list[Any], tasks: Tasks) -> None:
    if section.path[0] == "custom":
        kind = section.path[1]
        items = [{"variables": [{"name": "TRAVIS_EVENT_TYPE", "default": kind}]}, *items]
        if kind == "cron":
            reason = "cron builds are schedules of the website, which start a pipeline by its name"
            tasks.add("trigger", reason, "add a schedule for the custom pipeline cron under Pipelines > Schedules")
    place = pipelines
    for name in section.path[:-1]:
        place = place.setdefault(name, {})
    place[section.path[-1]] = items


def _note_limit(section: Section, steps: int, tasks: Tasks) -> None:
    most = facts("bitbucket")["limits"]["steps"]
    if steps > most:
        reason = f"a pipeline has {most} steps at most, and that of {' '.join(section.path)} has {steps}"
        tasks.add("platform", reason, "drop some jobs, or spread them over custom pipelines")


def _pipeline(
    build: Build, rows: list[tuple[Row, str]], groups: dict[tuple[str, ...], str]
) -> Iterator[dict[str, Any]]:
    """Yield the stages of one pipeline: a step, or several side by side. `groups` are the names of those known."""
    for stage in dict.fromkeys(name.lower() for name in build.stages) or ("",):
        steps = tuple([name for row, name in rows if not build.stages or _stage(row) == stage])
        if len(steps) > 1 and steps in groups:
            yield {"parallel": Alias(groups[steps])}
        elif len(steps) > 1:
            number = len(groups) + 1
            groups[steps] = f"{slug(stage or 'all')}-jobs" + (f"-{number}" if number > 1 else "")
            yield {"parallel": Anchored(groups[steps], [{"step": Alias(name)} for name in steps])}
        elif steps:
            yield {"step": Alias(steps[0])}


def _stage(row: Row) -> str:
    return (row.stage or "test").lower()


def _definitions(shared: _Definitions) -> dict[Any, Any]:
    data: dict[Any, Any] = {}
    if shared.caches:
        data["caches"] = dict(sorted(shared.caches.items()))
    if shared.services:
        data["services"] = shared.services
    data["scripts"] = [{"script": Anchored(name, text)} for text, name in shared.scripts.items()]
    data["steps"] = [{"step": Anchored(name, step)} for name, step in shared.steps.items()]
    return data


def _define(one: Asked, shared: _Definitions, tasks: Tasks) -> str:
    """Add the step of a row, and return its name."""
    base = name = slug(one.row.title)[:60]
    number = 2
    while name in shared.steps:
        name, number = f"{base}-{number}", number + 1
    shared.steps[name] = _step(one, shared, tasks)
    return name


def _step(one: Asked, shared: _Definitions, tasks: Tasks) -> dict[Any, Any]:
    row = one.row
    data: dict[Any, Any] = {"name": row.title}
    runner = _runner(row, tasks)
    if runner:
        data["runs-on"] = Inline(("self.hosted", runner))
    elif row.arch.startswith("arm64"):
        data["runtime"] = {"cloud": {"arch": "arm"}}
    if row.os == "linux":
        data["image"] = image_of(row, facts("bitbucket")["images"]["default"])
    data["clone"] = _clone(row)
    data["max-time"] = row.timeout
    if row.tolerated == TRUE:
        data["on-fail"] = {"strategy": "ignore"}
    elif row.tolerated != FALSE:
        tasks.add(
            "condition",
            f"the failure of '{row.title}' is tolerated for some events only",
            "give the step `on-fail: {strategy: ignore}` in the pipelines where that is so",
            changes_rows=True,
        )
    served = containers(row, facts("bitbucket")["images"], tasks)
    _beside(row, data, shared, tasks, served)
    if row.creates:
        data["artifacts"] = [archive(made.name) for made in row.creates]
    own = [*_question(one, tasks), *assigned(row, exports(row, _table(row, tasks)), plain=True)]
    submodules = [SUBMODULES] if row.git.clone and row.git.submodules != "no" else []
    script = "\n".join((*prepared(row), *submodules, *waits(served), whole_text(row, tasks), ""))
    text = "\n".join(own)
    data["script"] = [text + "\n" if len(own) > 1 else text, shared.script(script, row.language.name)]
    return data


def _table(row: Row, tasks: Tasks) -> dict[str, str]:
    for name in ("BUILD_SENDER", "REPO_IS_FORK", "TRAVIS_PULL_REQUEST_IS_DRAFT"):
        if name in variables_for(row):
            _missing(name, row, tasks)
    return dict(SHELL)


def _missing(name: str, row: Row, tasks: Tasks) -> None:
    tasks.add(
        "condition",
        f"a condition asks for {name}, which Bitbucket does not tell",
        f"set {name} in the step by a call of its API, or drop the condition",
        place_of(row.job, "if"),
        changes_rows=True,
    )


def _question(one: Asked, tasks: Tasks) -> Iterator[str]:
    """Yield what ends a step at once for an event that is not its own."""
    if one.test == TRUE:
        return
    wanted = dict.fromkeys(NAMES[name] for test in tests(one.test) for name in attributes(test) if name in NAMES)
    for name in wanted:
        if name in SHELL:
            yield f"export {name}={SHELL[name]}"
        else:
            _missing(name, one.row, tasks)
    if "TRAVIS_COMMIT_MESSAGE" in wanted and not one.row.git.clone:
        _missing("TRAVIS_COMMIT_MESSAGE", one.row, tasks)
    yield from (f"if ! {{ {bash(one.test)}; }}; then", "  echo 'This job is not for this event.'", "  exit 0", "fi")


def _runner(row: Row, tasks: Tasks) -> str:
    runners = facts("bitbucket")["runners"]
    if row.os in ("osx", "windows"):
        tasks.add(
            "platform",
            f"jobs with os '{row.os}' need a runner of your own, as Bitbucket has machines with Linux only",
            f"register a runner with the label {runners[row.os]}; the scripts need Bash there",
            place_of(row.job, "os"),
        )
        return str(runners[row.os])
    if row.os != "linux" or row.arch not in ("amd64", "arm64", "arm64-graviton2", ""):
        label = slug(row.os if row.os != "linux" else row.arch)
        reason = f"jobs with '{row.os if row.os != 'linux' else row.arch}' need a runner of your own"
        tasks.add("platform", reason, f"register a runner with the label {label}", place_of(row.job, "arch"))
        return label
    return ""


def _clone(row: Row) -> dict[str, Any]:
    if not row.git.clone:
        return {"enabled": False}
    depth = "full" if row.git.tags or not row.git.depth else row.git.depth
    return {"depth": depth, **({"lfs": True} if row.git.lfs else {})}


def _beside(row: Row, data: dict[Any, Any], shared: _Definitions, tasks: Tasks, served: tuple[Container, ...]) -> None:
    """Add the caches and services of a step."""
    paths = [path for path in row.caches if "$(" not in path]
    if paths:
        names = [slug(path.replace("$HOME", "home").replace("~", "home")) for path in paths]
        shared.caches.update(zip(names, map(_cached, paths), strict=True))
        data["caches"] = Inline(dict.fromkeys(names))
        reason = "a cache is thrown away after a week, and saved only where there is none yet"
        tasks.add("cache", reason, "give it a key of files where that is too seldom", place_of(row.job, "cache"))
    used = ["docker"] if docker_of(row) else []
    for one in served:
        name = one.image.replace(":", "-").replace(".", "-")
        shared.services[name] = {"image": one.image, **({"variables": dict(one.env)} if one.env else {})}
        used.append(name)
        if one.start and re.search(r"\btravis\b", row.texts):
            reason = f"'{one.name}' has no user 'travis' there, as a service takes no commands"
            tasks.add("service", reason, "use its own administrator in the job", place_of(row.job, "services"))
    if used:
        data["services"] = Inline(used)
    if len(used) > facts("bitbucket")["limits"]["services"]:
        reason = f"a step has {facts('bitbucket')['limits']['services']} services at most"
        tasks.add("service", reason, "start the others by commands", place_of(row.job, "services"))


def _cached(path: str) -> str:
    for start in ("$HOME", "${HOME}", "/home/travis"):
        path = path.replace(start, "~")
    return path.removeprefix("$TRAVIS_BUILD_DIR/")


TARGET = Target(
    "bitbucket",
    "Bitbucket Pipelines",
    PATH,
    render,
    evaluator,
    (
        """read -rs VALUE && jq -n --arg value "$VALUE" '{key: "{name}", value: $value, secured: true}' |""",
        "  curl -fsS -u EMAIL:API_TOKEN -H 'Content-Type: application/json' -d @- \\",
        "  https://api.bitbucket.org/2.0/repositories/WORKSPACE/REPOSITORY/pipelines_config/variables/",
    ),
)
