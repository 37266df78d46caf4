"""A row as a CircleCI job: executor, environment, steps."""

from __future__ import annotations

from typing import Any

from travistool.migrate.circleci.variables import SHELL, pipeline_values
from travistool.migrate.containers import containers, image_of, uses_docker, waits
from travistool.migrate.data.facts import facts
from travistool.migrate.machine import place_of
from travistool.migrate.model import Row
from travistool.migrate.prelude import prelude
from travistool.migrate.tasks import Tasks
from travistool.migrate.tolerance import lines, names
from travistool.migrate.whole import whole_text
from travistool.migrate.workspaces import archive

_SUBMODULES = (
    "if [ -f .gitmodules ]; then git submodule sync --recursive && git submodule update --init --recursive; fi"
)


def job(row: Row, tasks: Tasks) -> dict[str, Any]:
    """Return the job with all values written out. Texts of the config are escaped: `<<` starts an expression there."""
    served = containers(row, facts("circleci")["images"], tasks) if not uses_docker(row) else ()
    if uses_docker(row) and len(row.services) > 1:
        reason = "a job that starts containers itself runs on a machine, without services beside it"
        tasks.add("service", reason, "start the services by 'docker run' with their ports", row.services[0].place)
    script = "\n".join(
        (
            *prelude(row, SHELL, more=names(row.tolerated)),
            *waits(served),
            *lines(row.tolerated),
            whole_text(row, tasks),
        )
    )
    data = _executor(row, tasks)
    for one in served:
        env = {"environment": dict(one.env)} if one.env else {}
        start = {"command": ["sh", "-c", one.start]} if one.start else {}
        data["docker"].append({"image": one.image, **start, **env})
    own = {one.name: escaped(one.value) for one in row.variables if one.kind == "plain"}
    environment = own | pipeline_values(script)
    if environment:
        data["environment"] = environment
    data["steps"] = [*_before(row, tasks), _run(script), *_after(row)]
    return data


def escaped(text: str) -> str:
    """Return a text in which nothing is an expression."""
    return text.replace("<<", "\\<<")


def unescaped(text: str) -> str:
    """Return a text as CircleCI reads it."""
    return text.replace("\\<<", "<<")


def _run(script: str) -> dict[str, Any]:
    return {"run": {"name": "Run the job", "no_output_timeout": "10m", "command": f"{escaped(script)}\n"}}


def _executor(row: Row, tasks: Tasks) -> dict[str, Any]:
    machines = facts("circleci")["machines"]
    if row.os == "osx":
        if not row.osx_image:
            reason = "jobs with os 'osx' run with an Xcode of today"
            tasks.add("platform", reason, "choose another one where the job needs it", place_of(row.job, "os"))
        return {"macos": {"xcode": machines["xcode"]}, "resource_class": machines["osx"]}
    if row.os == "windows":
        machine = {"image": machines["windows"], "shell": "bash.exe"}
        return {"machine": machine, "resource_class": machines["windows_class"]}
    arch = row.arch if row.os == "linux" else row.os
    if arch not in ("", "amd64") and not arch.startswith("arm64"):
        tasks.add(
            "platform", f"there is no machine with '{arch}'", "use a runner of your own", place_of(row.job, "arch")
        )
    arm = {"resource_class": machines["arm64"]} if arch.startswith("arm64") else {}
    if uses_docker(row):
        return {"machine": {"image": machines["linux"]}, **arm}
    return {"docker": [{"image": image_of(row, facts("circleci")["images"]["default"])}], **arm}


def _before(row: Row, tasks: Tasks) -> list[Any]:
    steps: list[Any] = ["checkout"] if row.git.clone else []
    if row.git.clone and row.git.submodules != "no":
        steps.append({"run": {"name": "Fetch submodules", "command": _SUBMODULES}})
    if row.uses:
        steps.append({"attach_workspace": {"at": "."}})
    keys = (f"{row.slot_name}-{{{{ .Branch }}}}-", f"{row.slot_name}-")
    if _paths(row):
        steps.append({"restore_cache": {"keys": list(keys)}})
    for path in row.caches:
        if path not in _kept(row):
            reason = f"the cache of '{path}' has a path that only the shell knows"
            tasks.add("cache", reason, "write the path itself under save_cache", place_of(row.job, "cache"))
    return steps


def _after(row: Row) -> list[Any]:
    steps: list[Any] = []
    if _paths(row):
        key = f"{row.slot_name}-{{{{ .Branch }}}}-{{{{ epoch }}}}"
        steps.append({"save_cache": {"key": key, "paths": list(_paths(row)), "when": "always"}})
    paths = [archive(one.name) for one in row.creates]
    if paths:
        steps.append({"persist_to_workspace": {"root": ".", "paths": paths}})
    return steps


def _kept(row: Row) -> tuple[str, ...]:
    return tuple([path for path in row.caches if "$" not in path.replace("$HOME", "").replace("$TRAVIS_BUILD_DIR", "")])


def _paths(row: Row) -> tuple[str, ...]:
    """Return the paths of the cache as CircleCI reads them: it knows `~`, but no variables."""
    home = [path.replace("$TRAVIS_BUILD_DIR/", "").replace("$TRAVIS_BUILD_DIR", ".") for path in _kept(row)]
    return tuple(dict.fromkeys(escaped(path.replace("$HOME", "~").replace("/home/travis", "~")) for path in home))
