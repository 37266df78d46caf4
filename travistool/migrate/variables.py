"""The variables of a job: those of `env`, secrets among them, and those that Travis sets for the language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from travistool.catalog.check import ALWAYS, settle
from travistool.catalog.settings import as_text
from travistool.migrate.model import Secret, Variable
from travistool.plan.model import Job, Origin
from travistool.plan.phases import language_of
from travistool.source import Span

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_PLAIN = re.compile(r"[^\s\"'`$\\;&|<>(){}*?\[\]#~!]*\Z")
_DOUBLE = re.compile(r'"((?:[^"$`\\])*)"\Z')
_SINGLE = re.compile(r"'([^']*)'\Z")
_READ_WHOLE = re.compile(r"\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))")
_TILDE = re.compile(r"(?:^|:)~")


class Secrets:
    """The secrets of all jobs: a name for each encrypted value, the same one wherever it stands again."""

    def __init__(self) -> None:
        self.found: dict[str, Secret] = {}
        self._texts: dict[str, str] = {}
        self._of_options: dict[tuple[str, str], list[str]] = {}

    def named(self, name: str, used_for: str, place: Span | None) -> str:
        """Return the name of a secret that is known by its purpose."""
        self.found.setdefault(name, Secret(name, used_for, place))
        return name

    def setting(self, name: str, place: Span | None, used_for: str = "the commands") -> str:
        """Return the name of a secret that is a setting of the website."""
        self.found.setdefault(name, Secret(name, used_for, place, "setting"))
        return name

    def of_file(self, name: str, place: Span | None, files: str) -> str:
        """Return the name of a secret that decrypts a file. `files` are the plain one and the encrypted one, if known."""
        self.found.setdefault(name, Secret(name, files, place, "file"))
        return name

    def line(self, text: str, place: Span | None) -> str:
        """Return the name for an encrypted line whose variable nobody knows: `SECURE_1`, `SECURE_2` ..."""
        if text not in self._texts:
            name = self._texts[text] = f"SECURE_{len(self._texts) + 1}"
            used = "a variable that is encrypted together with its name"
            self.found[name] = Secret(name, used, place, "line")
        return self._texts[text]

    def number(self, provider: str, key: str, text: str) -> int:
        """Return which one of the encrypted texts of a provider's option this is, from 1: each is a secret of its own."""
        known = self._of_options.setdefault((provider, key), [])
        if text not in known:
            known.append(text)
        return known.index(text) + 1

    def all(self) -> tuple[Secret, ...]:
        """Return all secrets, in the order of their first use."""
        return tuple(self.found.values())


def variables(job: Job, secrets: Secrets) -> tuple[Variable, ...]:
    """Return the variables of a job's `env`, in order; a name that is set again counts where it stands last."""
    every = [
        variable._replace(is_global=origin.kind in ("root", "import"))
        for name, value, origin in job.variables()
        for variable in _variable(name, value, origin, secrets)
    ]
    found: dict[str, Variable] = {}
    for variable in _in_turn(every):
        found.pop(variable.name, None)
        found[variable.name] = variable
    return tuple(found.values())


def _in_turn(every: list[Variable]) -> Iterator[Variable]:
    """Yield variables with what they read of others that are set again later filled in: only the last of these is left."""
    last = {variable.name: number for number, variable in enumerate(every)}
    gone: dict[str, str] = {}
    for number, variable in enumerate(every):
        made = _filled(variable, gone) if variable.kind == "shell" else variable
        gone.pop(made.name, None)
        if made.kind == "plain" and last[made.name] != number:
            gone[made.name] = made.value
        yield made


def _filled(variable: Variable, known: Mapping[str, str]) -> Variable:
    """Return a variable with the values of others in it, where that is no more than putting texts together."""
    text = variable.value
    inner = text[1:-1] if re.fullmatch(r'"[^"]*"', text) else text
    if re.search(r"[\"'`\\]|\$\(", inner) or any(re.search(r'["`$\\]', value) for value in known.values()):
        return variable
    made = _READ_WHOLE.sub(lambda found: known.get(found[1] or found[2], found[0]), inner)
    if made == inner:
        return variable
    text = f'"{made}"'
    plain = literal(text)
    return variable._replace(value=text) if plain is None else variable._replace(value=plain, kind="plain")


def _variable(name: str, value: Any, origin: Origin, secrets: Secrets) -> Iterator[Variable]:
    if not name:
        if isinstance(value, dict) and "secure" in value:
            line = secrets.line(as_text_of(value["secure"]), origin.span)
            yield Variable(line, line, "line")
        return
    if not NAME.match(name):
        return
    if isinstance(value, dict):
        if "secure" in value:
            yield Variable(name, secrets.named(name, f"the variable {name}", origin.span), "secret")
        return
    text = as_text(value)
    plain = literal(text)
    yield Variable(name, text, "shell") if plain is None else Variable(name, plain)


def as_text_of(value: object) -> str:
    """Return any value as text, for telling secrets apart."""
    return value if isinstance(value, str) else repr(value)


def literal(text: str) -> str | None:
    """Return what the shell makes of the text behind `NAME=`; None where it depends on the machine, or is not known."""
    if _PLAIN.match(text):
        return text
    for form in (_DOUBLE, _SINGLE):
        found = form.match(text)
        if found and not _TILDE.search(text.strip("\"'")):
            return found[1]
    return None


def language_variables(job: Job, repo: str = "") -> tuple[Variable, ...]:
    """Return what Travis exports for the language, such as TRAVIS_PYTHON_VERSION, where the config alone decides it."""
    language = language_of(job)
    settings = language.settings(job.config, repo)
    found: dict[str, Variable] = {}
    for export in language.exports:
        if export.at in ("setup", "announce") or settle(export.check, settings) != ALWAYS or export.name in found:
            continue
        text = settings.fill(export.value)
        plain = literal(text)
        found[export.name] = Variable(export.name, text, "shell") if plain is None else Variable(export.name, plain)
    return tuple(found.values())


def used_names(text: str) -> frozenset[str]:
    """Return the names of all variables that a shell text reads: `$X`, `${X...}`."""
    return frozenset(found[1] or found[2] for found in _READ.finditer(text))


_READ = re.compile(r"\$(?:\{[!#]?([A-Za-z_]\w*)|([A-Za-z_]\w*))")


def mapping(found: tuple[Variable, ...]) -> Mapping[str, Variable]:
    """Return variables by their names."""
    return {variable.name: variable for variable in found}
