"""Findings of one config: what the reader and the official parser say, as diagnostics in a profile."""

from __future__ import annotations

from travistool.diagnostics import Diagnostic, Official, Severity
from travistool.document.nodes import Alias
from travistool.lint.profile import LEVELS, PROFILES, reader_severity
from travistool.lint.service import service_rule
from travistool.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from travistool.grammar.secrets import Mask
    from travistool.lint.selection import Choice
    from travistool.lint.tools import Run
    from travistool.pipeline import Reading
    from travistool.schema.normalize import Normal
    from travistool.schema.run import Message

_COMMENT = "travistool:"
_LIMIT = 1_000_000
"""No rule beyond the official ones looks at longer texts: the longest recorded config has an eighth of that."""
_SAYS_IT = ("find_key", "clean_key", "strip_key", "underscore_key", "unknown_key", "overwrite")
"""Findings that name a key's place, so that its other name need not be told as well."""
_OPEN = ("value", "values", "var", "condition")
"""Arguments of official messages that hold text of the config."""


def lint(
    reading: Reading,
    profile: str = "default",
    problem: Diagnostic | None = None,
    choice: Choice | None = None,
    as_of: str = "",
    run: Run | None = None,
) -> tuple[Diagnostic, ...]:
    """Return the findings that a profile shows, in the order of their places. None of them holds a secret.

    `problem` is what was wrong with the file before it was a text. `choice` turns rules on and off beyond the profile.
    What a comment in the text suppresses is left out. `as_of` is the day for rules with dates, "" is today.
    `run` runs programs for the rules of the shell layer, which are off without it.
    """
    read = reading.diagnostics if problem is None else (problem, *reading.diagnostics)
    found = _rated(read, profile, choice, vital=reading.normal is None)
    if reading.normal is not None:
        found.extend(_official(reading.normal, profile, _rate(profile, choice)))
        if profile != "service" and any(message.code in _SAYS_IT for message in reading.normal.messages):
            found.extend(_lost(reading.normal, _rate(profile, choice)))
        if (profile != "service" or choice is not None) and len(reading.source.text) <= _LIMIT:
            # Imported late: the profile `service` does without.
            from travistool.lint.extra import extra  # noqa: PLC0415

            found.extend(extra(reading, profile, choice, as_of, run=run))
    if _COMMENT in reading.source.text:
        # Imported late: few files hold such a comment.
        from travistool.lint.extra import off  # noqa: PLC0415
        from travistool.lint.suppression import suppress  # noqa: PLC0415

        found, own = suppress(reading, found, read, off(profile, choice, run))
        found += _rated(own, profile, choice)
    if len(found) > 1:
        if profile != "service":
            # Travis says the same again for each section that a value is handed to.
            found = list({(one.rule, one.span.start, one.span.end, one.message): one for one in found}.values())
        found.sort(key=lambda diagnostic: (diagnostic.span.start, diagnostic.span.end, diagnostic.rule))
    return tuple(found)


def secrets(reading: Reading) -> tuple[Span, ...]:
    """Return the places of secrets that stand in plain text: reports must not show them.

    An alias gives its own place and that of the value it stands for. Places do not overlap.
    """
    # Imported late: only what shows text of a file needs it.
    from travistool.grammar.secrets import named_ranges  # noqa: PLC0415
    from travistool.grammar.tokens import tokens  # noqa: PLC0415

    source = reading.source
    known = [Span(source, token.start, token.end) for token in tokens(source.text)]
    known += [Span(source, start, end) for start, end in named_ranges(source.text)]
    if reading.normal is None:
        # Imported late: few texts are no config.
        from travistool.grammar.unparsed import unparsed_secrets  # noqa: PLC0415

        return _apart([*known, *(Span(source, start, end) for start, end in unparsed_secrets(source.text))])
    elements = reading.normal.secrets
    targets = [
        Span(element.source, node.target.start, node.target.end)
        for element in elements
        if isinstance(node := element.node, Alias) and node.target is not None
    ]
    return _apart([*known, *(element.span() for element in elements), *targets])


def _apart(spans: list[Span]) -> tuple[Span, ...]:
    """Return the places in order, those that overlap as one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: (id(one.source), one.start, -one.end)):
        if found and found[-1].source is span.source and span.start < found[-1].end:
            found[-1] = Span(span.source, found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def _rated(
    diagnostics: tuple[Diagnostic, ...], profile: str, choice: Choice | None, *, vital: bool = False
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


def _rate(profile: str, choice: Choice | None) -> Callable[[Message], Severity | None]:
    rate = PROFILES[profile]
    if choice is None:
        return rate
    return lambda message: choice.rate(message.code.replace("_", "-"), rate(message), LEVELS[message.level])


def _official(reading: Normal, profile: str, rate: Callable[[Message], Severity | None]) -> list[Diagnostic]:
    shown = [(message, severity) for message in reading.messages if (severity := rate(message)) is not None]
    if not shown:
        return []
    # Imported late: it compiles patterns.
    from travistool.grammar.secrets import Mask  # noqa: PLC0415

    mask = Mask(str(element.value) for element in reading.secrets)
    louder = {message.span.start for message, _ in shown if message.code in _SAYS_IT}
    found = []
    for message, severity in shown:
        if message.code == "alias_key" and message.span.start in louder and profile != "service":
            # What else is said about the same key is the news; its other name follows from that.
            continue
        if message.code == "unsupported" and _has_effect(message):
            continue
        rule = service_rule(message.code)
        args = _shown(message, mask)
        is_said = message.code != "unsupported"
        official = Official(message.level, message.key, message.code, args) if is_said else None
        fix = rule.fix(message)
        if fix is not None and any(mask.text(edit.text) != edit.text for edit in fix.edits):
            fix = None
        said = rule.say(message)
        if any(name in message.args for name in _OPEN):
            said = mask.text(said)
        found.append(Diagnostic(rule.name, severity, said, rule.place(message), fix, official, message.related))
    return found


def _lost(reading: Normal, rate: Callable[[Message], Severity | None]) -> list[Diagnostic]:
    # Imported late: few configs misspell keys.
    from travistool.lint.lost import lost_keys  # noqa: PLC0415

    return [
        Diagnostic("overwrite", severity, said, message.span, related=message.related)
        for message, said in lost_keys(reading.messages)
        if (severity := rate(message)) is not None
    ]


def _shown(message: Message, mask: Mask) -> dict[str, Any]:
    """Return the arguments of a message without secrets. A key such as `TOKEN=...` is one as well."""
    args = {name: mask.value(value) if name in _OPEN else value for name, value in message.args.items()}
    key = args.get("key")
    if isinstance(key, str) and message.code == "unknown_key":
        args["value"] = mask.named(key, args["value"])
        args["key"] = mask.text(key) if "=" in key else key
    return args


def _has_effect(message: Message) -> bool:
    # Imported late: few configs mix languages.
    from travistool.lint.support import has_effect  # noqa: PLC0415

    return has_effect(message)
