"""What shellcheck says about the commands of a file, each remark at its place in the config."""

from __future__ import annotations

from bisect import bisect_right
from json import loads
from re import sub

from travistool.lint.bash import runs_bash, unread
from travistool.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from travistool.lint.subject import Command, File
    from travistool.source import Span

_OFF = "SC2154,SC1090,SC1091,SC2148,SC2164,SC2034,SC1075,SC1035,SC2104,SC2168"
"""Unset variables (a rule of ours), files read in, no first line, `cd` by itself, variables for later programs, and what
is fine: what bash reads all the same, and `local`, as Travis runs each command in a function."""
_WORDS = ("shellcheck", "--norc", "--shell=bash", "--format=json1", f"--exclude={_OFF}", "-")
LIKELY = frozenset((2046, 2155, 2166, 2015, 2038, 1083))
"""Codes below errors that are mostly right in configs."""


class Remark(Record):
    """One remark: the code's number, its level (error, warning, info, style), and the words as a message of ours."""

    code: int
    level: str
    message: str
    span: Span


def remarks(file: File) -> tuple[Remark, ...]:
    """Return all remarks. The phases of a job are one script, as they run in one shell; broken commands are left out."""
    broken = {id(one.command) for one in unread(file)}
    asked = [one for one in file.commands if id(one) not in broken and one.phase != "deploy" and runs_bash(file, one)]
    owners = dict.fromkeys(id(one.owners[0]) for one in asked)
    scripts = [[one for one in asked if id(one.owners[0]) == owner] for owner in owners]
    return tuple(remark for script in scripts for remark in _checked(file, script))


def _checked(file: File, commands: list[Command]) -> list[Remark]:
    starts, text = [], ""
    for command in commands:
        starts.append(len(text))
        text += f"{command.text}\n\n"
    ran = file.run(_WORDS, text) if file.run is not None else None
    if ran is None or ran.status > 1:
        return []
    lines = [0]
    for line in text.split("\n"):
        lines.append(lines[-1] + len(line) + 1)
    found = []
    for one in loads(ran.output)["comments"]:
        start = lines[one["line"] - 1] + one["column"] - 1
        end = max(lines[one["endLine"] - 1] + one["endColumn"] - 1, start + 1)
        number = bisect_right(starts, start) - 1
        command, base = commands[number], starts[number]
        span = command.span(start - base, min(end - base, len(command.text)))
        found.append(Remark(one["code"], one["level"], _worded(one["message"], one["code"]), span))
    return found


def _worded(text: str, code: int) -> str:
    """Put shellcheck's words into our form: one lower-case sentence, with the code at its end."""
    words = sub(r"\. (?=[A-Z])", "; ", " ".join(text.split()).rstrip("."))
    if words[1:2].islower() or words[1:2] == " ":
        words = words[:1].lower() + words[1:]
    return f"{words} (shellcheck SC{code})"
