"""An encrypted value that cannot be one. Travis will not be able to decrypt it."""

from __future__ import annotations

import re

from travistool.diagnostics import Severity
from travistool.lint.rule import ServiceRule
from travistool.schema.run import Message

_VARIABLE = re.compile(r"\$\{?(\w+)\}?", re.ASCII)
_FOREIGN = re.compile(r"[^A-Za-z0-9+/=]")
_SHORTEST = 30  # lines of encrypted text that was wrapped are longer
_ENCRYPT = "put the output of 'travis encrypt' here"


def _say(message: Message) -> str:
    text = str(message.element.children["secure"].value)
    variable = _VARIABLE.fullmatch(text.strip())
    if variable:
        return f"'secure' needs encrypted text, write the variable '${variable[1]}' without 'secure'"
    if "\\n" in text:
        return r"the encrypted text contains a literal '\n', remove it"
    if len(text.split()) > 1 and all(len(word) < _SHORTEST for word in text.split()):
        return f"this text is not encrypted, {_ENCRYPT}"
    joined = "".join(text.split())
    foreign = _FOREIGN.search(joined)
    if foreign:
        return f"'{foreign[0]}' cannot be part of encrypted text, {_ENCRYPT}"
    if "=" in joined.rstrip("="):
        return f"'=' is only allowed at the end of encrypted text, {_ENCRYPT}"
    if len(joined) % 4:
        return f"part of the encrypted text is missing, its {len(joined)} characters are not a multiple of 4"
    return f"the end of the encrypted text is damaged, {_ENCRYPT}"


RULE = ServiceRule(
    name="invalid-secure",
    code="invalid_secure",
    severity=Severity.WARNING,
    summary="an encrypted value is damaged, or was never encrypted",
    why="Travis cannot decrypt the value, so the job lacks the secret and a deployment or notification fails. Encrypt "
    "it again, or use a variable of the repository settings: plain `$NAME`.",
    say=_say,
    bad="notifications:\n  slack:\n    rooms:\n      secure: $SLACK_TOKEN # <- here\n",
    good="notifications:\n  slack:\n    rooms: $SLACK_TOKEN\n",
)
