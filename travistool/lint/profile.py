"""Which findings are shown, and how loud, per profile."""

from collections.abc import Callable

from travistool.diagnostics import Severity
from travistool.schema.run import Message

_LEVELS = {"alert": Severity.ERROR, "error": Severity.ERROR, "warn": Severity.WARNING, "info": Severity.INFO}

# Findings of the reader that stop the official parser too.
_STOPS_TRAVIS = frozenset(("yaml-syntax", "root-not-a-map", "date-value"))


def _service(message: Message) -> Severity | None:
    return _LEVELS[message.level]


def _default(message: Message) -> Severity | None:
    if message.code == "default":
        return None
    if message.code == "deprecated_key" and message.level == "warn":
        # Keys that merely do nothing must not fail a hook: `sudo` alone is in six of ten files.
        return Severity.INFO
    return _LEVELS[message.level]


Profile = Callable[[Message], Severity | None]

PROFILES: dict[str, Profile] = {
    "default": _default,
    "service": _service,
}
"""By name: the severity of an official message, None when it is left out."""


def shows_reader_rule(profile: str, rule: str) -> bool:
    """Tell whether a finding of the reader belongs in a profile; `service` has only what Travis would stop at."""
    return profile != "service" or rule in _STOPS_TRAVIS
