"""Runs the rules beyond the official parser: those that are on and whose words stand in the text are loaded at all."""

from __future__ import annotations

from travistool.diagnostics import Diagnostic, Severity
from travistool.lint.index import ROWS
from travistool.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from travistool.diagnostics import Fix
    from travistool.grammar.secrets import Mask
    from travistool.lint.rule import Rule
    from travistool.lint.selection import Choice
    from travistool.lint.subject import File
    from travistool.lint.tools import Run
    from travistool.pipeline import Reading

    Look = tuple[tuple[str, ...], "tuple[tuple[str, Look], ...]"]
    """Words of which a text must have one, and words that each need others besides. Apart, as most runs are spent here."""
    Row = tuple[str, str, int, tuple[str, ...], Look, tuple[str, ...]]
    """Name, group, severity, profiles, and the words by which a rule may apply or cannot."""

# As in `tools`, which most runs do without.
_SHELL = "shell"
_SEVERITIES = {int(severity): severity for severity in Severity}


def extra(
    reading: Reading,
    profile: str,
    choice: Choice | None = None,
    as_of: str = "",
    rows: tuple[Row, ...] = ROWS,
    run: Run | None = None,
) -> list[Diagnostic]:
    """Return the findings of the rules that are on; `as_of` is the day (`2026-01-31`) for rules with dates, "" is today.

    `run` runs programs for the shell layer, which is off without it.
    """
    found: list[Diagnostic] = []
    text = _searched(reading.source.text)
    file: File | None = None
    for name, group, number, profiles, words, unless in rows:
        if (profile not in profiles and choice is None) or (run is None and _SHELL in profiles):
            continue
        if not holds(text, words) or (unless and holds(text, (unless, ()))):
            continue
        severity = _SEVERITIES[number] if choice is None else rated(name, number, profiles, profile, choice)
        if severity is None:
            continue
        if file is None:
            # Imported late: most files that are fine trigger no rule.
            from travistool.lint.rules import load  # noqa: PLC0415
            from travistool.lint.subject import File as Subject  # noqa: PLC0415

            file = Subject(reading, as_of, run)
        found += _found(load, name, group, severity, file)
    return _masked(found, reading) if found else found


def _searched(text: str) -> str:
    """Return what is searched for the words of rules: not the encrypted values, a fifth of all that configs hold."""
    if "secure" not in text:
        return text
    # Imported late: most files encrypt nothing.
    from re import sub  # noqa: PLC0415

    return sub(r"(secure[\"']?\s*:\s+[\"']?)[A-Za-z0-9+/=]{60,}", r"\1", text)


def rated(name: str, number: int, profiles: tuple[str, ...], profile: str, choice: Choice | None) -> Severity | None:
    """Return how loud a rule is, None where it is off."""
    own = _SEVERITIES[number]
    usual = own if profile in profiles else None
    return usual if choice is None else choice.rate(name, usual, own)


def off(profile: str, choice: Choice | None, run: Run | None = None) -> frozenset[str]:
    """Return the names of the rules that are off: what they would find is not known."""
    return frozenset(
        [
            row[0]
            for row in ROWS
            if rated(row[0], row[2], row[3], profile, choice) is None or (run is None and _SHELL in row[3])
        ]
    )


def holds(text: str, look: Look) -> bool:
    """Tell whether a text has one of some words. Written out: it runs for each rule and file."""
    words, pairs = look
    for word in words:
        if word in text:
            return True
    for word, more in pairs:  # noqa: SIM110  as said
        if word in text and holds(text, more):
            return True
    return False


def _found(load: Callable[[str, str], Rule], name: str, group: str, severity: Severity, file: File) -> list[Diagnostic]:
    found: dict[object, Diagnostic] = {}
    try:
        for span, message, fix, related in load(group, name).check(file):
            one = Diagnostic(name, severity, message, span, fix, None, related)
            found.setdefault((span.start, span.end, message), one)
    except Exception as error:  # noqa: BLE001  # one rule's fault must not hide what the others find
        return [*found.values(), _crash(name, error, file)]
    return list(found.values())


def _crash(name: str, error: Exception, file: File) -> Diagnostic:
    message = f"the rule {name} crashed ({type(error).__name__}), please report this with the config"
    return Diagnostic("internal-error", Severity.ERROR, message, Span(file.source, 0, 0))


def _masked(found: list[Diagnostic], reading: Reading) -> list[Diagnostic]:
    """Return the findings without secrets in their words; a fix that would have to show one is not offered."""
    # Imported late: it compiles patterns.
    from travistool.grammar.secrets import Mask  # noqa: PLC0415

    secrets = reading.normal.secrets if reading.normal is not None else ()
    mask = Mask(str(element.value) for element in secrets)
    return [_shown(one, mask) for one in found]


def _shown(one: Diagnostic, mask: Mask) -> Diagnostic:
    message = mask.text(one.message)
    if message == one.message and one.fix is None and not one.related:
        return one
    return one._replace(
        message=message,
        fix=one.fix if _is_open(one.fix, mask) else None,
        related=tuple((span, mask.text(note)) for span, note in one.related),
    )


def _is_open(fix: Fix | None, mask: Mask) -> bool:
    return fix is None or all(mask.text(edit.text) == edit.text for edit in fix.edits)
