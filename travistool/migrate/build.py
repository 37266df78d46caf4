"""From a config that can be read to the neutral build: one line per part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from travistool.catalog.settings import as_text
from travistool.migrate.addon_variables import addon_variables
from travistool.migrate.artifacts import uploaded, with_upload
from travistool.migrate.blocks import blocks, comments_of
from travistool.migrate.caches import with_slots
from travistool.migrate.deploys import deployments
from travistool.migrate.every import Every, Possible
from travistool.migrate.functions import builtins_in, functions_in
from travistool.migrate.machine import caches, git, listed, services, setups, workspaces
from travistool.migrate.model import Build, Deployment, Notification, Row, Variable
from travistool.migrate.notes import note_job, note_root
from travistool.migrate.programs import gopath
from travistool.migrate.providers import commands
from travistool.migrate.tasks import Tasks
from travistool.migrate.tools import with_archive
from travistool.migrate.triggers import triggers
from travistool.migrate.unset import asked_for
from travistool.migrate.variables import Secrets, language_variables, variables
from travistool.plan.model import Job
from travistool.plan.phases import language_of
from travistool.schema.normalize import Normal

LONGEST = 200
"""How long a title may be, in code points: some targets take no more than 255."""

_TEST = "test"
"""The stage that jobs belong to where nothing else is said."""

_OWN = frozenset(("axis", "include", "inherited"))
"""Where the values come from that tell jobs apart."""

_NO_LFS = "GIT_LFS_SKIP_SMUDGE"
"""What Travis sets for all of a job where `git` says so: commands of git that the job calls itself ask for it, too."""

MINUTES = 50
"""How long a job may run on Travis."""


def build(
    normal: Normal,
    found: Every,
    tasks: Tasks,
    repo: str = "",
    name: str = "CI",
    comments: tuple[str, ...] = (),
    read: frozenset[str] = frozenset(),
) -> Build:
    """Return what must run of all jobs that can. `repo` is `owner/name`, where it is known.

    `read` are those of Travis's own variables that files of the repository read: a job's commands may run these files.
    What has no equal anywhere becomes a task.
    """
    secrets = Secrets()
    made_rows = [_row(one, secrets, tasks, repo) for one in found.jobs]
    rows = tuple([_with_names(row, read) for row, _ in made_rows])
    made = Build(
        name=name,
        triggers=triggers(normal.root, found.plan, found.when),
        stages=tuple([stage.name for stage in found.stages]),
        rows=with_archive(with_slots(_told_apart(rows))),
        secrets=secrets.all(),
        notifications=tuple(_notifications(found.plan.notifications, normal)),
        comments=comments,
        asked=tuple(_asked(rows, [name for _, names in made_rows for name in names])),
    )
    note_root(made, normal, tasks)
    return made


def _row(one: Possible, secrets: Secrets, tasks: Tasks, repo: str) -> tuple[Row, tuple[str, ...]]:
    """Return a job as a row, and the names of variables that it reads and nothing sets."""
    job = one.job
    config = job.config
    language = language_of(job)
    exported = language_variables(job, repo)
    parts = blocks(job, repo)
    dist_origin = job.origins.get("dist")
    is_written = dist_origin is not None and dist_origin.kind != "default"
    own = variables(job, secrets)
    known = {one.name for one in own}
    own = (*own, *[one for one in addon_variables(job, secrets) if one.name not in known])
    asked = asked_for(parts, own, exported, secrets)
    own = (*own, *asked.secrets)
    upload = uploaded(job, own, secrets)
    if upload is not None:
        own, parts = (*own, *upload.variables), with_upload(parts, upload)
    deploys = _numbered(deployments(job, exported), secrets)
    texts = _texts(job, [command for part in parts.values() for command in part.commands], own, deploys)
    fetched = git(job, texts)
    if not fetched.lfs and all(one.name != _NO_LFS for one in own):
        own = (Variable(_NO_LFS, "1"), *own)
    creates, uses = workspaces(job)
    system, arch = _platform(config)
    row = Row(  # all but what the deployments' own commands use
        job=job,
        title=title_of(job),
        stage=job.stage,
        when=one.when,
        tolerated=one.tolerated,
        os=system,
        dist=as_text(config.get("dist")) if is_written else "",
        arch=arch,
        osx_image=as_text(config.get("osx_image")),
        language=language,
        versions=tuple(_versions(job)),
        variables=own,
        language_variables=exported,
        blocks=parts,
        services=services(job, as_text(config.get("dist"))),
        setups=setups(job, tasks),
        caches=caches(job),
        git=fetched,
        deployments=deploys,
        creates=creates,
        uses=uses,
        timeout=MINUTES,
        functions=functions_in(texts),
        builtins=builtins_in(texts),
        texts=texts,
        comments=comments_of(job),
    )
    note_job(row, tasks)
    return _with_programs(_with_deployments(row)), asked.others


def _asked(rows: tuple[Row, ...], names: list[str]) -> Iterator[str]:
    """Yield names of variables that no job sets, each once."""
    known = {one.name for row in rows for one in row.variables}
    yield from dict.fromkeys(name for name in names if name not in known)


def _with_names(row: Row, read: frozenset[str]) -> Row:
    return row._replace(builtins=tuple(sorted({*row.builtins, *read}))) if read else row


def _with_programs(row: Row) -> Row:
    """Return a row that knows what the lines for programs of Travis's machines use."""
    more = builtins_in("\n".join(gopath(row)))
    return row._replace(builtins=tuple(sorted({*row.builtins, *more})))


def _numbered(found: tuple[Deployment, ...], secrets: Secrets) -> tuple[Deployment, ...]:
    """Return deployments whose encrypted options know their numbers: two keys for one provider are two secrets."""
    return tuple(
        [
            one._replace(
                options={
                    key: {**value, "number": secrets.number(one.provider, key, as_text(value["secure"]))}
                    if isinstance(value, dict) and "secure" in value
                    else value
                    for key, value in one.options.items()
                }
            )
            for one in found
        ]
    )


def _with_deployments(row: Row) -> Row:
    """Return a row that knows what the commands of its deployments use."""
    if not row.deployments:
        return row
    silent = Tasks()
    more = [command for one in row.deployments for command in commands(one, silent, row).commands]
    texts = "\n".join((row.texts, *more))
    return row._replace(texts=texts, functions=functions_in(texts), builtins=builtins_in(texts))


def _platform(config: Any) -> tuple[str, str]:
    system = as_text(config.get("os")) or "linux"
    if system.startswith("linux-"):
        return "linux", system.removeprefix("linux-")
    return system, as_text(config.get("arch")) or "amd64"


def _versions(job: Job) -> Iterator[tuple[str, str]]:
    """Yield what the config says about versions; the first of a list, as Travis takes it."""
    language = language_of(job)
    for key in (*language.versions, *language.unlisted, "compiler", "gemfile", "jdk", "dotnet", "mono"):
        value = job.config.get(key)
        if value not in (None, False) and not isinstance(value, dict):
            items = listed(value)
            if items:
                yield key, as_text(items[0])


def _texts(job: Job, commands: list[str], own: Any, deploys: Any) -> str:
    values = [variable.value for variable in own if variable.kind in ("plain", "shell")]
    told = [as_text(one) for item in deploys for value in item.options.values() for one in listed(value)]
    tests = [test for item in deploys for test in item.tests]
    paths = [as_text(item) for item in listed(job.config.get("cache")) if not isinstance(item, dict)]
    return "\n".join([*commands, *values, *told, *tests, *paths])


def title_of(job: Job) -> str:
    """Return what people know a job by, from its config alone: its name, else its stage, versions and own variables."""
    return _title(job)[:LONGEST]


def _title(job: Job) -> str:
    if job.name and job.name.strip():
        return " ".join(job.name.split())
    stage = " ".join((job.stage or "").split())
    if stage.lower() in ("", _TEST):
        return _differing(job, _OWN) or stage.lower() or "build"
    # Jobs of other stages do something of their own: what they merely take over does not tell them apart.
    return ": ".join(part for part in (stage, _differing(job, _OWN - {"inherited"})) if part)


def _differing(job: Job, kinds: frozenset[str]) -> str:
    """Return versions and variables of a job that come from places of these kinds."""
    keys = dict.fromkeys(("os", "arch", *language_of(job).versions, "compiler"))
    told = [f"{key} {as_text(listed(job.config[key])[0])}" for key in keys if _tells(job, key, kinds)]
    told += [own for own in [" ".join(_own_variables(job, kinds))] if own]
    return ", ".join(told)


def _tells(job: Job, key: str, kinds: frozenset[str]) -> bool:
    if key not in job.config or job.origins.get(key) is None:
        return False
    value = listed(job.config[key])
    return bool(value) and not isinstance(value[0], dict) and job.origins[key].kind in kinds


def _own_variables(job: Job, kinds: frozenset[str]) -> Iterator[str]:
    for name, value, origin in job.variables():
        if origin.kind in kinds and name:
            yield f"{name}={'***' if isinstance(value, dict) else ' '.join(as_text(value).split())}"


def _told_apart(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Give rows with the same title numbers, within each stage."""
    totals: dict[tuple[str | None, str], int] = {}
    for row in rows:
        totals[row.stage, row.title] = totals.get((row.stage, row.title), 0) + 1
    seen: dict[tuple[str | None, str], int] = {}
    found = []
    for row in rows:
        key = (row.stage, row.title)
        seen[key] = seen.get(key, 0) + 1
        found.append(row._replace(title=f"{row.title} ({seen[key]})") if totals[key] > 1 else row)
    return tuple(found)


def _notifications(value: Any, normal: Normal) -> Iterator[Notification]:
    element = normal.root.get("notifications")
    if isinstance(value, dict):
        for kind, config in value.items():
            place = element.get(kind) if element is not None else None
            yield Notification(kind, config, place.span() if place is not None else None)
