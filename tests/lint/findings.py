"""Texts to findings and back, for the tests of the rules."""

from functools import cache

from travistool.diagnostics import Diagnostic
from travistool.lint.catalog import all_rules
from travistool.lint.engine import lint
from travistool.lint.pages import AS_OF, shown_in
from travistool.pipeline import Reading, read
from travistool.schema.run import Options
from travistool.source import Source


def reading(text: str, rule: str = "") -> Reading:
    """Read a config, with the option that a rule may need."""
    return read(Source("test.yml", text), Options(support=rule == "unsupported"))


@cache
def findings(text: str, rule: str = "") -> tuple[Diagnostic, ...]:
    """Return the findings of the default profile; with a rule's name, only its own, also those that are off there."""
    row = next((row for row in all_rules() if row.name == rule), None)
    found = lint(reading(text, rule), "default" if row is None else shown_in(row), as_of=AS_OF)
    return tuple(one for one in found if not rule or one.rule == rule)


def line(diagnostic: Diagnostic) -> str:
    """Return a finding as people see it."""
    place = diagnostic.span.first()
    return f"{place.line}:{place.column} {diagnostic.severity.label} {diagnostic.rule}: {diagnostic.message}"
