"""Keep secrets out of what people read: encrypted values, plain text where a secret belongs, well-known token forms."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from travistool.plan.model import BuildPlan
from travistool.schema.run import Message

MASK = "[secure]"
_TELLING = 6
"""Shorter secrets are not looked for inside other text: `a` is in every sentence."""

_SECRET_NAME = re.compile(
    r"(?:^|_)(?:TOKEN|SECRET|PASS|PASSWD|PASSWORD|PASSPHRASE|CREDENTIALS?|(?:API|ACCESS|PRIVATE|SECRET|DEPLOY|AUTH)_?KEY)"
    r"(?:_ID)?(?:_|$)",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{16,}|\bxox[abprs]-[\w-]{10,}|\bAKIA[0-9A-Z]{16}\b"
    r"|\bnpm_[A-Za-z0-9]{30,}|\bpypi-[\w-]{40,}|\bsk_live_\w{16,}|\bSG\.[\w-]{16,}\.[\w-]{16,}"
)
_LOGIN = re.compile(r"(?P<before>[a-z][a-z0-9+.-]*://[^\s/:@$]*:)[^\s/@$]+(?=@)")
# A variable in a command or condition: what it is set to, if its name says that this is a secret.
_SETTING = re.compile(r"\b(?P<name>[A-Za-z_][A-Za-z0-9_]*)=(?P<value>\"[^\"$]+\"|'[^']+'|[^\s\"'$;|&]+)")


class Mask:
    """Replaces secrets. `texts` are those that are known; shorter than six characters only where they stand alone."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self.texts = tuple(sorted({text for text in texts if text.strip() and text != MASK}, key=len, reverse=True))

    def text(self, text: str) -> str:
        """Return a text with every secret in it replaced."""
        for secret in self.texts:
            if text == secret:
                return MASK
            if len(secret) >= _TELLING and secret in text:
                text = text.replace(secret, MASK)
        if "_" in text or "-" in text or "AKIA" in text or "SG." in text:
            text = _TOKEN.sub(MASK, text)
        if "://" in text:
            text = _LOGIN.sub(rf"\g<before>{MASK}", text)
        return _SETTING.sub(_setting, text) if "=" in text else text

    def value(self, value: Any) -> Any:
        """Return data with every secret in it replaced; an encrypted value becomes a text."""
        match value:
            case str():
                return self.text(value)
            case {"secure": _} if len(value) == 1:
                return MASK
            case dict():
                return {key: self.named(str(key), item) for key, item in value.items()}
            case list():
                return [self.value(item) for item in value]
            case _:
                return value

    def named(self, name: str, value: Any) -> Any:
        """Return the value of a variable or key, replaced where the name says that it is a secret."""
        if isinstance(value, str) and (name == "secure" or is_secret(name, value)):
            return MASK
        return self.value(value)


NOTHING = Mask()


def is_secret(name: str, value: str) -> bool:
    """Tell whether a name says that its value is a secret; a value made of variables, or an empty one, is none."""
    return bool(value) and not value.startswith("$") and _SECRET_NAME.search(name) is not None


def mask_for(plan: BuildPlan, messages: Iterable[Message]) -> Mask:
    """Return what hides the secrets of a plan. `messages` are the normalizer's, which name plain text secrets."""
    told = [str(message.element.value) for message in messages if message.level == "alert"]
    settings = [value for name, value in plan.event.settings.items() if is_secret(name, value)]
    return Mask([*told, *settings, *_variables(plan.config), *(one for job in plan.jobs for one in _rows(job.config))])


def _variables(config: Mapping[str, Any]) -> Iterator[str]:
    env = config.get("env")
    for part in env.values() if isinstance(env, dict) else ():
        yield from _rows({"env": part})


def _rows(config: Mapping[str, Any]) -> Iterator[str]:
    env = config.get("env")
    for row in env if isinstance(env, list) else ():
        for name, value in row.items() if isinstance(row, dict) else ():
            if isinstance(value, str) and name != "secure" and is_secret(name, value):
                yield value.strip("\"'")


def _setting(found: re.Match[str]) -> str:
    return f"{found['name']}={MASK}" if is_secret(found["name"], found["value"]) else found[0]
