"""All rules, those of the reader, of the official parser and our own, for people: lists, pages and `explain`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from travistool.diagnostics import Severity, page
from travistool.lint.index import ROWS
from travistool.lint.own import OWN
from travistool.lint.planner import RULES as PLANNED
from travistool.lint.reader import RULES
from travistool.lint.rule import ReaderRule, Rule, ServiceRule
from travistool.lint.rules import load
from travistool.lint.service import CODES, LEVELS, service_rule


class Row(NamedTuple):
    """One rule. `group` is one of GROUPS.

    `severity` is None where the default profile leaves the rule out. `fix` is "safe", "unsafe" or "none"; single
    findings may have a lesser fix than their rule. `code` and `level` are those of the official message, None where
    Travis has none of its own. `bad` and `good` are empty where no example can be shown.
    """

    name: str
    severity: Severity | None
    group: str
    summary: str
    why: str
    bad: str
    good: str
    fix: str
    code: str | None
    level: str | None
    url: str
    profiles: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


GROUPS = (
    *("syntax", "schema", "matrix", "conditions", "lifecycle", "security", "platform", "style", "shell"),
    "travistool",
)
"""What the rules are about; the last one is this tool itself."""


@cache
def all_rules() -> tuple[Row, ...]:
    """Return all rules by name."""
    rows = [_reader_row(rule) for rule in (*RULES, *PLANNED, *OWN)] + [
        _service_row(service_rule(code)) for code in CODES
    ]
    rows += [_row(group, load(group, name), profiles) for name, group, _, profiles, _, _ in ROWS]
    return tuple(sorted(rows, key=lambda row: row.name))


@cache
def names() -> Mapping[str, str]:
    """Return the group of every rule by its name. Loads no rule, unlike `all_rules`."""
    groups = {rule.name: rule.group for rule in (*RULES, *PLANNED, *OWN)}
    own = {name: group for name, group, *_ in ROWS}
    return groups | {code.replace("_", "-"): "schema" for code in CODES} | own


def find(name: str) -> Row | None:
    """Return the rule of a name such as `unknown-key`, or of an official code such as `unknown_key`."""
    return next((row for row in all_rules() if name in (row.name, row.code)), None)


def _reader_row(rule: ReaderRule) -> Row:
    return Row(
        rule.name,
        rule.severity,
        rule.group,
        rule.summary,
        rule.why,
        rule.bad,
        rule.good,
        rule.fix,
        code=None,
        level=None,
        url=page(rule.name),
    )


def _row(group: str, rule: Rule, profiles: tuple[str, ...]) -> Row:
    return Row(
        rule.name,
        rule.severity if "default" in profiles else None,
        group,
        rule.summary,
        rule.why,
        rule.bad,
        rule.good,
        rule.fix,
        code=None,
        level=None,
        url=page(rule.name),
        profiles=profiles,
        sources=rule.sources,
    )


def _service_row(rule: ServiceRule) -> Row:
    has_fix = rule.fix is not ServiceRule.fix
    return Row(
        rule.name,
        rule.severity,
        "schema",
        rule.summary,
        rule.why,
        rule.bad,
        rule.good,
        fix=("safe" if rule.fix_is_safe else "unsafe") if has_fix else "none",
        code=rule.code,
        level=LEVELS[rule.code],
        url=page(rule.name),
    )
