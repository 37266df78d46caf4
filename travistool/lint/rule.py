"""A rule: what it says, why it matters, and examples that are its tests and its documentation."""

from collections.abc import Callable
from typing import NamedTuple

from travistool.diagnostics import Fix, Severity
from travistool.schema.run import Message


class ServiceRule(NamedTuple):
    """How we put one code of the official parser.

    `name` is the code in kebab case. `severity` is that of the default profile, None where it is left out there;
    the official level decides in the profile `service`. `summary` is one line for lists, `why` says in a sentence or
    two what happens to the build and what to do. `say` words a message; `fix` is a way out, None where there is none.
    `bad` and `good` are small configs; the line that `bad` is about ends in `# <- here`.
    """

    name: str
    code: str
    severity: Severity | None
    summary: str
    why: str
    say: Callable[[Message], str]
    bad: str
    good: str
    fix: Callable[[Message], Fix | None] = lambda _: None


class ReaderRule(NamedTuple):
    """A finding that is worded where it is found, by the reader or by ourselves: this is its documentation.

    `fix` is "safe", "unsafe" or "none".
    """

    name: str
    severity: Severity
    summary: str
    why: str
    bad: str
    good: str
    group: str = "syntax"
    fix: str = "none"
