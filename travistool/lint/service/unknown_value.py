"""A value outside the fixed set that its key allows."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.places import shape_of, written_key
from travistool.lint.rule import ServiceRule
from travistool.lint.wording import listing, quoted
from travistool.schema.elements import Element
from travistool.schema.run import Message

_MEANT = {
    ("services", "pgsql"): "postgresql",
    ("services", "docker-compose"): "docker",
    ("language", "none"): "generic",
    ("language", "emacs-lisp"): "generic",
    ("dist", "latest"): "jammy",
}
"""What people mean by values that no typo explains."""

_NEEDLESS = {("services", "sqlite3"): "SQLite needs no service", ("services", "alsa"): "install it as a package"}
_GONE = ("atlas", "bitballoon", "catalyze", "cloudcontrol", "deis")
_FEW = 8


def _say(message: Message) -> str:
    from travistool.grammar.similar import suggest  # noqa: PLC0415  only faulty values need it

    value, element = message.args["value"], message.element
    key = "provider" if element.key == "provider" else written_key(element)
    start = f"unknown value {quoted(value)} for {quoted(key)}"
    known = _known(element)
    reason = _NEEDLESS.get((element.key, str(value)))
    if reason:
        return f"{start}, {reason}"
    if element.key == "provider" and value in _GONE:
        return f"{start}, Travis no longer supports this provider"
    meant = _MEANT.get((element.key, str(value))) or suggest(known, str(value))
    if meant:
        return f"{start}, did you mean '{meant}'?"
    return f"{start}, use {listing(known)}" if 0 < len(known) <= _FEW else f"{start}, Travis does not support it"


def _known(element: Element) -> list[str]:
    """Return the values to name in a hint; for a provider those of all forms of a deployment."""
    parent = element.parent
    if element.key == "provider" and parent is not None and parent.key == "deploy":
        return _providers()
    shape = shape_of(element)
    allowed = shape.allowed if shape is not None else ()
    return [str(one.value).lower() for one in allowed if one.deprecated is None and not one.internal]


def _providers() -> list[str]:
    from travistool.schema.store import load  # noqa: PLC0415

    deploy = load().root.key("deploy")
    forms = deploy.item.forms if deploy is not None else ()
    keys = [form.key("provider") for form in forms]
    return [str(value) for key in keys if key is not None for value in key.values]


RULE = ServiceRule(
    name="unknown-value",
    code="unknown_value",
    severity=Severity.ERROR,
    summary="a value is not one of those that its key allows",
    why="Travis cannot use the value: the job does not start, or runs with something else than you asked for.",
    say=_say,
    bad="os: centos # <- here\nlanguage: python\n",
    good="os: linux\nlanguage: python\n",
)
