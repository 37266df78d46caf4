"""What to know about the files that jobs get, before anything runs."""

from __future__ import annotations

from collections.abc import Iterable

from travistool.cli.planning import Read
from travistool.simulate.preflight import Notice
from travistool.simulate.script.facts import Build


def stops(notices: Iterable[Notice]) -> bool:
    """Tell whether --strict stops: at all but what is only different from Travis."""
    return any(one.severity != "note" for one in notices)


def tree_notices(read: Read, build: Build, *, dirty: bool, commit: str) -> tuple[Notice, ...]:
    """Return how the files of jobs are other ones than those here. `commit` and `dirty` are the options."""
    trouble = read.git.trouble if read.git is not None and not build.commit else ""
    if trouble:
        hint = "branch, commit and name of the repository are not known, and jobs get the files as they are"
        return (Notice("problem", f"git does not read this repository: {trouble}", hint),)
    if read.git is None or not build.commit:
        why = "there is no commit yet" if read.git is not None else "there is no git repository here"
        return (Notice("note", f"{why}: jobs get the files as they are, and git knows nothing of them"),)
    if dirty or commit:
        return ()
    changed = read.git.uncommitted
    files = [path for path in changed if path != read.inside]
    found = []
    if len(files) < len(changed):
        found.append(Notice("note", f"'{read.inside}' is read as it is here, which no commit has"))
    if files:
        more = f" and {len(files) - 1} more" if len(files) > 1 else ""
        verb = "are" if more else "is"
        message = f"what was changed since the commit {verb} not in the build: '{files[0]}'{more}"
        found.append(Notice("note", message, "--dirty takes the files as they are"))
    return tuple(found)
