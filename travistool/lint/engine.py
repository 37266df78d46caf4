"""Findings of one config: what the reader and the official parser say, as diagnostics in a profile."""

from travistool.diagnostics import Diagnostic, Official
from travistool.lint.profile import PROFILES, shows_reader_rule
from travistool.lint.service import service_rule
from travistool.pipeline import Reading


def lint(reading: Reading, profile: str = "default") -> tuple[Diagnostic, ...]:
    """Return the findings that a profile shows, in the order of their places."""
    found = [diagnostic for diagnostic in reading.diagnostics if shows_reader_rule(profile, diagnostic.rule)]
    if reading.normal is not None:
        rate = PROFILES[profile]
        for message in reading.normal.messages:
            severity = rate(message)
            if severity is None:
                continue
            rule = service_rule(message.code)
            official = Official(message.level, message.key, message.code, message.args)
            found.append(
                Diagnostic(rule.name, severity, rule.say(message), message.span, rule.fix(message), official)
            )
    if len(found) > 1:
        found.sort(key=lambda diagnostic: (diagnostic.span.start, diagnostic.span.end, diagnostic.rule))
    return tuple(found)
