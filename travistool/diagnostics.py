"""What we tell the user: data, never exceptions."""

from __future__ import annotations

from enum import IntEnum

from travistool.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from travistool.source import Source, Span


class Severity(IntEnum):
    """How much a finding matters; larger is worse. The official levels alert and error are both `ERROR`."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        return self.name.lower()


class Edit(Record):
    """Replace the text of `span` by `text`. An empty span inserts."""

    span: Span
    text: str


class Fix(Record):
    """A way out. `safe` means the build stays the same; other fixes need the user's consent."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool


class Official(Record):
    """The message of the official parser that a diagnostic stands for.

    `level` is alert, error, warn or info; `key` the dotted key (`root` for the root map); `args` as recorded,
    without `line` and `src`.
    """

    level: str
    key: str
    code: str
    args: Mapping[str, Any]


class Diagnostic(Record):
    """One finding. `rule` is its kebab-case name, `message` one sentence without a full stop.

    `official` is None for findings that Travis itself does not report. `related` are further places with a note.
    """

    rule: str
    severity: Severity
    message: str
    span: Span
    fix: Fix | None = None
    official: Official | None = None
    related: tuple[tuple[Span, str], ...] = ()


class Findings(Record):
    """The findings of one file. `source` is None when it could not be read; then `broken` says why.

    `broken` is the diagnostic that kept the file from being read as a config, None when it was. `secrets` are places
    whose text no report may show.
    """

    path: str
    source: Source | None
    diagnostics: tuple[Diagnostic, ...]
    broken: Diagnostic | None = None
    secrets: tuple[Span, ...] = ()


class RuleText(Record):
    """What a report may say about a rule beside its name."""

    name: str
    summary: str
    help: str


PAGES = "https://github.com/travistool/travistool/blob/main/docs/rules"


def page(rule: str) -> str:
    """Return the address of a rule's page."""
    return f"{PAGES}/{rule}.md"
