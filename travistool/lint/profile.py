"""Which findings are shown, and how loud, per profile."""

from __future__ import annotations

from collections.abc import Callable

from travistool.diagnostics import Severity
from travistool.schema.run import Message, Options

OPTIONS = Options(support=True)
"""What a config is normalized with to be linted: as in production, and with what that leaves out."""

LEVELS = {"alert": Severity.ERROR, "error": Severity.ERROR, "warn": Severity.WARNING, "info": Severity.INFO}

# Findings of the reader at which the official parser stops too, or would misread the file.
_STOPS_TRAVIS = frozenset(
    (
        "binary-file",
        "control-character",
        "cyclic-alias",
        "date-value",
        "key-not-text",
        "root-not-a-map",
        "unreadable-file",
        "unsupported-tag",
        "yaml-syntax",
    )
)


_ONLY_VITAL = ("service", "security", "modernize")


def _service(message: Message) -> Severity | None:
    # The service leaves this check of its parser out.
    return None if message.code == "unsupported" else LEVELS[message.level]


def _default(message: Message) -> Severity | None:
    if message.code == "default":
        return None
    if message.code == "deprecated_key" and message.level == "warn":
        # Keys that merely do nothing must not fail a hook: `sudo` alone is in six of ten files.
        return Severity.INFO
    if message.code == "unsupported":
        return Severity.INFO
    return LEVELS[message.level]


def _strict(message: Message) -> Severity | None:
    return None if message.code == "default" else LEVELS[message.level]


def _security(message: Message) -> Severity | None:
    return LEVELS[message.level] if message.code in ("secure", "invalid_secure") else None


def _modernize(message: Message) -> Severity | None:
    is_about_age = message.code.startswith(("deprecated_", "alias_"))
    return LEVELS[message.level] if is_about_age else None


Profile = Callable[[Message], Severity | None]

PROFILES: dict[str, Profile] = {
    "default": _default,
    "strict": _strict,
    "security": _security,
    "modernize": _modernize,
    "pedantic": _service,
    "service": _service,
}
"""By name: the severity of an official message, None when it is left out."""


def reader_severity(profile: str, rule: str, severity: Severity) -> Severity | None:
    """Return how loud a finding of the reader is in a profile; some have only what stops Travis, as errors."""
    if profile not in _ONLY_VITAL:
        return severity
    return Severity.ERROR if rule in _STOPS_TRAVIS or severity == Severity.ERROR else None
