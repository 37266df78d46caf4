"""What an image is like for a job: who the job is there, where its home is, which programs it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from travistool.simulate.docker.archive import Item, Owner, read_file
from travistool.simulate.docker.client import Client

USER = "travis"
HOME = "/home/travis"

_SUDO = """#!/bin/bash
# Stands in for sudo where the job is root already and the image has none.
user=root
while [[ $# -gt 0 ]]; do
  case "$1" in
    -u | --user) user="$2"; shift 2 ;;
    -g | -h | -p | -C | -D | -R | -T | -U) shift 2 ;;
    --) shift; break ;;
    -*) shift ;;
    *=*) export "$1"; shift ;;
    *) break ;;
  esac
done
if [[ $# -eq 0 ]]; then exit 0; fi
if [[ "$user" = root ]]; then exec "$@"; fi
exec runuser -u "$user" -- "$@"
"""


class Machine(NamedTuple):
    """An image as a job meets it. `user` is as the engine takes it."""

    user: str
    owner: Owner
    home: str
    has_bash: bool
    has_tar: bool
    has_docker: bool
    has_compose: bool
    has_control: bool
    needs_sudo: bool

    def furniture(self) -> tuple[Item, ...]:
        """Return what the image lacks and a job needs; all of it is root's."""
        return (Item("/usr/local/bin/sudo", _SUDO.encode()),) if self.needs_sudo else ()


def look(client: Client, container: str, image: Mapping[str, Any]) -> Machine:
    """Look into a container that was made of an image and does not run yet."""

    def has(*paths: str) -> bool:
        return any(client.has(container, path) for path in paths)

    passwd = client.get(container, "/etc/passwd")
    rows = _rows(read_file(passwd).decode("utf-8", "replace") if passwd else "")
    given = str((image.get("Config") or {}).get("User") or "").partition(":")[0]
    sudo = has("/usr/bin/sudo", "/usr/local/bin/sudo")
    row = rows.get(given) or next((one for one in rows.values() if one.uid == given), None)
    is_root = given in ("", "root", "0")
    if is_root and sudo and USER in rows:
        row, is_root = rows[USER], False
    owner = Owner(0, 0) if is_root else row.owner() if row else Owner(int(given), 0) if given.isdigit() else Owner(0, 0)
    return Machine(
        user=f"{owner.uid}:{owner.gid}",
        owner=owner,
        home=row.home if row and not is_root and row.home.startswith("/home/") else HOME,
        has_bash=has("/bin/bash", "/usr/bin/bash", "/usr/local/bin/bash"),
        has_tar=has("/bin/tar", "/usr/bin/tar"),
        has_docker=has("/usr/bin/docker", "/usr/local/bin/docker"),
        has_compose=has("/usr/bin/docker-compose", "/usr/local/bin/docker-compose"),
        has_control=has("/usr/local/bin/service", "/usr/local/bin/systemctl"),
        needs_sudo=is_root and not sudo,
    )


class _Row(NamedTuple):
    uid: str
    gid: str
    home: str

    def owner(self) -> Owner:
        return Owner(int(self.uid), int(self.gid))


def _rows(passwd: str) -> dict[str, _Row]:
    rows = {}
    for line in passwd.splitlines():
        parts = line.split(":")
        if len(parts) >= 6 and parts[2].isdigit() and parts[3].isdigit():
            rows[parts[0]] = _Row(parts[2], parts[3], parts[5])
    return rows
