"""A rule: what it says, why it matters, and examples that are its tests and its documentation."""

from collections.abc import Callable
from typing import NamedTuple

from travistool.diagnostics import Fix, Severity
from travistool.schema.run import Message
from travistool.source import Span


class ServiceRule(NamedTuple):
    """How we put one code of the official parser.

    `name` is the code in kebab case. `severity` is that of the default profile, None where it is left out there;
    the official level decides in the profile `service`. `summary` is one line for lists, `why` says in a sentence or
    two what happens to the build and what to do. `say` words a message; `fix` is a way out, None where there is none.
    `place` is the smallest span that shows the mistake. `bad` and `good` are small configs; the line that `bad` is about
    ends in `# <- here`. `fix_is_safe` is that of the usual fix, for lists; each fix says it of itself.
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
    place: Callable[[Message], Span] = lambda message: message.span
    fix_is_safe: bool = True


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
