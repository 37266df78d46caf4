"""Pipelines that tests really run: a config, the files beside it, and what must come of it for some events.

Each is one text: parts with headings such as `-- .travis.yml --`. A part whose heading names an event says what must come:
the state of the build, `== name` for each stage, `* title: state` for each job, and below a job what it says, a line
each, without the word MARK that it says it with. `push master on github` is for a target that differs, which the first
line of the file explains. A part `commits` says how many commits the repository has besides the last one, and
`submodule NAME: PATH` is a file of a repository that is a submodule with that name.
"""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from travistool.pipeline import read
from travistool.plan.model import Event
from travistool.schema.normalize import Normal
from travistool.source import Source

FOLDER = Path(__file__).with_name("pipelines")
REPO = "acme/demo"
_HEADING = re.compile(r"^-- (.+) --\n", re.MULTILINE)
_EVENT = re.compile(r"(?:push|tag|pull_request|cron|api) \S+(?: on \w+)?\Z")
_STUBS = "stubs/"
_SUBMODULE = re.compile(r"submodule (\w+): (.+)\Z")
_NEW = (
    ("init", "--quiet", "--initial-branch=master"),
    ("config", "user.name", "dev"),
    ("config", "user.email", "dev@example.com"),
)
_COMMIT = (("add", "--all", "--force"), ("commit", "--quiet", "--allow-empty", "--message=Update"))
_COLORS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


class Ran(NamedTuple):
    """What came of one job. `marks` are what it has said, in order."""

    state: str
    marks: tuple[str, ...]


class Outcome(NamedTuple):
    """What came of a build: jobs by title, in the order in which they have started. Jobs that did not run are missing."""

    state: str
    jobs: Mapping[str, Ran]

    def without_errored(self) -> "Outcome":
        """Return the same in the words of systems that know passed and failed only."""
        jobs = {title: one._replace(state=_plain(one.state)) for title, one in self.jobs.items()}
        return Outcome(_plain(self.state), jobs)


class Expected(NamedTuple):
    """What must come of a build for an event, its stages as titles of jobs. `only` names a target that differs."""

    title: str
    event: Event
    outcome: Outcome
    stages: tuple[tuple[str, ...], ...]
    only: str = ""


class Case(NamedTuple):
    """One pipeline. `files` are those of the repository; `stubs` are programs that stand in for others, by name."""

    name: str
    config: str
    files: Mapping[str, str]
    stubs: Mapping[str, str]
    secrets: Mapping[str, str]
    expected: tuple[Expected, ...]
    commits: int = 0
    submodules: Mapping[str, Mapping[str, str]] = MappingProxyType({})

    def normal(self) -> Normal:
        """Return the config, read."""
        normal = read(Source(".travis.yml", self.config)).normal
        assert normal is not None
        return normal

    def expected_on(self, target: str) -> list[Expected]:
        """Return what must come of it on a target; on Travis, where that is ``."""
        own = {one.title: one for one in self.expected if one.only and one.only == target}
        return [own.get(one.title, one) for one in self.expected if not one.only]


class Place(NamedTuple):
    """Where a case is run: a repository, programs that stand in for others, and a folder for everything else."""

    repository: Path
    stubs: Path
    scratch: Path

    def environment(self, home: str = "home") -> dict[str, str]:
        """Return a plain environment, with a home of its own."""
        folder = self.scratch / home
        (folder / "tmp").mkdir(parents=True, exist_ok=True)
        return {
            "PATH": f"{self.stubs}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder),
            "TMPDIR": str(folder / "tmp"),
            "LANG": "C.UTF-8",
            "GIT_CONFIG_GLOBAL": os.devnull,
            # Submodules of a case are folders of this machine, which git does not fetch otherwise.
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "protocol.file.allow",
            "GIT_CONFIG_VALUE_0": "always",
        }


def cases() -> list[Case]:
    """Return all cases, by their names."""
    return [_case(path) for path in sorted(FOLDER.glob("*.txt"))]


def marks(output: str) -> tuple[str, ...]:
    """Return what an output says with MARK, in order."""
    lines = re.split(r"[\r\n]+", _COLORS.sub("", output))
    return tuple([line.removeprefix("MARK ").rstrip() for line in lines if line.startswith("MARK ")])


def out_of_order(outcome: Outcome, stages: tuple[tuple[str, ...], ...]) -> list[str]:
    """Return the titles of jobs that have started before one of an earlier stage."""
    places = {title: number for number, stage in enumerate(stages) for title in stage}
    latest, found = 0, []
    for title in outcome.jobs:
        if places.get(title, latest) < latest:
            found.append(title)
        latest = max(latest, places.get(title, latest))
    return found


def lay_out(case: Case, scratch: Path) -> Place:
    """Make the repository of a case, with a commit on `master`."""
    place = Place(scratch / "demo", scratch / "stubs", scratch)
    _write(place.stubs, case.stubs)
    _write(place.repository, {**case.files, ".travis.yml": case.config})
    for name, files in case.submodules.items():
        _write(place.scratch / "modules" / name, files)
        _git(place, place.scratch / "modules" / name, *_NEW, *_COMMIT)
    _git(place, place.repository, *_NEW)
    for number in range(case.commits):
        _git(place, place.repository, ["commit", "--quiet", "--allow-empty", f"--message=Commit {number}"])
    for name in case.submodules:
        url = (place.scratch / "modules" / name).as_uri()
        _git(place, place.repository, ["submodule", "--quiet", "add", url, name])
    _commit(place)
    return place


def _write(folder: Path, files: Mapping[str, str]) -> None:
    folder.mkdir(parents=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        if text.startswith("#!"):
            path.chmod(0o755)


def _commit(place: Place) -> None:
    """Commit all files of a case's repository, which is then as on a fresh clone."""
    calls = [
        *_COMMIT,
        ["remote", "add", "origin", f"https://git.example.com/{REPO}.git"],
        ["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/master"],
        ["update-ref", "refs/remotes/origin/master", "HEAD"],
    ]
    _git(place, place.repository, *calls)


def _git(place: Place, folder: Path, *calls: Sequence[str]) -> None:
    for call in calls:
        subprocess.run(["git", *call], cwd=folder, env=place.environment(), check=True)


def _case(path: Path) -> Case:
    _, *parts = _HEADING.split(path.read_bytes().decode())
    texts = dict(zip(parts[::2], parts[1::2], strict=True))
    events = {title: texts.pop(title) for title in list(texts) if _EVENT.match(title)}
    secrets = dict(line.split("=", 1) for line in texts.pop("secrets", "").splitlines())
    config = texts.pop(".travis.yml")
    commits = int(texts.pop("commits", "0"))
    submodules: dict[str, dict[str, str]] = {}
    for title in list(texts):
        if found := _SUBMODULE.match(title):
            submodules.setdefault(found[1], {})[found[2]] = texts.pop(title)
    return Case(
        name=path.stem,
        config=config,
        files={name: text for name, text in texts.items() if not name.startswith(_STUBS)},
        stubs={name.removeprefix(_STUBS): text for name, text in texts.items() if name.startswith(_STUBS)},
        secrets=secrets,
        expected=tuple([_expected(title, text) for title, text in events.items()]),
        commits=commits,
        submodules=submodules,
    )


def _expected(title: str, text: str) -> Expected:
    state, *lines = [line for line in text.splitlines() if line.strip()]
    stages: list[list[str]] = []
    jobs: dict[str, Ran] = {}
    for line in lines:
        if line.startswith("== "):
            stages.append([])
        elif line.startswith("* "):
            name, _, job_state = line[2:].rpartition(": ")
            assert name not in jobs, f"two jobs {name!r}"
            jobs[name] = Ran(job_state, ())
            stages = stages or [[]]
            stages[-1].append(name)
        else:
            last = list(jobs)[-1]
            jobs[last] = jobs[last]._replace(marks=(*jobs[last].marks, line.strip()))
    event, _, only = title.partition(" on ")
    return Expected(event, _event(event), Outcome(state, jobs), tuple(map(tuple, stages)), only)


def _event(title: str) -> Event:
    kind, name = title.split()
    shared = Event(repo=REPO, sender="dev", commit_message="Update", default_branch="master")
    if kind == "tag":
        return shared._replace(branch=name, tag=name)
    if kind == "pull_request":
        return shared._replace(type="pull_request", branch=name, head_branch="feature", head_repo=REPO)
    types: Mapping[str, str] = {"push": "push", "cron": "cron", "api": "api"}
    return shared._replace(type=types[kind], branch=name)


def _plain(state: str) -> str:
    return "failed" if state == "errored" else state
