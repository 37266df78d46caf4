"""A key that Travis does not know at this place."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.places import home, place, providers, shape_of
from travistool.lint.rule import ServiceRule
from travistool.lint.wording import listing, quoted
from travistool.schema.run import Message
from travistool.schema.shape import MAP

_MEANT = {
    ("jobs", "fail_fast"): "fast_finish",
    ("", "lang"): "language",
    ("", "image"): "dist",
    ("", "test"): "script",
    ("", "build"): "script",
    ("", "after_install"): "before_script",
    ("jobs.include", "after_install"): "before_script",
    ("", "after_error"): "after_failure",
    ("addons", "sonarqube"): "sonarcloud",
    ("deploy.on", "branches"): "branch",
    ("deploy", "branches"): "on: branch",
    ("deploy", "only"): "on: branch",
}
"""What people mean by names that no typo explains, by the path of the map."""

_SERVICES = frozenset(("mysql", "postgres", "postgresql", "redis", "mongodb", "docker", "xvfb", "rabbitmq"))
_FEW = 3
_TELLING = 3
"""Shorter names are near to anything."""


def _say(message: Message) -> str:
    key = str(message.args["key"])
    start = f"unknown key {quoted(key)}"
    path = "" if message.key == "root" else message.key
    meant = _MEANT.get((path.replace("jobs.include.", ""), key)) or _MEANT.get((path, key))
    if meant:
        return f"{start}, did you mean '{meant}'?"
    return f"{start}{_wrong_form(path, key) or _hint(message, key)}"


def _wrong_form(path: str, key: str) -> str:
    """Say what went wrong where the key is no key at all."""
    if key == "true" and path in ("", "deploy", "jobs.include"):
        return ", which is how YAML reads 'on': indent it under 'deploy'"
    name, sign, _ = key.partition("=")
    if sign and name.isidentifier():
        return f", an environment variable belongs under 'env' as '{name}: value'"
    if path == "" and key in _SERVICES:
        return ", list it under 'services' to start it"
    return ""


def _hint(message: Message, key: str) -> str:
    from travistool.grammar.similar import LOOK_ALIKES, suggest  # noqa: PLC0415  only faulty keys need it

    element = message.element
    elsewhere = home(element, key)
    shape = shape_of(element)
    near = None
    if shape is not None and shape.kind == MAP and len(key) >= _TELLING and key not in LOOK_ALIKES:
        near = suggest((*shape.keys, *shape.aliased), key)
        near = shape.aliased.get(near, near) if near is not None else None
    if elsewhere is not None:
        return f" {place(element)}, it belongs {elsewhere}{f', or did you mean {near!r}?' if near else ''}"
    if near is not None:
        return f", did you mean '{near}'?"
    if element.selector == "provider":
        return f" {place(element)}, {_option(key)}"
    return f" {place(element)}, Travis ignores it"


def _option(key: str) -> str:
    others = providers(key)
    if 0 < len(others) <= _FEW:
        return f"it is an option of {listing(others)}"
    return "the provider has no such option"


RULE = ServiceRule(
    name="unknown-key",
    code="unknown_key",
    severity=Severity.WARNING,
    summary="a key is not known here",
    why="Travis ignores the key, so what it should do does not happen. Most often it is misspelled or wrongly indented. "
    "A key of your own, for anchors, starts with `_` or `.`.",
    say=_say,
    bad="language: python\njobs:\n  fail_fast: true # <- here\n",
    good="language: python\njobs:\n  fast_finish: true\n",
)
