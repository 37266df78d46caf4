"""Findings of one config: what the reader and the official parser say, as diagnostics in a profile."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from travistool.diagnostics import Diagnostic, Official, Severity
from travistool.document.nodes import Alias
from travistool.lint.profile import LEVELS, PROFILES, reader_severity
from travistool.lint.service import service_rule
from travistool.pipeline import Reading
from travistool.schema.run import Message
from travistool.source import Span

if TYPE_CHECKING:
    from travistool.lint.selection import Choice

_COMMENT = "travistool:"
_MASK = "[secure]"
_TELLING = 6
"""Shorter secrets are not looked for inside other text: `a` is in every sentence."""
_REPAIRS = ("find_key", "clean_key", "strip_key", "underscore_key")


def lint(
    reading: Reading,
    profile: str = "default",
    problem: Diagnostic | None = None,
    choice: "Choice | None" = None,
) -> tuple[Diagnostic, ...]:
    """Return the findings that a profile shows, in the order of their places. None of them holds a secret.

    `problem` is what was wrong with the file before it was a text. `choice` turns rules on and off beyond the profile.
    What a comment in the text suppresses is left out.
    """
    read = reading.diagnostics if problem is None else (problem, *reading.diagnostics)
    found = _rated(read, profile, choice, vital=reading.normal is None)
    if reading.normal is not None:
        found.extend(_official(reading.normal.messages, profile, _rate(profile, choice)))
    if _COMMENT in reading.source.text:
        # Imported late: few files hold such a comment.
        from travistool.lint.suppression import suppress  # noqa: PLC0415

        found, own = suppress(reading, found, read)
        found += _rated(own, profile, choice)
    if len(found) > 1:
        found.sort(key=lambda diagnostic: (diagnostic.span.start, diagnostic.span.end, diagnostic.rule))
    return tuple(found)


def secrets(reading: Reading) -> tuple[Span, ...]:
    """Return the places of secrets that stand in plain text: reports must not show them.

    An alias gives its own place and that of the value it stands for.
    """
    if reading.normal is None:
        return ()
    alerts = [message for message in reading.normal.messages if message.level == "alert"]
    targets = [
        Span(reading.source, node.target.start, node.target.end)
        for message in alerts
        if isinstance(node := message.element.node, Alias) and node.target is not None
    ]
    return (*(message.span for message in alerts), *targets)


def _rated(
    diagnostics: tuple[Diagnostic, ...], profile: str, choice: "Choice | None", *, vital: bool = False
) -> list[Diagnostic]:
    """Return what is shown, as loud as it is shown. `vital`: the errors keep the text from being a config."""
    found = []
    for diagnostic in diagnostics:
        severity = reader_severity(profile, diagnostic.rule, diagnostic.severity)
        if choice is not None:
            is_vital = vital and diagnostic.severity == Severity.ERROR
            severity = choice.rate(diagnostic.rule, severity, diagnostic.severity, vital=is_vital)
        if severity is not None:
            found.append(diagnostic._replace(severity=severity))
    return found


def _rate(profile: str, choice: "Choice | None") -> Callable[[Message], Severity | None]:
    rate = PROFILES[profile]
    if choice is None:
        return rate
    return lambda message: choice.rate(message.code.replace("_", "-"), rate(message), LEVELS[message.level])


def _official(
    messages: tuple[Message, ...], profile: str, rate: Callable[[Message], Severity | None]
) -> list[Diagnostic]:
    shown = [(message, severity) for message in messages if (severity := rate(message)) is not None]
    if not shown:
        return []
    hidden = tuple(str(message.element.value) for message in messages if message.level == "alert")
    repaired = {message.span.start for message, _ in shown if message.code in _REPAIRS}
    found = []
    for message, severity in shown:
        if message.code == "alias_key" and message.span.start in repaired and profile != "service":
            # The repair of the same key is the news; its other name follows from that.
            continue
        rule = service_rule(message.code)
        official = Official(message.level, message.key, message.code, message.args)
        fix = rule.fix(message)
        text = rule.say(message)
        if hidden:
            args = {name: _masked(value, hidden) for name, value in message.args.items() if name != "type"}
            official = official._replace(args={**message.args, **args})
            text = _masked(text, tuple(secret for secret in hidden if len(secret) >= _TELLING))
            if fix is not None and any(secret in edit.text for edit in fix.edits for secret in hidden):
                fix = None
        found.append(Diagnostic(rule.name, severity, text, message.span, fix, official))
    return found


def _masked(value: Any, hidden: tuple[str, ...]) -> Any:
    """Return data with every secret in it replaced; a short one only where it is the whole text."""
    if isinstance(value, str):
        for secret in hidden:
            if value == secret:
                return _MASK
            if len(secret) >= _TELLING:
                value = value.replace(secret, _MASK)
        return value
    if isinstance(value, Mapping):
        return {key: _masked(item, hidden) for key, item in value.items()}
    if isinstance(value, list):
        return [_masked(item, hidden) for item in value]
    return value
