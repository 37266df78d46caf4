"""The options of one deployment as shell text: in double quotes, as Travis hands them to its tool.

So `$X` and `$(...)` in them count. Secrets come by variables; a target says where these are from. What a provider never
asks for is known in the end, and becomes a task.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from travistool.catalog.settings import as_text
from travistool.migrate.data.facts import facts
from travistool.migrate.machine import listed
from travistool.migrate.model import Deployment, Row
from travistool.migrate.tasks import Tasks

OWN_TOKEN = "GITHUB_TOKEN"  # noqa: S105  # a name
CLEAR = "has its credential in clear text"
"""How the task about such a one ends."""

_NAME = re.compile(r"[\"']?\$\{?([A-Za-z_]\w*)\}?[\"']?")
_SHARED = frozenset(("cleanup", "run", "fold"))
"""Options of every provider."""

_WITHOUT = "the commands that deploy with {} do without"


class Options:
    """Collects, while a provider reads the options, the secrets that they name and the lines that stand in front.

    `own_token`: what goes to the repository itself takes the workflow's own token. `bare`: the machine is an image that
    has no programs but those of its language.
    """

    def __init__(self, deployment: Deployment, tasks: Tasks, row: Row, *, own_token: bool, bare: bool) -> None:
        self.row = row
        self.own_token = own_token
        self.bare = bare and row.os == "linux"
        self.deployment = deployment
        self.provider = deployment.provider
        self.options = deployment.options
        self.tasks = tasks
        self.secrets: list[str] = []
        self.front: list[str] = []
        self.has_own = False
        self._asked: set[str] = set(_SHARED)

    def has(self, key: str) -> bool:
        """Tell whether an option is given and not switched off."""
        self._asked.add(key)
        return self.options.get(key) not in (None, False, "", [])

    def is_on(self, key: str, *, default: bool = False) -> bool:
        """Return a switch; `default` is what it is where nobody sets it."""
        self._asked.add(key)
        value = self.options.get(key)
        return default if value is None else as_text(value) not in ("false", "no", "off", "")

    def drop(self, *keys: str) -> None:
        """Leave out options that mean nothing to the client that takes over."""
        for key in keys:
            if key not in self._asked and self.options.get(key) is not None:
                self.tasks.leave(f"deploy.{key}", _WITHOUT.format(self.provider), self.deployment.place)
        self._asked.update(keys)

    def text(self, key: str, default: str = "") -> str:
        """Return an option as it may stand between double quotes of the shell."""
        if not self.has(key):
            return default
        return self._inner(key, listed(self.options[key])[0] if isinstance(self.options[key], list) else None)

    def word(self, key: str, default: str = "") -> str:
        """Return an option as one word for the shell; `default` as it is where the option is not given."""
        return in_quotes(self.text(key)) if self.has(key) else default

    def words(self, key: str) -> list[str]:
        """Return all values of an option, each as one word for the shell."""
        return [in_quotes(self._inner(key, one)) for one in self.values(key)]

    def values(self, key: str) -> list[Any]:
        """Return all values of an option as written."""
        return listed(self.options[key]) if self.has(key) else []

    def flag(self, key: str, name: str = "") -> str:
        """Return ` --name word` for an option that is given; `name` is the option's where none is told."""
        return f" --{name or key.replace('_', '-')} {self.word(key)}" if self.has(key) else ""

    def switch(self, key: str, name: str = "") -> str:
        """Return ` --name` for a switch that is on."""
        return f" --{name or key.replace('_', '-')}" if self.is_on(key) else ""

    def secret(self, key: str, name: str) -> str:
        """Return the word for a credential: the variable that the config names (`$TOKEN`), else a secret of ours."""
        self._asked.add(key)
        value = self.options.get(key)
        if isinstance(value, dict) and "secure" not in value:
            return in_quotes(self._by_branch(key, value))
        text = as_text(value) if not isinstance(value, dict | list) and value not in (None, False) else ""
        found = _NAME.fullmatch(text)
        if found:
            self._note(found[1])
            return f'"${found[1]}"'
        if "$" in text or "`" in text:
            # The shell works it out.
            return in_quotes(text)
        name = _numbered(name, value)
        if text:
            self.tasks.add(
                "secret",
                f"the deployment to {self.provider} {CLEAR}",
                f"revoke it, make a new one, and enter that as the secret {name}",
                self.deployment.place,
            )
        elif not self._is_known(name):
            self._tell(key, name)
        self._take(name)
        return f'"${name}"'

    def account(self, key: str, name: str) -> str:
        """Return the word for a user's name, which is no secret where the config has it in clear text."""
        value = self.options.get(key)
        is_plain = value not in (None, False) and not isinstance(value, dict | list)
        return self.word(key) if is_plain else self.secret(key, name)

    def own_secret(self, key: str, name: str) -> str:
        """Return the token for the repository: the workflow's own where it is enough, else the credential."""
        self._asked.add(key)
        if self.own_token and not self.has("repo"):
            if self.options.get(key) is not None:
                self.tasks.leave(f"deploy.{key}", "the workflow's own token takes its place", self.deployment.place)
            self.secrets = [OWN_TOKEN]
            self.has_own = True
            return f'"${OWN_TOKEN}"'
        return self.secret(key, name)

    def npx(self, package: str) -> str:
        """Return how a program from npm is called, in the version of the data file."""
        self.program("npx", "npm")
        return f"npx {package}@{facts('clients')['npm'][package]}"

    def gem(self, name: str) -> str:
        """Return the command that installs a gem."""
        return f"gem install {name} --version '{facts('clients')['gem'][name]}'"

    def program(self, name: str, package: str = "") -> None:
        """Ask for a program of the system, which images of languages may not have."""
        if self.bare:
            self._front(
                f"command -v {name} > /dev/null || {{ sudo apt-get update -qq && "
                f"sudo apt-get install -yqq --no-install-recommends {package or name}; }}"
            )

    def client(self, name: str) -> None:
        """Ask for a client that is no package: the data file says how it gets onto a machine."""
        if facts("clients")["programs"][name].get("everywhere") or self.bare:
            self._front(client_line(name))

    def left(self) -> tuple[str, ...]:
        """Return the options that nobody asked for."""
        return tuple([key for key, value in self.options.items() if key not in self._asked and value is not None])

    def _inner(self, key: str, item: Any) -> str:
        value = self.options[key] if item is None else item
        if isinstance(value, dict):
            if "secure" not in value:
                return self._by_branch(key, value)
            name = _numbered(f"{self.provider}_{key}".upper(), value)
            self._tell(key, name)
            self._take(name)
            return f"${name}"
        text = as_text(value)
        found = _NAME.fullmatch(text)
        if found:
            self._note(found[1])
        return re.sub(r'(?<!\\)"', r"\"", re.sub(r"\A~(?=/|\Z)", "$HOME", text))

    def _by_branch(self, key: str, value: Mapping[str, Any]) -> str:
        """Return the variable for an option that differs from branch to branch."""
        cases = []
        for branch, one in value.items():
            if isinstance(one, dict):
                name = re.sub(r"\W+", "_", f"{self.provider}_{key}_{branch}").upper()
                self._tell(key, name, f" for the branch {branch}")
                self._take(name)
                word = f'"${name}"'
            else:
                word = in_quotes(as_text(one))
            cases.append(f"  {in_quotes(as_text(branch))}) deploy_{key}={word} ;;")
        self._front("\n".join(('case "$TRAVIS_BRANCH" in', *cases, f"  *) deploy_{key}= ;;", "esac")))
        return f"$deploy_{key}"

    def _front(self, line: str) -> None:
        if line not in self.front:
            self.front.append(line)

    def _is_known(self, name: str) -> bool:
        return any(variable.name == name for variable in self.row.variables)

    def _is_set(self, name: str) -> bool:
        """Tell whether a command of the config may set a variable."""
        told = re.compile(rf"(?<!\w){re.escape(name)}=")
        return any(told.search(command) for block in self.row.blocks.values() for command in block.commands)

    def _take(self, name: str) -> None:
        if name not in self.secrets and not self._is_known(name):
            self.secrets.append(name)

    def encrypted(self, key: str, name: str) -> str:
        """Return the variable for a part of an option that is encrypted for Travis."""
        self._tell(key, name, f" ({name})")
        self._take(name)
        return f"${name}"

    def _tell(self, key: str, name: str, which: str = "") -> None:
        """Add the task for a credential that only its owner knows."""
        number = self.options.get(key)
        if isinstance(number, dict) and number.get("number", 1) > 1:
            which += f" ({number['number']})"
        where = "is encrypted for Travis" if key in self.options else "is not in the file, but a setting on Travis"
        self.tasks.add(
            "secret",
            f"'{key}' of the deployment to {self.provider}{which} {where}",
            f"enter it as the secret {name}",
            self.deployment.place,
        )

    def _note(self, name: str) -> None:
        """Take a variable that the config does not set from a secret: on Travis it is a setting of the website."""
        # An encrypted line may be this variable, a command may set it, and Travis's own are there.
        is_open = any(variable.kind == "line" for variable in self.row.variables) or self._is_set(name)
        if self._is_known(name) or is_open or name.startswith("TRAVIS_") or name in ("HOME", "PWD", "USER"):
            return
        self._take(name)
        self.tasks.add(
            "secret",
            f"the deployment to {self.provider} uses ${name}, which is a setting on Travis",
            f"enter it as the secret {name}",
            self.deployment.place,
        )


def _numbered(name: str, value: Any) -> str:
    """Return the name of the secret for an encrypted option; another text than the first one has a number."""
    number = value.get("number", 1) if isinstance(value, dict) else 1
    return f"{name}_{number}" if number > 1 else name


def client_line(name: str) -> str:
    """Return the line that installs a client where it is not there."""
    one = facts("clients")["programs"][name]
    commands = " && ".join(part.format(**one) for part in one["install"])
    return f"command -v {name} > /dev/null || {{ {commands}; }}"


def exported(**words: str) -> list[str]:
    """Return the line that gives variables to programs; those that have their values already need none."""
    pairs = [f"{name}={word}" for name, word in words.items() if word != f'"${name}"']
    return [f"export {' '.join(pairs)}"] if pairs else []


def in_quotes(text: str) -> str:
    """Return a text in double quotes, in which the shell fills in variables; without quotes where it needs none."""
    if re.fullmatch(r"[\w@%+=:,./-]+", text, re.ASCII):
        return text
    return '"' + re.sub(r'(?<!\\)"', r"\"", text) + '"'


_GLOB_PART = re.compile(r"\$\{[^}]*\}|\$\([^)]*\)|\$\w+|\$|[^\w@%+=:,./*?\[\]{}^!$-]+", re.ASCII)


def glob_word(text: str, *, splits: bool = True) -> str:
    """Return a pattern for files as a word that the shell fills in: its variables in quotes, its wildcards not.

    Where the shell `splits` nothing, as IFS is empty, wildcards in variables count, too.
    """
    return _GLOB_PART.sub(
        lambda found: found[0] if found[0].startswith("$") and not splits else f'"{found[0]}"',
        re.sub(r"\A~(?=/)", "$HOME", text),
    )
