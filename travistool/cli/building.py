"""From options and the repository to what a build is made of: its facts, its secrets, its variables."""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
from collections.abc import Iterable, Iterator

from travistool.cli.event import settings
from travistool.cli.git import Repository
from travistool.cli.planning import Read
from travistool.errors import UsageError
from travistool.grammar.secrets import is_secret
from travistool.plan.model import BuildPlan, Event
from travistool.record import Record
from travistool.simulate.given import Encrypted, Resolved, encrypted, resolve, sorted_out, unassigned
from travistool.simulate.script.facts import Build, Setting

_NAME = r"[A-Za-z_][A-Za-z0-9_]*\Z"
_LINE = r"\s*(?:export\s+)?(?P<key>[^=\s#]+={0,2})\s*=\s*(?P<value>.*?)\s*\Z"


class GivenOptions(Record):
    """Options that give values: texts as they stand on the command line."""

    env: tuple[str, ...] = ()
    env_files: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    secrets_files: tuple[str, ...] = ()
    settings_env: tuple[str, ...] = ()
    private_key: str = ""


def build_of(
    read: Read, plan: BuildPlan, given: GivenOptions, commit: str = "", *, deploys: bool = False
) -> tuple[Build, Resolved]:
    """Return the facts of a build, and what is known of its secrets. Raises UsageError for values that make no sense.

    `deploys`: the encrypted options of deployments are needed, too.
    """
    event = plan.event
    git = read.git
    values = sorted_out(_secrets(given))
    listed = encrypted(plan.jobs, options=deploys)
    wrong = next(iter(unassigned(listed, values)), None)
    if wrong is not None:
        raise UsageError(f"secret {wrong.position} has no name in the config", "give it as NAME=VALUE")
    if given.private_key:
        values = values._replace(decrypted=_decrypted(listed, given.private_key))
    found = resolve(listed, values)
    public = [_setting(name, value) for name, value in settings(given.settings_env).items()]
    sha = commit or (git.commit if git else None) or ""
    build = Build(
        event=event,
        repo=_slug(event, git, read.folder),
        commit=sha,
        commit_range=_range(git, sha),
        message=event.commit_message or "",
        pull_request_sha=sha if event.type == "pull_request" else "",
        settings=(*public, *found.settings),
        secrets=found.secrets,
        extra=tuple(_extra(given)),
        stage_titles={stage.name.lower(): stage.name for stage in plan.stages},
    )
    return build, found


def _decrypted(listed: Iterable[Encrypted], path: str) -> dict[str, str]:
    """Return what a private key can read of encrypted values, by their texts."""
    # Imported late: an extra is needed for it.
    from travistool.simulate.keys import decrypt, private_key  # noqa: PLC0415

    key = private_key(_text(path))
    found = {one.text: decrypt(key, one.text) for one in listed}
    return {text: clear for text, clear in found.items() if clear is not None}


def _slug(event: Event, git: Repository | None, folder: str) -> str:
    slug = event.repo or (git.slug if git else None)
    name = slug or f"local/{os.path.basename(folder) or 'build'}"
    # It becomes a path: what would lead elsewhere, or is no name, does not.
    owner, _, repository = name.partition("/")
    return f"{_plain(owner)}/{_plain(repository)}"


def _plain(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.-]", "-", text).strip(".") or "build"


def _range(git: Repository | None, commit: str) -> str:
    parent = git.parent(commit) if git and commit else None
    return f"{parent[:12]}...{commit[:12]}" if parent else ""


def _setting(name: str, value: str) -> Setting:
    # The service hides all of them unless told otherwise; here a name has to say so, or `true` were a secret.
    return Setting(name, shlex.quote(value), public=not is_secret(name, value))


def _extra(given: GivenOptions) -> Iterator[tuple[str, str]]:
    for path in given.env_files:
        for key, value in _dotenv(path):
            if not re.match(_NAME, key):
                raise UsageError(f"{path}: '{key}' is no name of a variable")
            yield key, value
    for text in given.env:
        name, sign, value = text.partition("=")
        if not re.match(_NAME, name):
            raise UsageError(f"--env takes NAME=VALUE, not '{name}'")
        if not sign and name not in os.environ:
            raise UsageError(
                f"there is no variable {name} to take the value of --env from", f"--env {name}= sets an empty one"
            )
        yield name, value if sign else os.environ[name]


def _secrets(given: GivenOptions) -> Iterator[tuple[str, str]]:
    for path in given.secrets_files:
        yield from _json(path) if path.endswith(".json") else _dotenv(path)
    for text in given.secrets:
        # Encrypted texts end in `=` themselves.
        found = re.match(r"(?P<key>[A-Za-z0-9+/_]+={0,2}?)=(?P<value>(?!=?\Z).*)\Z", text, re.DOTALL)
        if found:
            yield found["key"], found["value"]
        elif re.match(_NAME, text.rstrip("=")):
            yield text.rstrip("="), _asked(text.rstrip("=")) if not text.endswith("=") else ""
        else:
            raise UsageError("--secret takes NAME or NAME=VALUE", "the value itself is not repeated here")


def _asked(name: str) -> str:
    """Return the value of a secret that only its name was given of: of our own environment, or typed in."""
    if name in os.environ:
        return os.environ[name]
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(f"there is no variable {name} to take the secret from", "set it, or use --secrets-file")
    # Imported late: it knows terminals, and few runs ask.
    from getpass import getpass  # noqa: PLC0415

    return getpass(f"{name}: ")


def _json(path: str) -> Iterable[tuple[str, str]]:
    try:
        found = json.loads(_text(path))
    except ValueError as error:
        raise UsageError(f"{path} is no JSON: {error}") from error
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise UsageError(f"{path} must hold one JSON object with texts as values")
    return [(str(key), str(value)) for key, value in found.items()]


def _dotenv(path: str) -> Iterator[tuple[str, str]]:
    """Yield the pairs of a file of `NAME=value` lines; values may be quoted, and then hold line breaks."""
    rest = _text(path)
    while rest:
        line, _, rest = rest.partition("\n")
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = re.match(_LINE, line)
        if not found:
            raise UsageError(f"{path} takes lines of NAME=value", "comments start with #")
        key, value = found["key"], found["value"]
        quote = value[:1]
        if quote in ("'", '"') and (len(value) == 1 or not value.endswith(quote)):
            more, closing, rest = rest.partition(quote)
            if not closing:
                raise UsageError(f"{path}: the value of '{key}' has no closing quote")
            value = f"{value}\n{more}{quote}"
            rest = rest.partition("\n")[2]
        yield key, _unquoted(value)


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1]
    if len(value) > 1 and value[0] == value[-1] == '"':
        return re.sub(r"\\(.)", lambda found: {"n": "\n", "t": "\t"}.get(found[1], found[1]), value[1:-1])
    return value


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {getattr(error, 'strerror', None) or 'it is no UTF-8'}") from error
