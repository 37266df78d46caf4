"""Which machines a job talks to, as far as its texts say. Exact rather than complete: what may be a file is no machine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from travistool.catalog.settings import as_text
from travistool.plan.model import Job
from travistool.record import Record
from travistool.simulate.script import addons
from travistool.simulate.shell_words import commands
from travistool.source import Span

HTTPS = 443


class Address(Record):
    """A machine and its port; 0 where any port tells whether it is there."""

    host: str
    port: int = HTTPS


class Need(Record):
    """That a phase (or `env`) needs a machine. `span` is the place in the config."""

    phase: str
    address: Address
    span: Span | None


PORTS: Mapping[str, int] = {
    "http": 80,
    "https": HTTPS,
    **dict.fromkeys(("ssh", "sftp"), 22),
    **dict.fromkeys(("postgres", "postgresql"), 5432),
    **dict.fromkeys(("mysql", "mysql2", "mariadb"), 3306),
    **dict.fromkeys(("redis", "rediss"), 6379),
    "ftp": 21,
    "git": 9418,
    "svn": 3690,
    "rsync": 873,
    "amqp": 5672,
    "amqps": 5671,
    "mongodb": 27017,
}
"""By the scheme of a URL; others are not asked for."""

_PAGES = frozenset(("http", "https", "ssh", "sftp", "ftp", "git", "svn", "rsync"))
"""Schemes of variables that may be just told; a job connects to what others name."""

_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*"
_DOTTED = rf"(?P<host>{_NAME}\.(?:[A-Za-z]{{2,}}|\d+))\Z"
_URL = (
    rf"\b(?:[a-z]+\+)?(?P<scheme>[a-z][a-z0-9]*)://(?:[^\s/@'\"$]*@)?(?P<host>{_NAME}\.[A-Za-z]{{2,}})"
    r"(?::(?P<port>\d{1,5}))?(?=[/\s\"'|;)?#]|\Z)"
)
_FETCHES = (
    r"\b(?:curl|wget|aria2c|lftp|rsync|svn|pip3?\s+(?:install|download)|npm\s+(?:i|install|ci)|yarn\s+(?:add|install)"
    r"|git\s+(?:clone|fetch|pull|push|ls-remote|submodule)|docker\s+(?:login|pull|push)|go\s+get|gem\s+install|add-apt-repository)(?=\s)"
)
_LOCAL = (
    r"(?:(?:127|10|0)(?:\.\d+){3}|(?:192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d+){2}"
    r"|.*\.(?:localhost|local|test|docker|internal|lan))\Z"
)
"""This machine, or one that only a private network knows, such as that of containers."""
_BARE = rf"(?P<host>{_NAME}\.[A-Za-z]{{2,}})(?::(?P<port>\d+))?(?P<path>/\S*)?\Z"
_FILES = (
    "sh py js json yml yaml xml txt md rb pl zip gz tgz bz2 xz tar jar deb rpm html htm css log conf cfg ini lock php phar"
    " exe key pem pub crt asc gpg sql db out csv whl bin so rs cc sig patch diff"
)
"""What ends the names of files, and a few hosts."""
_REMOTE = rf"(?:[\w.-]+@)?(?P<host>{_NAME}\.[A-Za-z]{{2,}}|\d+(?:\.\d+){{3}}):(?!//)"
_GIT = rf"[\w.-]+@(?P<host>{_NAME}\.[A-Za-z]{{2,}}):(?!//)"
_IMAGE = rf"(?P<host>{_NAME}\.[A-Za-z]{{2,}})(?::(?P<port>\d+))?(?:/[\w.-]+)+(?:[:@][^\s/]+)?\Z"
_REFERENCE = r"\$(?:\{(\w+)\}|(\w+))"

_VALUED: Mapping[str, str] = {
    "curl": (
        "-A -b -c -C -d -D -e -E -F -H -K -m -o -P -Q -r -t -T -u -U -w -x -X -y -Y -z --ciphers --cookie --data"
        " --data-binary --data-raw --form --header --max-time --connect-timeout --output --request --retry --retry-delay"
        " --retry-max-time --user --user-agent --write-out --proxy --cacert --cert --key --upload-file --range --resolve"
        " --limit-rate --referer --data-urlencode --config --interface --max-redirs --speed-time"
    ),
    "wget": "-a -A -B -D -e -i -I -l -o -O -P -Q -R -t -T -U -w -X --header --user --password --tries",
    "ssh": "-b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -Q -R -S -W -w",
    "ssh-copy-id": "-i -p -o",
    "ssh-keyscan": "-p -t -T -f",
    "git": "-C -c",
    "ping": "-c -w -W -i -s -I -t",
    "docker": "-u -p --username --password",
}
_CLIENTS: Mapping[str, int] = {
    **dict.fromkeys(("psql", "pg_isready", "pg_dump", "createdb"), 5432),
    **dict.fromkeys(("mysql", "mysqladmin", "mysqldump", "mariadb"), 3306),
    "redis-cli": 6379,
}
_GIT_FETCHES = frozenset(("clone", "fetch", "pull", "push", "ls-remote", "submodule"))
_HINTS = (
    *("://", "git@", "curl", "wget", "ssh", "scp", "sync", "git", "ping", "docker", "podman", "nc", "netcat", "telnet"),
    *("psql", "pg_", "createdb", "mysql", "mariadb", "redis-cli"),
)
"""One of them is in each text that names a machine: looking for them is quicker than reading."""
_CONNECTING = frozenset(("nc", "ncat", "netcat", "telnet"))


def needs(job: Job, entries: Iterable[tuple[str, str, Span | None]]) -> Iterator[Need]:
    """Yield which machines a job needs: those of its entries (phase, text and place of each), and servers of variables."""
    known = tuple(entries)
    values = {name: as_text(value) for name, value, _ in job.variables() if name and not isinstance(value, dict)}
    here = frozenset(_of_this_job(job, known))
    for phase, text, span in known:
        if not any(hint in text for hint in _HINTS):
            continue
        for address in _of_text(_filled(text, values)):
            if _is_elsewhere(address.host) and address.host not in here:
                yield Need(phase, address, span)
    for name, value, origin in job.variables():
        for url in re.finditer(_URL, as_text(value)) if name and not isinstance(value, dict) else ():
            server = None if url["scheme"] in _PAGES else _of_url(url)
            if server and _is_elsewhere(server.host) and server.host not in here:
                yield Need("env", server, origin.span)


def _of_this_job(job: Job, entries: Iterable[tuple[str, str, Span | None]]) -> Iterator[str]:
    """Yield names that the job gives to its own machine: those of `addons.hosts`, and what it writes into /etc/hosts."""
    hosts = addons.addons_of(job).get("hosts")
    for one in hosts if isinstance(hosts, list) else [hosts]:
        yield from as_text(one).lower().split()
    for _, text, _ in entries:
        if "/etc/hosts" in text:
            yield from re.findall(r"[a-z0-9.-]+", text.lower())


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Put plain values of the config in the place of variables."""
    return re.sub(_REFERENCE, lambda found: values.get(found[1] or found[2], found[0]).strip("'\""), text)


def _is_elsewhere(host: str) -> bool:
    return re.match(_LOCAL, host) is None


def _of_text(text: str) -> Iterator[Address]:
    if re.search(_FETCHES, text):
        yield from filter(None, map(_of_url, re.finditer(_URL, text)))
    for program, *words in commands(text):
        yield from _of_command(program.rpartition("/")[2], words)


def _of_url(found: re.Match[str]) -> Address | None:
    port = int(found["port"]) if found["port"] else PORTS.get(found["scheme"])
    return None if port is None else Address(found["host"].lower(), port)


def _of_command(program: str, words: list[str]) -> Iterator[Address]:
    match program:
        case "curl" | "wget":
            yield from _bare(program, words)
        case "ssh" | "ssh-copy-id":
            yield from _ssh(program, words)
        case "scp" | "rsync":
            yield from _matching(_REMOTE, [word for word in words if not word.startswith("-")], 22)
        case "ssh-keyscan":
            listed = [host for word in _plain(program, words) for host in word.split(",")]
            yield from _matching(_DOTTED, listed, 22)
        case "git":
            yield from _matching(_GIT, words if next(iter(_plain(program, words)), "") in _GIT_FETCHES else (), 22)
        case "ping":
            yield from _matching(_DOTTED, _plain(program, words), 0)
        case "docker" | "podman" if words:
            yield from _registry(words[0], words[1:])
        case _ if program in _CONNECTING:
            pairs = pairwise(words)
            yield from (
                Address(host.lower(), int(port)) for host, port in pairs if re.match(_DOTTED, host) and port.isdigit()
            )
        case _ if program in _CLIENTS:
            yield from _client(_CLIENTS[program], words)


def _plain(program: str, words: list[str]) -> list[str]:
    """Return the words that are neither options nor their values."""
    valued = _VALUED.get(program, "").split()
    before = ["", *words]
    return [
        word for last, word in zip(before, words, strict=False) if not word.startswith("-") and not _takes(last, valued)
    ]


def _takes(option: str, valued: list[str]) -> bool:
    # Short ones may stand together: `-sSLo FILE`.
    return option in valued or (re.match(r"-[A-Za-z]+\Z", option) is not None and f"-{option[-1]}" in valued)


def _bare(program: str, words: list[str]) -> Iterator[Address]:
    """Addresses without a scheme."""
    for word in _plain(program, words):
        found = re.match(_BARE, word)
        if found and (found["path"] or found["host"].rpartition(".")[2].lower() not in _FILES.split()):
            yield Address(found["host"].lower(), int(found["port"] or 80))


def _ssh(program: str, words: list[str]) -> Iterator[Address]:
    target = next(iter(_plain(program, words)), "")
    user, sign, host = target.rpartition("@")
    port = next((after for word, after in pairwise(words) if word == "-p" and after.isdigit()), "22")
    if re.match(_DOTTED, host) and bool(user) == bool(sign):
        yield Address(host.lower(), int(port))


def _matching(pattern: str, words: Iterable[str], port: int) -> Iterator[Address]:
    for word in words:
        found = re.match(pattern, word)
        if found:
            yield Address(found["host"].lower(), port)


def _registry(command: str, words: list[str]) -> Iterator[Address]:
    pattern = {"login": _BARE, "pull": _IMAGE, "push": _IMAGE, "run": _IMAGE}.get(command)
    for word in _plain("docker", words) if pattern is not None else ():
        found = re.match(pattern, word) if pattern is not None else None
        if found:
            yield Address(found["host"].lower(), int(found["port"] or HTTPS))
            return


def _client(port: int, words: list[str]) -> Iterator[Address]:
    pairs = zip(words, [*words[1:], ""], strict=False)
    hosts = (after if word in ("-h", "--host") else word.partition("--host=")[2] for word, after in pairs)
    yield from (Address(host.lower(), port) for host in hosts if re.match(_DOTTED, host))
