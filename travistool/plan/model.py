"""What Travis would run for one config and one event: the values that views, rules, simulator and migrators read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from travistool.diagnostics import Diagnostic
from travistool.record import Record
from travistool.schema.elements import Element
from travistool.schema.run import Message
from travistool.source import Span

EventType = Literal["push", "pull_request", "api", "cron"]
OriginKind = Literal["root", "axis", "include", "inherited", "import", "default", "tolerance"]
SkippedCause = Literal["", "excluded", "repeated", "lone", "condition", "stage"]
SkippedKind = Literal["job", "stage", "import", "exclude", "allow_failure", "notification", "key"]


class Event(Record):
    """What a build is started for. None means that the event does not have it.

    `branch` is the target branch of a pull request, and the tag's name for a tag (a push with `tag`). `fork` tells that
    `repo` itself is a fork; a pull request from a fork has another `head_repo`. `settings` are the variables of the
    repository's settings. `extra` are further condition attributes, which win over all others.
    """

    type: EventType = "push"
    branch: str | None = "master"
    tag: str | None = None
    head_branch: str | None = None
    repo: str | None = None
    head_repo: str | None = None
    sender: str | None = None
    fork: bool | None = False
    draft: bool | None = None
    commit_message: str | None = None
    default_branch: str = "master"
    settings: Mapping[str, str] = {}
    extra: Mapping[str, Any] = {}

    def data(self) -> dict[str, Any]:
        """Return the attributes that conditions may ask for, without those that the event does not have."""
        given = {name: getattr(self, name) for name in _ATTRIBUTES}
        data = {name: value for name, value in given.items() if value is not None}
        if self.settings:
            data["env"] = [{name: value} for name, value in self.settings.items()]
        return {**data, **self.extra}


_ATTRIBUTES = (
    *("type", "repo", "head_repo", "sender", "fork", "draft", "branch", "head_branch", "tag", "commit_message"),
)


class Origin(Record):
    """Where a job's value comes from.

    `root`: a key of the root that all jobs share; `axis`: an item of a matrix key; `include`: the job's own entry;
    `inherited`: the first item of a matrix key, the first row of variables or the stage of the job before; `import`: a
    key of the root written in another file; `default`: written nowhere; `tolerance`: a rule of `allow_failures`.
    `element` is the value as written; None where nothing is.
    """

    kind: OriginKind
    element: Element | None = None

    @property
    def span(self) -> Span | None:
        """Return where it is written; None when it is not."""
        return None if self.element is None or self.kind == "default" else self.element.span()

    def at(self, key: str) -> Origin:
        """Return the origin of what stands under a key of this value; of the value itself when it is no map."""
        child = None if self.element is None else self.element.get(key)
        return self if child is None else Origin(self.kind, child)


def entry_of(origins: Mapping[str, Origin]) -> Element | None:
    """Return the entry of `jobs.include` that a job with these origins is; None for one of the matrix, or without keys."""
    mine = next((one.element for one in origins.values() if one.kind == "include" and one.element is not None), None)
    return None if mine is None else mine.parent


class Decision(Record):
    """What a condition came to. `condition` is None where there is none; then it holds.

    `problem` says why the condition could not be evaluated: Travis then takes it as not holding. `unknown` tells that
    only we cannot evaluate it; then it is taken as holding.
    """

    holds: bool
    condition: str | None = None
    span: Span | None = None
    problem: str = ""
    unknown: bool = False


class Job(Record):
    """One job that would run. `number` is that of build 1: `1.1`, `1.2` ...

    `config` is Travis's raw map, equal to what it would run; treat it as frozen. `origins` holds an origin for each of
    its keys; `env_origins` one for each item of `config["env"]`. `stage` is None where the build has no stages.
    `condition` is the decision about the job's own `if`.
    """

    number: str
    name: str | None
    stage: str | None
    allow_failure: bool
    config: Mapping[str, Any]
    origins: Mapping[str, Origin]
    env_origins: tuple[Origin, ...] = ()
    condition: Decision = Decision(True)

    def variables(self) -> Iterator[tuple[str, Any, Origin]]:
        """Yield name, value and origin of each variable of `env`, global ones first; `` is the name of what has none."""
        env = self.config.get("env")
        if not isinstance(env, list):
            return
        for row, origin in zip(env, self.env_origins, strict=False):
            if isinstance(row, dict) and set(row) != {"secure"}:
                for name, value in row.items():
                    yield name, value, origin.at(name)
            else:
                yield "", row, origin


class Stage(Record):
    """One stage that would run. `config` is Travis's raw map; `span` is None for a stage that only jobs name."""

    name: str
    config: Mapping[str, Any]
    jobs: tuple[Job, ...]
    span: Span | None
    condition: Decision = Decision(True)


class Skipped(Record):
    """Something the config asks for that does not happen, and why.

    `what` names it: a job's, stage's or import's name, a rule's or notification's number. `span` is the place to blame:
    the condition, the rule or else the thing itself. `config` is the raw map of a job, `cause` what it was lost to, and
    `entry` its entry of `jobs.include`, None for a job of the matrix.
    """

    kind: SkippedKind
    what: str
    reason: str
    span: Span | None
    condition: str | None = None
    config: Mapping[str, Any] | None = None
    cause: SkippedCause = ""
    entry: Element | None = None


class Factor(Record):
    """What makes jobs: a matrix key with the number of its values, or `jobs.include` with that of its entries.

    `span` is None where the values are written nowhere.
    """

    key: str
    number: int
    span: Span | None = None

    @property
    def multiplies(self) -> bool:
        """Tell whether the number multiplies jobs, and does not just add some."""
        return self.key != "jobs.include"


class BuildPlan(Record):
    """What Travis would run. Jobs are in the order in which Travis has them.

    `config` is the normalized config. `matrix` are the raw jobs as the matrix gives them, before stages and tolerances.
    `notifications` is the raw map that is left of `notifications`. `matrix_messages` are the official messages of the
    matrix, `messages` those of stages, notifications and tolerances. `diagnostics` are findings of our own. `factors` say
    what makes the jobs, matrix keys in Travis's order first.
    """

    config: Mapping[str, Any]
    event: Event
    stages: tuple[Stage, ...]
    jobs: tuple[Job, ...]
    matrix: tuple[Mapping[str, Any], ...]
    skipped: tuple[Skipped, ...]
    notifications: Any
    matrix_messages: tuple[Message, ...]
    messages: tuple[Message, ...]
    diagnostics: tuple[Diagnostic, ...]
    factors: tuple[Factor, ...] = ()
