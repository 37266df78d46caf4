"""Does an event start a build at all: skip commands, `branches`, and the root's `if`.

Not part of the official parser: the service asks this before it makes a build. Source: docs-travis-ci-com
user/customizing-the-build.md ("Building Specific Branches", "Skipping a build") and user/cron-jobs.md, and travis-core
lib/travis/model/request/{approval,branches}.rb. The plan still shows what would run.
"""

from __future__ import annotations

import re
from typing import Any

from travistool.plan.decide import decide
from travistool.plan.model import Event
from travistool.record import Record
from travistool.schema.elements import Element
from travistool.schema.normalize import Normal
from travistool.source import Span

_SKIP = r"(?i)\[(?:skip[ ]+(?P<behind>ci|travis(?:[ -]?ci)?)|(?P<before>ci|travis(?:[ -]?ci)?)[ ]+skip)\]"
_PATTERN = r"(?s)\A/(.*)/\Z"
_PAGES = r"\Agh[-_]pages\Z"


class Starts(Record):
    """Whether an event starts a build, in one sentence why, and the place in the config that decides.

    `span` is None where nothing in the config does.
    """

    build: bool
    because: str
    span: Span | None = None


def starts(normal: Normal, event: Event) -> Starts:
    """Return whether the event starts a build."""
    return _by_message(event) or _by_branch(normal.root, event) or _by_condition(normal, event) or _plainly(event)


def _by_message(event: Event) -> Starts | None:
    data = event.data()
    message = data.get("commit_message")
    command = re.search(_SKIP, message) if isinstance(message, str) and data.get("type") != "cron" else None
    return Starts(False, f"the commit message says {command[0]}") if command else None


def _by_branch(root: Element, event: Event) -> Starts | None:
    """Return what `branches` and the rule about pages say; None when nothing there decides."""
    data = event.data()
    branch, kind = data.get("tag") or data.get("branch"), _kind(event)
    if not isinstance(branch, str):
        return None
    branches = root.get("branches")
    only, but = _patterns(branches, "only"), _patterns(branches, "except")
    if kind == "branch" and re.search(_PAGES, branch) and not any(item.value == branch for item in only):
        return Starts(False, f"the branch '{branch}' is never built unless branches.only names it", _place(branches))
    if only:
        found = _matching(only, branch)
        if found is None:
            because = f"branches.only has nothing that fits the {kind} '{branch}'{_unread(only, branch)}"
            return Starts(False, because, _place(branches, "only"))
        return None
    found = _matching(but, branch)
    if found is not None:
        return Starts(False, f"branches.except has '{found.value}', which fits the {kind} '{branch}'", found.span())
    return None


def _kind(event: Event) -> str:
    if event.data().get("tag"):
        return "tag"
    return "target branch" if event.data().get("type") == "pull_request" else "branch"


def _patterns(branches: Element | None, key: str) -> list[Element]:
    """Return the names and patterns under `only` or `except`; a list or text without either means `only`."""
    if branches is None:
        return []
    place = branches if branches.kind != "map" and key == "only" else branches.get(key)
    if place is None:
        return []
    return [item for item in (place.items if place.kind == "seq" else [place]) if item.kind == "str"]


def _matching(patterns: list[Element], branch: str) -> Element | None:
    return next((item for item in patterns if _fits(str(item.value), branch)), None)


def _unread(patterns: list[Element], branch: str) -> str:
    """Return a remark on the patterns that could not be tried, `` when all could."""
    found = [f"'{item.value}'" for item in patterns if _fits(str(item.value), branch) is None]
    return f" ({', '.join(found)} cannot be evaluated and counts as not fitting)" if found else ""


def _fits(pattern: str, branch: str) -> bool | None:
    """Tell whether a name, or a pattern between slashes, fits; None when the pattern cannot be evaluated.

    Ruby's patterns fit anywhere unless anchored.
    """
    found = re.search(_PATTERN, pattern)
    if found is None:
        return pattern == branch
    # Imported late: most configs name their branches.
    from travistool.grammar.conditions import regex  # noqa: PLC0415
    from travistool.grammar.conditions.errors import UntranslatableRegexError  # noqa: PLC0415

    try:
        return regex.compile(found[1]).search(branch)
    except (regex.RubyRegexError, UntranslatableRegexError):
        return None


def _place(branches: Element | None, key: str = "") -> Span | None:
    if branches is None:
        return None
    place = branches.get(key) if key else None
    return (place or branches).key_span()


def _by_condition(normal: Normal, event: Event) -> Starts | None:
    condition = normal.root.get("if")
    config: Any = normal.config()
    if condition is None or not isinstance(config, dict):
        return None
    decision = decide(condition.plain(), condition, config, event.data())
    if decision.holds:
        return None
    reason = f": {decision.problem}" if decision.problem else ""
    return Starts(False, f"the config's condition '{decision.condition}' does not hold{reason}", decision.span)


def _plainly(event: Event) -> Starts:
    data = event.data()
    kind, name = _kind(event), data.get("tag") or data.get("branch")
    return Starts(
        True, f"nothing keeps the {kind} '{name}' from being built" if name else "nothing keeps it from being built"
    )
