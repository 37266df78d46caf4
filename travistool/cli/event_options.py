"""The options that make an event, for all commands that plan."""

from __future__ import annotations

from travistool.cli.option import Options, maybe, switch, texts
from travistool.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    EventName = Literal["push", "pull_request", "tag", "cron", "api"]

EVENTS: tuple[EventName, ...] = ("push", "pull_request", "tag", "cron", "api")


class EventOptions(Options):
    """The options of the command line that make an event; None where one is not given."""

    event: str | None = maybe(
        "--event", help="What starts the build; a push if not set.", metavar="EVENT", choices=EVENTS
    )
    branch: str | None = maybe(
        "--branch", help="The branch that is pushed, or the target of a pull request.", metavar="NAME"
    )
    tag: str | None = maybe("--tag", help="The tag that is pushed.", metavar="NAME")
    head_branch: str | None = maybe("--head-branch", help="The branch a pull request comes from.", metavar="NAME")
    head_repo: str | None = maybe(
        "--head-repo", help="The repository a pull request comes from: another one is a fork.", metavar="OWNER/NAME"
    )
    fork: bool = switch("--fork", help="This repository is itself a fork.")
    repo: str | None = maybe("--repo", help="The repository.", metavar="OWNER/NAME")
    sender: str | None = maybe("--sender", help="Who causes the event.", metavar="LOGIN")
    message: str | None = maybe("--message", help="The commit's message.", metavar="TEXT")
    default_branch: str | None = maybe("--default-branch", help="The repository's default branch.", metavar="NAME")
    data: str | None = maybe(
        "--data", help="Attributes for conditions, over all others, as a JSON object.", metavar="JSON"
    )
    settings_env: tuple[str, ...] = texts(
        "--settings-env", help="A variable of the repository's settings; repeatable.", metavar="NAME=VALUE"
    )

    @property
    def name(self) -> EventName:
        """The kind of event: with a tag and nothing else, the push of a tag. Raises UsageError."""
        if self.event is None:
            return "push" if self.tag is None else "tag"
        found = next((name for name in EVENTS if name == self.event), None)
        if found is None:
            raise UsageError(f"--event takes one of {', '.join(EVENTS)}, not '{self.event}'")
        return found


IMPORT_ROOT: tuple[str, ...] = texts(
    "--import-root", help="The folder with another repository's files; repeatable.", metavar="OWNER/REPO=DIR"
)


class Asked(Options):
    """What a plan is asked for: the event, and where repositories of imports are."""

    event: EventOptions = EventOptions()
    import_root: tuple[str, ...] = IMPORT_ROOT
