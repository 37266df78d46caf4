"""Texts to findings and back, for the tests of the rules."""

from travistool.diagnostics import Diagnostic
from travistool.lint.engine import lint
from travistool.pipeline import Reading, read
from travistool.schema.run import Options
from travistool.source import Source


def reading(text: str, rule: str = "") -> Reading:
    """Read a config, with the option that a rule may need."""
    return read(Source("test.yml", text), Options(support=rule == "unsupported"))


def findings(text: str, rule: str = "") -> tuple[Diagnostic, ...]:
    """Return the findings of the default profile; with a rule's name, only its own, also those that are off there."""
    found = lint(reading(text, rule), "service" if rule == "default" else "default")
    return tuple(one for one in found if not rule or one.rule == rule)


def line(diagnostic: Diagnostic) -> str:
    """Return a finding as people see it."""
    place = diagnostic.span.first()
    return f"{place.line}:{place.column} {diagnostic.severity.label} {diagnostic.rule}: {diagnostic.message}"
