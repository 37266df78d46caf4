"""Packages of Ubuntu that a job installs, by its addon `apt` or by commands: sources, and what is gone by now.

Sources, as of 2026-11-23:

- what Travis's own names of package sources stand for: travis-ci/apt-source-safelist ubuntu.json at 55d4a1b (2020-06-15);
- which packages are gone, and what is nearest today: all names that recorded configs install, asked of the index of Debian
  12 (apt-cache), from which Ubuntu takes most of its packages; those that Ubuntu 22.04 still has by itself are not told;
- which versions of GCC and LLVM Ubuntu has: actions/runner-images images/ubuntu/Ubuntu2404-Readme.md at 0116af0;
- which sources serve Ubuntu 22.04 and 24.04: general knowledge, not looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from travistool.catalog.settings import as_text
from travistool.migrate.shell import quoted
from travistool.migrate.tasks import Tasks
from travistool.source import Span

_CODENAME = '$(. /etc/os-release && echo "$VERSION_CODENAME")'
_SOURCES: Mapping[str, str] = {
    "avsm": "ppa:avsm/ppa",
    "deadsnakes": "ppa:deadsnakes/ppa",
    "fkrull-deadsnakes": "ppa:deadsnakes/ppa",
    "git-core": "ppa:git-core/ppa",
    "kubuntu-backports": "ppa:kubuntu-ppa/backports",
    "ubuntu-toolchain-r-test": "ppa:ubuntu-toolchain-r/test",
}
"""Those that serve Ubuntu 22.04 and 24.04."""

_CHROME = (
    "curl -fsSL https://dl.google.com/linux/linux_signing_key.pub | sudo tee /etc/apt/trusted.gpg.d/google.asc > /dev/null",
    "echo 'deb [arch=amd64] https://dl.google.com/linux/chrome/deb/ stable main' | sudo tee /etc/apt/sources.list.d/google-chrome.list > /dev/null",
)
_OLDEST_LLVM = 15
"""What apt.llvm.org has for both."""

_NAMES_SYSTEM = re.compile(r"\b(precise|trusty|xenial|bionic|focal|wily|yakkety|zesty|artful|cosmic|disco)\b")
_INSTALL = re.compile(r"\bapt(?:-get|itude)?\s+(?:-{1,2}\S+\s+)*install\s+([^|;&\n()<>\"'`$]+)")
_GONE: tuple[tuple[str, str], ...] = (
    (r"(g\+\+|gcc|gfortran|gobjc)-(?:[34]\.\d+|[5-8])(-multilib)?", r"\1\2"),
    (r"libstdc\+\+(?:-(?:4\.\d+|[5-8])|6-4\.\d)-dev", "g++"),
    (r"libgcc1", "libgcc-s1"),
    (r"llvm-(?:[34]\.\d+|[5-9](?:\.0)?|10)-tools", "llvm"),
    (r"(clang|clang-format|clang-tidy|clang-tools|llvm|lldb|lld)-(?:[34]\.\d+|[5-9](?:\.0)?|10)(-dev)?", r"\1\2"),
    (r"(libclang|libc\+\+|libc\+\+abi)-(?:[34]\.\d+|[5-9](?:\.0)?|10)-dev", r"\1-dev"),
    (r"python-(?:imaging|pil)", "python3-pil"),
    (r"python-gobject(?:-2)?", "python3-gi"),
    (r"python-wx(?:gtk\d\.\d|version)|python-wxgtk", "python3-wxgtk4.0"),
    (r"python-(?:qt4.*|gtk2.*|qscintilla2)|pyqt4-dev-tools", ""),
    (r"libpython-dev", "libpython3-dev"),
    (r"cython", "cython3"),
    (r"python-(?!is-|dev-is-|all-dev-is-|gi-dev)(?!.*-(?:doc|common|data)$)(.+)", r"python3-\1"),
    (r"python", "python3"),
    (r"python3\.[2-9](-dev|-venv|-minimal)?", r"python3\1"),
    (r"oracle-java\d+-(?:installer|set-default|unlimited-jce-policy)", ""),
    (r"openjdk-(?:6|7|9|10|12|13|14|15|16)-(jdk|jre|jre-headless|jdk-headless)", r"openjdk-21-\1"),
    (r"mysql-(server|client)(?:-core)?-5\.\d", r"mysql-\1"),
    (r"postgresql-(?:9\.\d|1[0-3])(-postgis.*)?", r"postgresql"),
    (r"postgresql-server-dev-(?:9\.\d|1[0-3])", "postgresql-server-dev-all"),
    (r"postgresql-plpython3?-(?:9\.\d|1[0-3])", ""),
    (r"postgresql-(client|contrib)-(?:9\.\d|1[0-3])", r"postgresql-\1"),
    (r"php(?:5|7\.\d)-mysql(?:nd)?", "php-mysql"),
    (r"php(?:5|7\.\d)(-.+)?", r"php\1"),
    (r"ruby(?:1\.9\.\d|2\.[0-7])(-dev)?", r"ruby\1"),
    (r"libboost-all1\..*-dev", "libboost-all-dev"),
    (r"(libboost-?[a-z-]*?)-?1\.(?:[3-6]\d|7[0-3])(?:\.\d)?(?:-dev|-all-dev)?", r"\1-dev"),
    (r"qt5-default", "qtbase5-dev"),
    (r"(qt4-.*|libqt4-.*|libqtwebkit-dev|libwebkit(?:gtk)?-dev)", ""),
    (r"(?:libwxgtk2\.8|libwxgtk3\.0)-dev", "libwxgtk3.2-dev"),
    (r"libpng12-(?:dev|0)", "libpng-dev"),
    (r"libssl1\.[01](?:\.\d)?(?:-dev)?|libssl0\.9\.8", "libssl-dev"),
    (r"libgdal1-dev|libgdal20", "libgdal-dev"),
    (r"libenchant-dev", "libenchant-2-dev"),
    (r"enchant", "enchant-2"),
    (r"libgd2-xpm-dev", "libgd-dev"),
    (r"libtiff4-dev", "libtiff-dev"),
    (r"libgnutls-dev", "libgnutls28-dev"),
    (r"libmariadbclient-dev", "libmariadb-dev"),
    (r"libcfitsio3-dev", "libcfitsio-dev"),
    (r"libgdcm2-dev", "libgdcm-dev"),
    (r"libmpfr4", "libmpfr6"),
    (r"libcurl3", "libcurl4"),
    (r"libreadline6", "libreadline8"),
    (r"lib32ncurses5-dev", "lib32ncurses-dev"),
    (r"lib32ncurses5", "lib32ncurses6"),
    (r"mpich2", "mpich"),
    (r"cmake3", "cmake"),
    (r"squid3", "squid"),
    (r"btrfs-tools", "btrfs-progs"),
    (r"dh-systemd", "debhelper"),
    (r"texlive-generic-(?:recommended|extra)", "texlive-plain-generic"),
    (r"texlive-math-extra", "texlive-science"),
    (r"libjasper-dev", ""),
    (r"libdc1394-22-dev", "libdc1394-dev"),
    (r"libgnome-keyring-dev", "libsecret-1-dev"),
    (r"libgsl0-dev", "libgsl-dev"),
    (r"libatlas-dev", "libatlas-base-dev"),
    (r"libav-tools", "ffmpeg"),
    (r"bsdtar", "libarchive-tools"),
    (r"realpath", "coreutils"),
    (r"nodejs-legacy", "nodejs"),
    (r"tcl8\.[45](-dev)?", r"tcl8.6\1"),
    (r"mongodb(?:-org)?(?:-server|-shell|-tools|-mongos)?", ""),
    (r"chromium-codecs-ffmpeg-extra|pepperflashplugin-nonfree|libicu(?:4\d|5\d|6\d)|libcr-dev|libisl1\d|ia32-libs", ""),
)
"""Names of packages that are gone, each with the one that is nearest today; `` where there is none."""

_GONE_NAMES = tuple((re.compile(pattern), now) for pattern, now in _GONE)


def installed(apt: Any, plain: Any, tasks: Tasks, place: Span | None) -> Iterator[str]:
    """Yield the commands for `addons.apt` and for `addons.apt_packages`, which is `plain`."""
    lines, names = list(_sources(apt, tasks, place)), named(apt, plain)
    yield from lines
    if names or lines or (isinstance(apt, dict) and apt.get("update") is True):
        yield "sudo apt-get update"
    if names:
        yield f"sudo apt-get install -y --no-install-recommends {' '.join(map(quoted, names))}"


def named(apt: Any, plain: Any) -> list[str]:
    """Return the packages that the addons name."""
    found = apt.get("packages") if isinstance(apt, dict) else None if apt in (None, False, True) else apt
    return list(dict.fromkeys(word for one in (*_listed(found), *_listed(plain)) for word in as_text(one).split()))


def _sources(apt: Any, tasks: Tasks, place: Span | None) -> Iterator[str]:
    for source in _listed(apt.get("sources")) if isinstance(apt, dict) else ():
        yield from _source(source, tasks, place)


def named_in(texts: str) -> list[str]:
    """Return the packages that commands install by name."""
    if "install" not in texts or "apt" not in texts:
        return []
    found = [word for match in _INSTALL.finditer(texts) for word in match[1].split()]
    return [word for word in dict.fromkeys(found) if not word.startswith("-")]


def note_gone(names: list[str], tasks: Tasks, place: Span | None, *, has_python2: bool = False) -> None:
    """Add a task about packages that newer systems do not have. `has_python2`: the job's image is that of Python 2."""
    wanted = [name for name in names if not (has_python2 and name.startswith("python"))]
    gone = {name: now for name in wanted for now in [_nearest(name)] if now is not None}
    if not gone:
        return
    told = ", ".join(f"'{name}'" for name in gone)
    now = list(dict.fromkeys(name for name in gone.values() if name))
    one = len(gone) == 1
    reason = f"the package{'' if one else 's'} {told} {'is' if one else 'are'} not in Ubuntu 22.04 and later, so that nothing is installed"
    way = f"take {' '.join(now)} there, and drop the rest" if len(now) < len(gone) else f"take {' '.join(now)} there"
    tasks.add(
        "package",
        reason,
        way if now else f"drop {'it' if one else 'them'}, or bring {'it' if one else 'them'} in another way",
        place,
    )


def _nearest(name: str) -> str | None:
    """Return what is there today in place of a package that is gone; None for one that may well be there."""
    name = name.partition("=")[0]
    bare, _, arch = name.partition(":")
    for pattern, now in _GONE_NAMES:
        found = pattern.fullmatch(bare)
        if found is not None:
            nearest = found.expand(now)
            return f"{nearest}:{arch}" if arch and nearest else nearest
    return None


def _source(source: Any, tasks: Tasks, place: Span | None) -> Iterator[str]:
    """Yield the commands that add a package source; one that nobody can add any more becomes a task."""
    if isinstance(source, dict) and source.get("sourceline"):
        yield from _line(as_text(source["sourceline"]), source.get("key_url"), tasks, place)
        return
    name = as_text(source.get("name") if isinstance(source, dict) else source)
    llvm = re.fullmatch(r"llvm-toolchain-[a-z]+-(\d+)(?:\.\d+)?", name)
    if name in _SOURCES:
        yield f"sudo add-apt-repository -y {_SOURCES[name]}"
    elif name.startswith(("ppa:", "deb ", "http")):
        yield from _line(name, None, tasks, place)
    elif name.startswith("google-chrome"):
        yield from _CHROME
    elif llvm is not None and int(llvm[1]) >= _OLDEST_LLVM:
        yield "curl -fsSL https://apt.llvm.org/llvm-snapshot.gpg.key | sudo tee /etc/apt/trusted.gpg.d/llvm.asc > /dev/null"
        yield f'sudo add-apt-repository -y "deb https://apt.llvm.org/{_CODENAME}/ llvm-toolchain-{_CODENAME}-{llvm[1]} main"'
    elif re.fullmatch(r"[\w.-]+/[\w.-]+", name):
        yield f"sudo add-apt-repository -y ppa:{name}"
    else:
        tasks.add(
            "package",
            f"the package source '{name}' is a name of Travis's, and what it stood for has nothing for the systems of today",
            "leave it out where Ubuntu has the packages itself, or add the source that their makers name today",
            place,
        )


def _line(line: str, key: Any, tasks: Tasks, place: Span | None) -> Iterator[str]:
    if key:
        name = re.sub(r"\W+", "-", as_text(key).split("//")[-1])[:40].strip("-")
        yield f"curl -fsSL {quoted(as_text(key))} | sudo tee /etc/apt/trusted.gpg.d/{name}.asc > /dev/null"
    yield f"sudo add-apt-repository -y {quoted(line)}"
    system = _NAMES_SYSTEM.search(line)
    if system is not None:
        tasks.add(
            "package",
            f"the package source '{line}' is one for Ubuntu {system[1]}, which jobs do not run on",
            "put the name of the system in that they run on, where the source has it, or leave the source out",
            place,
        )


def _listed(value: Any) -> list[Any]:
    if value is None or value is False:
        return []
    return value if isinstance(value, list) else [value]
