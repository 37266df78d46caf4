"""What must run, without a word about any target: the value between a plan and all targets.

Shell text stays as written. Where Travis decides something when it builds (`branches`, `if`, `on`), there is a
`Condition` about the event.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from travistool.catalog.language import Language
from travistool.migrate.conditions import FALSE, TRUE, Condition
from travistool.plan.model import Job
from travistool.source import Span


class Variable(NamedTuple):
    """A variable of a job. Of `plain` the value is the text itself, of `shell` what follows `NAME=` in a shell.

    Of `secret` it is the name of a secret. `line` is one whose name nobody knows: the secret holds `NAME=value`.
    """

    name: str
    value: str
    kind: Literal["plain", "shell", "secret", "line"] = "plain"
    is_global: bool = False


class Block(NamedTuple):
    """The commands of one phase, each as the shell gets it. `comments` are those above them, `` for none.

    `is_default`: the language has them, not the config. `failing` tells what a failing command does: `stop` the job as
    errored, `note` it and go on, or `ignore` it.
    """

    phase: str
    commands: tuple[str, ...]
    failing: Literal["stop", "note", "ignore"]
    is_default: bool = False
    place: Span | None = None
    comments: tuple[str, ...] = ()

    def told(self) -> Iterator[tuple[str, str]]:
        """Yield the commands, each with the comment lines that stand above it."""
        return zip(self.commands, self.comments or ("",) * len(self.commands), strict=True)


class Service(NamedTuple):
    """A service as Travis names it. `version` is that of the config, else of Travis's machine; `` for any.

    `is_asked`: the config names the version.
    """

    name: str
    version: str = ""
    place: Span | None = None
    is_asked: bool = False


class Setup(NamedTuple):
    """Commands that prepare the machine before the repository is there: apt, hosts ..."""

    title: str
    commands: tuple[str, ...]


class Git(NamedTuple):
    """How the repository is fetched. `depth` 0 is all of it. `tags`: the commands ask git about tags or history."""

    clone: bool = True
    depth: int = 50
    submodules: Literal["no", "yes", "recursive"] = "recursive"
    lfs: bool = True
    tags: bool = False
    autocrlf: str = ""
    sparse: str = ""


class Deployment(NamedTuple):
    """One entry of `deploy`. `number` is 1-based within the job; `options` are as written, without `on` and its kin.

    `when` is what the event decides; `tests` are Bash tests for the job's shell, each as it stands between `[[` and `]]`.
    """

    number: int
    provider: str
    options: Mapping[str, Any]
    when: Condition = TRUE
    tests: tuple[str, ...] = ()
    allow_failure: bool = False
    place: Span | None = None
    repeats: bool = False

    @property
    def name(self) -> str:
        """The provider, with its number where the job deploys with it more than once."""
        return f"{self.provider} {self.number}" if self.repeats else self.provider


class Workspace(NamedTuple):
    """Files that a job leaves for jobs of later stages."""

    name: str
    paths: tuple[str, ...]


class Row(NamedTuple):
    """One job. `title` is what people know it by: its name, else its versions and variables.

    `versions` are the keys of the language that say its version, as written. `dist` is `` where the config names none.
    `language_variables` are those that Travis sets for the language. `texts` is all shell text, for searching.
    `slot` is what tells the job's cache apart from those of others, by name and value: jobs with the same one share it. `slot_name`
    says the same in letters, digits and `-`. `archived`: images may be so old that their packages are in an archive.
    `comments` are the lines above the job in the config.
    """

    job: Job
    title: str
    stage: str | None
    when: Condition
    tolerated: Condition
    os: str
    dist: str
    arch: str
    osx_image: str
    language: Language
    versions: tuple[tuple[str, str], ...]
    variables: tuple[Variable, ...]
    language_variables: tuple[Variable, ...]
    blocks: Mapping[str, Block]
    services: tuple[Service, ...]
    setups: tuple[Setup, ...]
    caches: tuple[str, ...]
    git: Git
    deployments: tuple[Deployment, ...]
    creates: tuple[Workspace, ...]
    uses: tuple[str, ...]
    timeout: int
    functions: tuple[str, ...]
    builtins: tuple[str, ...]
    texts: str
    slot: tuple[tuple[str, str], ...] = ()
    slot_name: str = ""
    archived: bool = False
    comments: tuple[str, ...] = ()

    def version(self, key: str) -> str:
        """Return the value of a version key; `` where it is not set."""
        return next((value for name, value in self.versions if name == key), "")

    def commands(self) -> Iterator[str]:
        """Yield the commands of all phases but the deployments' own."""
        for block in self.blocks.values():
            yield from block.commands


class Triggers(NamedTuple):
    """`only` and `but` are the names and patterns (between slashes) of `branches`; `only` wins where both are given.

    `when` is the condition of the root. `mentions_cron` tells that the config cares about cron builds.
    """

    only: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    when: Condition = TRUE
    mentions_cron: bool = False


class Secret(NamedTuple):
    """A secret that somebody has to enter. `used_for` says where.

    `kind`: a `value` is encrypted in the config, as is a `line` with the name of its variable; a `setting` is one of the
    website, and what belongs to a `file` decrypts it.
    """

    name: str
    used_for: str
    place: Span | None = None
    kind: Literal["value", "line", "setting", "file"] = "value"


class Notification(NamedTuple):
    """One way of `notifications`, as written."""

    kind: str
    config: Any
    place: Span | None = None


class Build(NamedTuple):
    """What must run. `stages` are the names in order, empty where the build has none. `comments` stand above all.

    `asked` are the variables that commands read and nothing sets, secrets not among them.
    """

    name: str
    triggers: Triggers
    stages: tuple[str, ...]
    rows: tuple[Row, ...]
    secrets: tuple[Secret, ...]
    notifications: tuple[Notification, ...]
    comments: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()

    def of_stage(self, stage: str | None) -> tuple[Row, ...]:
        """Return the rows of a stage."""
        wanted = None if stage is None else stage.lower()
        return tuple([row for row in self.rows if (row.stage.lower() if row.stage else None) == wanted])


NEVER = FALSE
ALWAYS = TRUE
