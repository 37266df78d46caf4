"""A language as a job meets it: what it sets up, exports, announces, and runs where the config says nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Literal

from travistool.catalog.check import ALWAYS, Check
from travistool.catalog.rule import Default
from travistool.catalog.settings import Settings
from travistool.record import Record

SOURCE = "travis-build lib/travis/build/script/{}.rb at 2812e526"
"""Where what a language does was read; file names are those of that folder."""


class Export(Record):
    """A variable that the language exports. `value` is a template of shell text.

    `at` is the moment: `before_env` is before all of the config's variables, which so win; `env` is after them; `setup`
    is after the repository is there, `announce` after the versions are printed. `echo`: whether the log shows it.
    """

    name: str
    value: str
    check: Check = ALWAYS
    echo: bool = False
    at: Literal["before_env", "env", "setup", "announce"] = "env"


class Stored(Record):
    """A folder that a cache keeps where the check holds. A path of the job's shell, relative to the repository."""

    path: str
    check: Check = ALWAYS


class Cache(Record):
    """A shorthand of `cache`, which only this language knows. `before_upload` is run before it is stored."""

    name: str
    folders: tuple[Stored, ...]
    exports: tuple[Export, ...] = ()
    before_upload: tuple[str, ...] = ()


class Images(Record):
    """Container images that have the language, from general knowledge of the public registries: suggestions.

    `image` is a template, `default` the image where no version is set; None: there is none. `versions` are the versions
    that have another image, or none; the letters N and M stand for numbers in both, and `*` for any rest of a version.
    The first one that fits counts. `variants` are for the build tool of that name, which the plain image lacks. `advice`
    is for people.
    """

    image: str | None
    default: str | None
    versions: Mapping[str, str | None] = MappingProxyType({})
    variants: Mapping[str, str] = MappingProxyType({})
    advice: str = ""


class Language(Record):
    """A language. Keys are those of its schema, but for `unlisted`: the compiler reads these, no schema has them.

    `versions` are the keys that say which version it is, the first one above all. `aliases` are versions that mean
    others. `defaults` are values for keys that a job does not set, `defaults_by_os` those of one system. `names` are
    further names for templates. `notes` are facts that change what a job does and have no other place.
    """

    name: str
    source: str
    images: Images
    versions: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    defaults: Mapping[str, str] = MappingProxyType({})
    defaults_by_os: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    aliases: Mapping[str, str] = MappingProxyType({})
    names: Mapping[str, Callable[[Settings], str]] = MappingProxyType({})
    exports: tuple[Export, ...] = ()
    setup: Default = ()
    announce: Default = ()
    install: Default = ()
    script: Default = ()
    before_cache: Default = ()
    caches: tuple[Cache, ...] = ()
    notes: tuple[str, ...] = ()

    def settings(self, config: Mapping[str, Any], repo: str = "") -> Settings:
        """Return what a job's raw config says to this language. `repo` is `owner/name`, if it is known."""
        system = self.defaults_by_os.get(str(config.get("os") or ""), {})
        defaults = {"os": "linux", **self.defaults, **system}
        return Settings(config=config, defaults=defaults, names=self.names, aliases=self.aliases, repo=repo)

    def default(self, phase: str) -> Default:
        """Return the default of a phase, unsettled; empty for a phase that has none."""
        match phase:
            case "install":
                return self.install
            case "script":
                return self.script
            case "before_cache":
                return self.before_cache
            case _:
                return ()


def image(language: Language, settings: Settings) -> str | None:
    """Return the suggested image for a job; None where there is none."""
    found = _image(language, settings)
    return None if found is None else settings.fill(found)


def _image(language: Language, settings: Settings) -> str | None:
    images = language.images
    key = next(iter(language.versions), "")
    if not settings.given(key):
        return images.default
    version = next(iter(settings.items(key)), "")
    if version in images.versions:
        return images.versions[version]
    for pattern, known in images.versions.items():
        numbers = _numbers(pattern, version)
        if numbers is not None:
            return None if known is None else _replaced(known, numbers)
    return images.image


def _numbers(pattern: str, version: str) -> Mapping[str, str] | None:
    if "N" not in pattern and "*" not in pattern:
        return None
    expression = re.escape(pattern).replace("N", r"(?P<N>\d+)").replace("M", r"(?P<M>\d+)").replace(r"\*", ".*")
    found = re.fullmatch(expression, version)
    return found.groupdict() if found else None


def _replaced(image: str, numbers: Mapping[str, str]) -> str:
    for letter, number in numbers.items():
        image = image.replace(letter, number)
    return image
