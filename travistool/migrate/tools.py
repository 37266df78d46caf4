"""Programs that Travis's machines have and images of languages lack, for jobs that call them.

Most images stand on `buildpack-deps`, which has git, make, a compiler and unzip; some have less. What is older than Debian 11
finds its packages in Debian's archive only.

Sources, as of 2026-11-23: the system of an image is the folder that its plain tag had last in docker-library/official-images
library/* up to 37079fb; for Erlang, on which Elixir stands, it is erlang/docker-erlang-otp 23/Dockerfile at 0408538 and
24/Dockerfile at 02ca6ce. The packages are in the index of Debian 12 (apt-cache). Which programs images have is general
knowledge of their Dockerfiles, not looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from travistool.migrate.containers import has_image_of_dist
from travistool.migrate.machine import addons
from travistool.migrate.model import Row
from travistool.migrate.packages import named, named_in

_PACKAGES: Mapping[str, str] = {
    "ant": "ant",
    "ccache": "ccache",
    "clang": "clang",
    "clang++": "clang",
    "cmake": "cmake",
    "createdb": "postgresql-client",
    "doxygen": "doxygen",
    "gfortran": "gfortran",
    "jq": "jq",
    "lcov": "lcov",
    "mysql": "default-mysql-client",
    "mysqladmin": "default-mysql-client",
    "ninja": "ninja-build",
    "psql": "postgresql-client",
    "redis-cli": "redis-tools",
    "rsync": "rsync",
    "valgrind": "valgrind",
    "zip": "zip",
}
_OF_SMALL: Mapping[str, str] = {"git": "git", "make": "make", "unzip": "unzip", "wget": "wget"}
_SMALL = frozenset(("php", "java", "groovy", "julia", "r"))
"""Languages whose images do not stand on `buildpack-deps`."""

_OF_OTHERS: Mapping[str, tuple[str, frozenset[str]]] = {
    "pip": ("python3-pip", frozenset(("python",))),
    "pip3": ("python3-pip", frozenset(("python",))),
    "npm": ("npm", frozenset(("node_js", "elm"))),
    "node": ("nodejs", frozenset(("node_js", "elm"))),
    "gem": ("ruby-dev", frozenset(("ruby",))),
    "java": ("default-jre-headless", frozenset(("java", "groovy", "scala", "clojure", "android"))),
}
"""Programs of other languages, which Travis's machines all have: the package, and the languages whose images have them."""

_BRINGS = re.compile(r"\bnvm\b|conda|get-pip|nodesource|\bn (?:lts|stable|\d)")
"""What brings such programs in a way of its own."""

_PIP_OF_2 = ("precise", "trusty", "xenial", "bionic")
"""Where `pip` without a number is that of Python 2, and Python 3 has only `pip3`."""

_NO_DEBIAN = frozenset(("nix",))
_CALL = r"(?m)(?:^|[;&|(!]|\b(?:then|do|else|sudo|exec|time|travis_retry|travis_wait(?: \d+)?)\s)\s*({})(?=\s|$)"
_CALLS = re.compile(
    _CALL.format("|".join(map(re.escape, sorted((*_PACKAGES, *_OF_SMALL, *_OF_OTHERS, "composer"), key=len)[::-1])))
)
_COMPOSER = (
    "command -v composer > /dev/null || curl -fsSL https://getcomposer.org/installer | "
    "php -- --quiet --install-dir=/usr/local/bin --filename=composer || exit"
)
_CHROME = (
    "command -v {program} > /dev/null || {{ curl -fsSL https://dl.google.com/linux/direct/{program}_current_amd64.deb "
    "-o /tmp/chrome.deb && sudo apt-get update && sudo apt-get install -y --no-install-recommends /tmp/chrome.deb; }} || exit"
)
_ARCHIVED: Mapping[str, tuple[str, tuple[int, ...]]] = {
    "elixir": ("elixir", (1, 12)),
    "erlang": ("otp_release", (24,)),
    "go": ("go", (1, 15)),
    "node_js": ("node_js", (16,)),
    "perl": ("perl", (5, 28)),
    "php": ("php", (7, 2)),
    "python": ("python", (3, 5)),
    "ruby": ("rvm", (2, 5)),
    "rust": ("rust", (1, 54)),
}
"""The newest version whose image stands on Debian 10 or older, under the key that says it."""

_ARCHIVE = (
    "if grep -qsE 'stretch|buster' /etc/os-release; then",
    "  sed -i 's,//\\(deb\\|security\\)\\.,//archive.,; /-updates/d' /etc/apt/sources.list",
    "  echo 'Acquire::Check-Valid-Until \"false\";' > /etc/apt/apt.conf.d/99archive",
    "fi",
)


def tools(row: Row) -> tuple[str, ...]:
    """Return the lines that install what a job calls and its image lacks; none for what it installs itself."""
    if row.os != "linux":
        return ()
    called = _called(row)
    packages = list(dict.fromkeys(_needed(row, called)))
    lines = []
    if packages:
        known = {**_PACKAGES, **_OF_SMALL}
        first = next(name for name in known if known[name] == packages[0] and (name in called or name not in _PACKAGES))
        install = f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(packages)}"
        lines.append(f"command -v {first} > /dev/null || {{ {install}; }} || exit")
    lines += _of_others(row, called)
    if "composer" in called and row.language.name == "php":
        lines.append(_COMPOSER)
    chrome = addons(row.job).get("chrome")
    if chrome not in (None, False):
        channel = "beta" if chrome == "beta" else "stable"
        lines.append(_CHROME.format(program=f"google-chrome-{channel}"))
    return tuple(lines)


def _of_others(row: Row, called: frozenset[str]) -> Iterator[str]:
    """Yield a line for each program of another language that commands call and do not bring themselves."""
    if row.language.name in _NO_DEBIAN or _BRINGS.search(row.texts):
        return
    installed = _installed(row)
    for name, (package, languages) in _OF_OTHERS.items():
        if name in called and row.language.name not in languages and not {name, package} & installed:
            if name == "pip" and row.dist in _PIP_OF_2 and has_image_of_dist(row):
                package = "python-pip"  # noqa: PLW2901  # the same program under an older name
            install = f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {package}"
            yield f"command -v {name} > /dev/null || {{ {install}; }} || exit"
            if package == "python3-pip":
                # Newer systems let pip install nothing beside their own packages otherwise.
                yield "export PIP_BREAK_SYSTEM_PACKAGES=1"


def _installed(row: Row) -> set[str]:
    given = addons(row.job)
    return {*named(given.get("apt"), given.get("apt_packages")), *named_in(row.texts)}


def _called(row: Row) -> frozenset[str]:
    own = [command for block in row.blocks.values() if not block.is_default for command in block.commands]
    found = {name for command in own for name in _CALLS.findall(command)}
    return frozenset(found | ({"clang"} if row.version("compiler").startswith("clang") else set()))


def _needed(row: Row, called: frozenset[str]) -> Iterator[str]:
    known = dict(_PACKAGES)
    if row.language.name in _SMALL:
        known |= _OF_SMALL
        if row.language.name == "php" and "composer" in called:
            # It fetches and unpacks by these.
            called = called | {"git", "unzip"}
    installed = _installed(row)
    for name, package in known.items():
        if name in called and not {name, package} & installed:
            yield package


def with_archive(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return rows that know whether they look into Debian's archive: all of a language where one has an old image."""
    old = {row.language.name for row in rows if _is_old(row)}
    return tuple([row._replace(archived=True) if row.language.name in old else row for row in rows])


def archive(row: Row, texts: str) -> tuple[str, ...]:
    """Return the lines that let an old image find its packages, for a job that installs any by `texts`."""
    return _ARCHIVE if row.archived and re.search(r"\bapt(-get)?\s", texts) else ()


def _is_old(row: Row) -> bool:
    key, newest = _ARCHIVED.get(row.language.name, ("", ()))
    numbers = tuple(int(part) for part in re.findall(r"\d+", row.version(key))[: len(newest)])
    return row.os == "linux" and bool(numbers) and numbers <= newest
