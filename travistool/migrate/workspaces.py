"""Workspaces: files that a job leaves for jobs of later stages, as one archive each in a folder that the target carries on.

Archives keep permissions, links and paths outside of the repository, which what targets carry by themselves does not.
"""

from __future__ import annotations

from collections.abc import Iterator

from travistool.migrate.model import Row
from travistool.migrate.shell import quoted

FOLDER = ".workspace"


def archive(name: str) -> str:
    """Return where the archive of a workspace is, seen from the folder of the repository."""
    return f"{FOLDER}/{name}.tgz"


def unpacked(row: Row) -> Iterator[str]:
    """Yield the lines that bring the files of earlier jobs back. One that is missing is no error, as on Travis."""
    for name in row.uses:
        file = quoted(archive(name))
        yield f"[ ! -f {file} ] || tar -xzPf {file}"
    if row.creates:
        yield "workspace=$PWD"


def packed(row: Row) -> Iterator[str]:
    """Yield the lines that pack what a job leaves, wherever its commands went in the meantime."""
    if row.creates:
        yield f'mkdir -p "$workspace/{FOLDER}"'
    for one in row.creates:
        yield f'(cd "$workspace" && tar -czPf {quoted(archive(one.name))} {" ".join(one.paths)})'
