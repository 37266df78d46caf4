"""A rule: what it says, why it matters, and examples that are its tests and its documentation."""

from __future__ import annotations

from travistool.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Literal

    from travistool.diagnostics import Fix, Severity
    from travistool.lint.subject import File
    from travistool.schema.run import Message
    from travistool.source import Span

    Profile = Literal["default", "strict", "pedantic", "none"]
    """The quietest of the general profiles that has a rule; the louder ones have it too. `none`: only special ones have it."""

    Special = Literal["security", "modernize"]
    """Profiles for one purpose. Rules of the groups `security` and `platform` are in them anyway."""

    Trigger = tuple[str | tuple[str, ...], ...]
    """Words of which a text must have one; those of an inner tuple all. In the case that they are written in."""


class ServiceRule(Record):
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


class ReaderRule(Record):
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


class Finding(Record):
    """One mistake. `span` is the smallest part that shows it; `message` is worded as CONVENTIONS has it.

    Findings with the same place and message are shown once: an anchor that many jobs repeat is one mistake.
    """

    span: Span
    message: str
    fix: Fix | None = None
    related: tuple[tuple[Span, str], ...] = ()


class Rule(Record):
    """Advice beyond the official parser: `travistool/lint/rules/<group>/<name>.py` holds one as `RULE`.

    `check` yields the findings in a file that holds one of the words of `trigger` and none of `unless`: by these the
    index decides, without loading the rule. `profile` is the quietest general profile that shows it, `also` are special
    ones. `fix` is that of the usual finding, as the example shows it. `bad` and `good` are small configs; the line that
    `bad` is about ends in `# <- here`. `sources` are real files with the mistake, for rules that no recorded file breaks.
    `needs_tools`: it asks `file.run` for programs, and is on only with `lint --shell`; it has no examples.
    """

    name: str
    severity: Severity
    summary: str
    why: str
    bad: str
    good: str
    check: Callable[[File], Iterator[Finding]]
    trigger: Trigger
    unless: tuple[str, ...] = ()
    profile: Profile = "default"
    also: tuple[Special, ...] = ()
    fix: Literal["none", "safe", "unsafe"] = "none"
    sources: tuple[str, ...] = ()
    needs_tools: bool = False
