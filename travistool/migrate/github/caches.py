"""The cache of a job on GitHub: what it keeps, and the key that jobs share which share a cache on Travis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from travistool.migrate.github.facts import action
from travistool.migrate.github.slots import slot, values
from travistool.migrate.machine import place_of
from travistool.migrate.model import Row
from travistool.migrate.tasks import Tasks

Step = dict[Any, Any]

_HOME = re.compile(r"\$HOME\b|\$\{HOME\}")
_BUILD = re.compile(r"(?:\$TRAVIS_BUILD_DIR|\$\{TRAVIS_BUILD_DIR\}|\$PWD|\$\(pwd\))/?")
_ENV = re.compile(r"\$\{?([A-Za-z_]\w*)\}?")
_KNOWN_PATHS = {
    "$(dirname $(yarn cache dir))": "~/.cache/yarn",
    "$R_LIBS_USER": "~/R/Library",
    "${BUNDLE_PATH:-vendor/bundle}": "vendor/bundle",
}
_SLOTS = {
    "os": "os",
    "dist": "os",
    "arch": "os",
    "osx_image": "os",
    "version node_js": "node",
    "version rvm": "ruby",
    "version jdk": "java",
    "version otp_release": "otp",
    "version compiler": "CC",
}
_PLAIN = re.compile(r"[^,$`\\{}\n]{0,100}\Z")
_PLACE = "cache key"
"""Stands for the key until all that differs from row to row is known."""


def cache(row: Row, tasks: Tasks) -> Iterator[Step]:
    """Yield the step, without its key."""
    paths = []
    for folder in row.caches:
        text = _KNOWN_PATHS.get(folder, folder)
        text = _BUILD.sub("", _HOME.sub("~", text)).replace("/home/travis/", "~/") or "."
        if "$(" in text or "`" in text or ":-" in text:
            reason = f"the folder '{folder}' of the cache is worked out by a command"
            tasks.add("cache", reason, "name the folder in the step of the cache", place_of(row.job, "cache"))
            continue
        paths.append(_ENV.sub(lambda found: f"${{{{ env.{found[1]} }}}}", text))
    if paths:
        told = "\n".join(paths) + ("\n" if len(paths) > 1 else "")
        yield {"uses": action("actions/cache"), "with": {"path": told, "key": _PLACE}}


def with_key(steps: list[Step], row: Row, data: dict[Any, Any]) -> list[Step]:
    """Return the steps with the key in place. `data` is the rest of the job, whose slots the key names."""
    return [_keyed(step, row, data) if step.get("with", {}).get("key") == _PLACE else step for step in steps]


def _keyed(step: Step, row: Row, data: dict[Any, Any]) -> Step:
    prefix = _prefix(row, values(data))
    # Keys never change what they hold, so that each run has its own, and takes the last one that begins in the same way.
    keys = {"key": f"{prefix}-run-${{{{ github.run_id }}}}", "restore-keys": f"{prefix}-run-"}
    return {**step, "with": {**step["with"], **keys}}


def _prefix(row: Row, known: dict[str, str]) -> str:
    found: dict[str, str] = {}
    for name, value in row.slot:
        key = _SLOTS.get(name) or name.removeprefix("version ").removeprefix("env ")
        text = known.get(key, value)
        if not _PLAIN.match(text) or (key not in known and value):
            return "${{ runner.os }}-${{ github.job }}-${{ strategy.job-index }}"
        found[key] = slot(key, text) if key in known else text
    system = found.pop("os", "${{ runner.os }}")
    return "-".join((system, *found.values()))
