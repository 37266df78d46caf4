"""Temporary folders of a run. Each names the process that owns it, so that those of dead runs can be found and removed."""

from __future__ import annotations

import contextlib
import os

from travistool.simulate.leftovers import kill_all

_PREFIX = "travistool-run-"
_OWNER = "owner"
_PLACES = ("TMPDIR", "TEMP", "TMP")
_USUAL = "/tmp"  # noqa: S108  # folders of our own are made in it


def make() -> str:
    """Make a folder that only we can look into, and that goes with us."""
    folder = make_lasting(_PREFIX)
    try:
        with open(os.path.join(folder, _OWNER), "w", encoding="utf-8") as file:
            file.write(_identity(os.getpid()))
    except OSError:
        remove(folder)
        raise
    return folder


def make_lasting(prefix: str) -> str:
    """Make a folder that only we can look into, and that stays."""
    folder = os.path.join(_parent(), prefix + os.urandom(8).hex())
    try:
        os.mkdir(folder, 0o700)
    except OSError:
        # Imported late, as in all of this module: it brings random numbers, and takes as long as a job.
        import tempfile  # noqa: PLC0415

        # It tries more places.
        return tempfile.mkdtemp(prefix=prefix)
    return folder


def sweep() -> int:
    """Remove the folders of runs whose process is gone, and what these left running. Return how many there were."""
    parent = _parent()
    found = 0
    for name in os.listdir(parent):
        if name.startswith(_PREFIX) and _is_abandoned(folder := os.path.join(parent, name)):
            kill_all(folder)
            remove(folder)
            found += 1
    return found


def remove(folder: str) -> None:
    """Remove a folder, whatever is in it."""
    # Half of the time of `rmtree`, which does not trust who else may be at it: nobody here.
    with contextlib.suppress(OSError, RecursionError):
        _remove_plain(folder)
        return
    if not os.path.isdir(folder):
        # Gone already.
        return

    def unlock(function: object, path: str, _: object) -> None:
        # Some tools leave folders that nobody may write to.
        del function
        with contextlib.suppress(OSError):
            if path != folder:
                os.chmod(os.path.dirname(path), 0o700)
            if not os.path.islink(path):
                os.chmod(path, 0o700)
            os.unlink(path)

    # Imported late: it loads a module for each kind of archive.
    import shutil  # noqa: PLC0415

    try:
        shutil.rmtree(folder, onerror=unlock)
        if os.path.isdir(folder):
            shutil.rmtree(folder, ignore_errors=True)
    except RecursionError:
        # Deeper than Python can follow.
        import subprocess  # noqa: PLC0415

        subprocess.run(["rm", "-rf", folder], check=False)  # noqa: S603, S607


def _parent() -> str:
    """Return the folder for temporary files that the environment names, else this system's."""
    named = next((folder for name in _PLACES if (folder := os.environ.get(name)) and _is_usable(folder)), "")
    if named:
        return os.path.abspath(named)
    if _is_usable(_USUAL):
        return _USUAL
    import tempfile  # noqa: PLC0415

    return tempfile.gettempdir()


def _is_usable(folder: str) -> bool:
    return os.path.isdir(folder) and os.access(folder, os.W_OK | os.X_OK)


def _remove_plain(folder: str) -> None:
    with os.scandir(folder) as found:
        entries = list(found)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            _remove_plain(entry.path)
        else:
            os.unlink(entry.path)
    os.rmdir(folder)


def _is_abandoned(folder: str) -> bool:
    try:
        if os.lstat(folder).st_uid != os.getuid():
            return False
        with open(os.path.join(folder, _OWNER), encoding="utf-8") as file:
            owner = file.read()
    except OSError:
        # Somebody else's, or not finished yet.
        return False
    number = owner.split(" ")[0]
    return number.isdigit() and _identity(int(number)) != owner


def _identity(number: int) -> str:
    """Return a process's number and when it was started, so that a later process of that number is another one."""
    try:
        with open(f"/proc/{number}/stat", encoding="utf-8", errors="replace") as file:
            return f"{number} {file.read().rpartition(')')[2].split()[19]}"
    except OSError:
        return f"{number} {'alive' if _is_alive(number) else 'gone'}"


def _is_alive(number: int) -> bool:
    if os.path.isdir("/proc/self"):
        return False
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
