"""Variables that commands read and nothing in the config sets: on Travis they are settings of the website.

Those whose names tell of secrets become secrets, with their names; all others are told to people, who know them. So are
the two variables that decrypt a file (`travis encrypt-file`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from travistool.migrate.model import Block, Variable
from travistool.migrate.sought import sought
from travistool.migrate.variables import Secrets
from travistool.source import Span

_READ = re.compile(r"\$(?:\{([A-Za-z_]\w*)(?=:-\}|-\}|[}/%#^,@\[]|:\d)|([A-Za-z_]\w*))")
_HANDED_ON = re.compile(r"\s(?:-e|--env)[ =]([A-Z][A-Z0-9_]*)(?=\s|\Z)")
_ASSIGNED = re.compile(
    r"(?:^|[\s;&|({\"'`])([A-Za-z_]\w*)\+?=|\bfor\s+(\w+)\s+in\b|\bread\s+(?:-\w+\s+)*(\w+)|-v\s+(\w+)"
)
_TELLS = re.compile(
    r"(?:.*_)?(?:TOKEN|PASSWORD|PASSWD|PASSPHRASE|PASS|PWD|SECRET|APIKEY|CREDENTIALS?|USERNAME)"
    r"|(?:.*_)?(?:API|AUTH|DECRYPT|DECRYPTION|DEPLOY|ENCRYPTION|GPG|LICENSE|PRIVATE|SECRET|SECRET_ACCESS|SIGNING|SSH)_KEY"
    r"|(?:.*_)?ACCESS_KEY(?:_ID)?|\w*(?:TOKEN|PASSWORD)"
    r"|(?:DOCKER|DOCKERHUB|DOCKER_HUB|FTP|GH|GITHUB|HEROKU|HUB|NEXUS|NPM|OSSRH|QUAY|REGISTRY|SONATYPE|SSH)_(?:USER|LOGIN)"
)
_OF_MACHINES = frozenset(
    (
        *("BASH", "CC", "CI", "COLUMNS", "CXX", "DC", "DEBIAN_FRONTEND", "DISPLAY", "DMD", "EDITOR", "EUID", "HOME"),
        *(
            "HOSTNAME",
            "IFS",
            "JAVA_HOME",
            "LANG",
            "LD_LIBRARY_PATH",
            "LINENO",
            "LINES",
            "LOGNAME",
            "MACHTYPE",
            "OLDPWD",
        ),
        *("ANDROID_HOME", "ANDROID_SDK_ROOT", "COMPOSER_BIN_DIR", "GEM_HOME", "GOPATH", "GOROOT", "NVM_DIR", "NVM_BIN"),
        *("OPTARG", "OPTIND", "OSTYPE", "PATH", "PIPESTATUS", "PPID", "PS1", "PWD", "PYTHONPATH", "RANDOM", "REPLY"),
        *("SECONDS", "SHELL", "SHELLOPTS", "SHLVL", "TERM", "TMP", "TMPDIR", "TZ", "UID", "USER", "VIRTUAL_ENV"),
        *("CONTINUOUS_INTEGRATION", "HAS_JOSH_K_SEAL_OF_APPROVAL", "GRADLE_HOME", "M2_HOME", "MAVEN_HOME", "FUNCNAME"),
        *("BASH_SOURCE", "BASH_VERSION", "BASH_REMATCH", "BUNDLE_GEMFILE", "PKG_CONFIG_PATH", "XDG_CONFIG_HOME"),
    )
)
_KEPT = 1024
_SHORT = 2
"""Names of so few signs are those of loops."""

_FILE = sought(r"\$\{?(encrypted_[0-9a-f]+_(?:key|iv))\b", "encrypted_")


class Asked(NamedTuple):
    """What a job's commands ask for: secrets with their names, and variables of which nobody knows what they are."""

    secrets: tuple[Variable, ...]
    others: tuple[str, ...]


def asked_for(
    blocks: Mapping[str, Block], own: tuple[Variable, ...], exported: tuple[Variable, ...], secrets: Secrets
) -> Asked:
    """Return what the commands of a job read and nothing sets. Where an encrypted line may be it, it is no secret."""
    written = [block for block in blocks.values() if not block.is_default]
    texts = [command for block in written for command in block.commands]
    values = [one.value for one in own if one.kind == "shell"]
    known = {one.name for one in (*own, *exported)} | _OF_MACHINES | assigned(texts)
    names = [name for name in dict.fromkeys(_reads((*values, *texts))) if name not in known and _is_open(name)]
    has_line = any(one.kind == "line" for one in own)
    found = [] if has_line else [name for name in names if _TELLS.fullmatch(name)]
    made = [Variable(secrets.setting(name, _place(written, name)), name, "secret") for name in found]
    made += [
        Variable(secrets.of_file(name, _place(written, name), _opened(texts, name)), name, "secret")
        for name in sorted(_FILE.all_in("\n".join(texts)), reverse=True)
        if not any(one.name == name for one in own)
    ]
    return Asked(tuple(made), tuple([name for name in names if name not in found]))


def assigned(texts: Iterable[str]) -> frozenset[str]:
    """Return the names of all variables that commands set."""
    return frozenset(name for text in texts for name in _assigned_by(text))


@lru_cache(maxsize=_KEPT)
def _assigned_by(text: str) -> tuple[str, ...]:
    return tuple([name for found in _ASSIGNED.findall(text) for name in found if name])


def _reads(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        if "$" in text or "-e" in text:
            yield from _read_by(text)


@lru_cache(maxsize=_KEPT)
def _read_by(text: str) -> tuple[str, ...]:
    shown = "".join(_expanded(text)) if "'" in text else text
    return (*[found[1] or found[2] for found in _READ.finditer(shown)], *_HANDED_ON.findall(shown))


def _expanded(text: str) -> Iterator[str]:
    """Yield a text without what stands in single quotes, in which the shell fills in nothing."""
    quote = ""
    for sign in text:
        if sign == quote:
            quote = ""
        elif not quote and sign in "'\"":
            quote = sign
        if quote != "'":
            yield sign


def _is_open(name: str) -> bool:
    return len(name) > _SHORT and not name.startswith(("TRAVIS", "BASH_", "CARGO_", "encrypted_"))


def _opened(texts: list[str], name: str) -> str:
    """Return the files of the command that opens one by a variable, as `plain encrypted`; `` where it does not say."""
    told = next((text for text in texts if name in text), "")
    encrypted, plain = re.search(r"\s-in\s+(\S+)", told), re.search(r"\s-out\s+(\S+)", told)
    return f"{plain[1]} {encrypted[1]}" if encrypted and plain else ""


def _place(blocks: list[Block], name: str) -> Span | None:
    return next((block.place for block in blocks if any(name in command for command in block.commands)), None)
