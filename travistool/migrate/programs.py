"""Programs that Travis's machines have and newer machines and images do not: what gives them to a job that calls them."""

from __future__ import annotations

import re

from travistool.migrate.machine import starts_display
from travistool.migrate.model import Row
from travistool.migrate.sought import sought

_XVFB = "Xvfb :99 -screen 0 1280x1024x24 > /dev/null 2>&1 &"
_SCRIPT = "/etc/init.d/xvfb"
_COMPOSE = sought(r"(?m)(?:^|[\s;&|(!])docker-compose(?=\s)", "docker-compose")
_NVM = sought(r"(?m)(?:^|[;&|(]|\b(?:then|do|else)\b)\s*nvm\s", "nvm")
_NVM_SCRIPT = "https://raw.githubusercontent.com/nvm-sh/nvm/v0.40.3/install.sh"
_MODULES = 16
"""Go 1.16 takes modules for granted."""
_IMPORT_PATH = re.compile(r"(?:[\w.~/-]|\$\{TRAVIS_REPO_SLUG\})+")
_COMPOSE_PATH = "/usr/local/bin/docker-compose"


def display(row: Row, *, installs: bool) -> tuple[str, ...]:
    """Return the lines that give a job its virtual display, none for one that asks for none.

    `installs`: the job has an image of its own, which seldom has it. Commands that start it by Travis's script find that.
    """
    if row.os != "linux":
        return ()
    calls = starts_display(row.texts)
    is_service = any(one.name == "xvfb" for one in row.services)
    if not calls and not is_service:
        return ()
    lines = []
    if installs:
        package = "{ sudo apt-get update && sudo apt-get install -y --no-install-recommends xvfb; }"
        lines.append(f"command -v Xvfb > /dev/null || {package} || exit")
    if calls:
        lines.append(f"printf '#!/bin/sh\\n{_XVFB}\\n' | sudo tee {_SCRIPT} > /dev/null")
    return (*lines, _XVFB, "export DISPLAY=:99.0") if is_service else tuple(lines)


def compose(row: Row) -> tuple[str, ...]:
    """Return the lines that give a job the old name of `docker compose`, none for one that does not call it."""
    if row.os != "linux" or not _COMPOSE.is_in(row.texts):
        return ()
    return (
        "command -v docker-compose > /dev/null || {",
        f"  printf '#!/bin/sh\\nexec docker compose \"$@\"\\n' | sudo tee {_COMPOSE_PATH} > /dev/null",
        f"  sudo chmod +x {_COMPOSE_PATH}",
        "}",
    )


def nvm(row: Row) -> tuple[str, ...]:
    """Return the lines that bring nvm into the shell, none for a job that does not call it. They need `curl`."""
    if row.os == "windows" or not _NVM.may_be_in(row.texts) or not _NVM.is_in("\n".join(row.commands())):
        return ()
    return (
        'export NVM_DIR="${NVM_DIR:-$HOME/.nvm}"',
        'mkdir -p "$NVM_DIR"',
        f'[ -s "$NVM_DIR/nvm.sh" ] || curl -fsSL {_NVM_SCRIPT} | PROFILE=/dev/null bash',
        'source "$NVM_DIR/nvm.sh"',
    )


def gopath(row: Row) -> tuple[str, ...]:
    """Return the lines that link the repository into GOPATH as on Travis, none for jobs that surely use modules."""
    if row.language.name != "go" or row.os == "windows" or not _wants_gopath(row):
        return ()
    path = next((one.value for one in row.language_variables if one.name == "TRAVIS_GO_IMPORT_PATH"), "").rstrip("/")
    if not path or not _IMPORT_PATH.fullmatch(path):
        return ()
    parent = f"$GOPATH/src/{path.rpartition('/')[0]}"
    if path.endswith("}"):
        parent = f'$(dirname "$GOPATH/src/{path}")'
    return (
        'export GOPATH="$HOME/gopath"',
        'export GO111MODULE="${GO111MODULE:-auto}"',
        'export PATH="$GOPATH/bin:$PATH"',
        f'mkdir -p "{parent}"',
        f'ln -sfn "$PWD" "$GOPATH/src/{path}"',
    )


def _wants_gopath(row: Row) -> bool:
    asked = re.match(r"(?:go)?1\.(\d+)", row.version("go") or row.language.defaults["go"])
    is_old = asked is not None and int(asked[1]) < _MODULES
    return is_old or bool(row.job.config.get("go_import_path")) or "gopath" in row.texts.lower()
