"""What bash says about commands that it cannot read. It only reads them: `-n` runs nothing."""

from __future__ import annotations

from re import fullmatch, match, search

from travistool.record import Record
from travistool.schema.elements import flatten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from travistool.lint.subject import Command, File

_PLAIN = r"[\w\s./:=@%+,-]+"
_OPENING = r"\s*(if|then|elif|else|fi|for|while|until|do|done|case|esac|select|function|time|coproc)\b"
_LONGEST = 100_000
# One process reads the commands one by one: `-n` stops at the first that is wrong.
_LOOP = r"""i=0; for c; do e=$("$BASH" -O extglob -n -c "$c" 2>&1) || printf '%s %s\n' "$i" "${e%%$'\n'*}"; i=$((i+1)); done"""


class Unread(Record):
    """A command that bash cannot read: what it says, and in which line of the command (0-based)."""

    command: Command
    said: str
    line: int


def unread(file: File) -> tuple[Unread, ...]:
    """Return the commands that bash cannot read; none where there is no bash."""
    asked = [
        one for one in file.commands if not _is_plain(one.text) and len(one.text) < _LONGEST and runs_bash(file, one)
    ]
    if not asked or file.run is None:
        return ()
    ran = file.run(("bash", "--norc", "-c", _LOOP, "bash", *(one.text.replace("\0", "") for one in asked)), "")
    found = []
    for line in ran.output.splitlines() if ran is not None else ():
        number, _, said = line.partition(" ")
        told = search(r"line (\d+): (.*)", said)
        if number.isdigit() and int(number) < len(asked) and told is not None:
            found.append(Unread(asked[int(number)], told[2].replace("`", "'"), int(told[1]) - 1))
    return tuple(found)


def runs_bash(file: File, command: Command) -> bool:
    """Tell whether a command is for Bash: not for PowerShell, which jobs on Windows may use."""
    for owner in command.owners:
        system = owner.get("os") or file.root.get("os")
        if system is not None and any(one.value == "windows" for one in flatten(system)):
            return False
    return "powershell" not in command.text.lower()


def _is_plain(text: str) -> bool:
    """Tell whether a command is of words only, so that nothing in it can be wrong."""
    return fullmatch(_PLAIN, text) is not None and match(_OPENING, text) is None
