"""What a job's config says to its language, and templates that are filled with it.

`{key}` stands for the first value of a key, as the shell gets it; `{key|text}` for `text` where the key is not set. A
language may have names of its own beside the keys.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from travistool.record import Record

CACHED_BY_DEFAULT = ("npm",)
"""Caches that are on until `cache` says otherwise; of use to the languages that have them. travis-build data.rb."""


class Settings(Record):
    """A job's raw config over the defaults of its language. `repo` is `owner/name`, empty when it is not known."""

    config: Mapping[str, object]
    defaults: Mapping[str, str] = {}
    names: Mapping[str, Callable[[Settings], str]] = {}
    aliases: Mapping[str, str] = {}
    repo: str = ""

    def items(self, key: str) -> tuple[str, ...]:
        """Return all values of a key, as text; none for false, null and what is not there."""
        value = self.config.get(key)
        if value is None:
            value = self.defaults.get(key)
        listed = value if isinstance(value, list) else [value]
        return tuple([as_text(item) for item in listed if item is not None and item is not False])

    def first(self, key: str) -> str:
        """Return the first value of a key, a version in the language's own writing; `` when it is not set."""
        value = next(iter(self.items(key)), "")
        return self.aliases.get(value, value)

    def has(self, key: str) -> bool:
        """Tell whether the job or a default sets the key to anything but false."""
        return bool(self.items(key))

    def given(self, key: str) -> bool:
        """Tell whether the job itself sets the key to anything but false."""
        return self.config.get(key) not in (None, False)

    def part(self, key: str, name: str) -> object:
        """Return what stands under a name in a map, the first map of a list; None when nothing does."""
        value = self.config.get(key)
        listed = value if isinstance(value, list) else [value]
        return next((item[name] for item in listed if isinstance(item, dict) and name in item), None)

    def caches(self, name: str) -> bool:
        """Tell whether a cache shorthand is on."""
        cache = self.config.get("cache")
        if cache is False:
            return False
        for item in reversed(cache if isinstance(cache, list) else [cache]):
            if item == name:
                return True
            if isinstance(item, dict) and name in item:
                return bool(item[name])
        return name in CACHED_BY_DEFAULT

    def fill(self, template: str) -> str:
        """Return a template with its names replaced. Raises KeyError for a name that is neither ours nor lower case."""
        return re.sub(_NAME, self._value, template) if "{" in template else template

    def _value(self, found: re.Match[str]) -> str:
        name, otherwise = found.groups()
        if name in self.names:
            return self.names[name](self)
        return self.first(name) if otherwise is None or self.has(name) else otherwise


def names_of(template: str) -> frozenset[str]:
    """Return the names that a template asks for."""
    return frozenset(found[1] for found in re.finditer(_NAME, template))


def as_text(value: object) -> str:
    """Return a value as the shell gets it: `true` for true, a secret as a mark, a map as its keys."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "[secure]" if "secure" in value else " ".join(map(str, value))
    return "" if value is None else str(value)


def escaped(text: str) -> str:
    """Return a text as one word for the shell, escaped as Ruby's Shellwords does: with backslashes."""
    return re.sub(_UNSAFE, r"\\\g<0>", text).replace("\n", "'\n'") if text else "''"


def parts(version: str) -> tuple[int, int, int, int]:
    """Return the first four numbers of a version, for comparing."""
    numbers = [int(number) for number in re.findall(r"\d+", version)[:4]]
    first, second, third, fourth, *_ = [*numbers, 0, 0, 0, 0]
    return first, second, third, fourth


# Not after `$`: that is a variable of the shell.
_NAME = r"(?<!\$)\{([a-z][a-z0-9_.]*)(?:\|([^{}]*))?\}"
_UNSAFE = r"[^A-Za-z0-9_\-.,:+/@\n]"
