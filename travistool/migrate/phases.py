"""A job's phases as shell text, for targets that run it with Bash: what stops, what is noted, what is ignored.

The texts do with `set -e` (as most targets have it) and without, and ask for `pipefail` to be off.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from travistool.migrate import shell
from travistool.migrate.functions import FUNCTIONS, functions_in
from travistool.migrate.model import Block, Row

SETUP = ("before_install", "install", "before_script")
AFTER = ("after_success", "after_failure", "after_script")
RESULT = "TRAVIS_TEST_RESULT"
_RUNS_MORE = re.compile(r"\$\(|[`|<>]")


class Needs(NamedTuple):
    """What the phases of a row share. `state`: earlier commands change the shell of later ones.

    `leaves`: a command may end the job at once. Where either is true, set-up and script belong into one shell.
    """

    state: bool
    leaves: bool
    after: bool


def needs(row: Row) -> Needs:
    """Return what the phases of a row share."""
    before = [row.blocks[name] for name in (*SETUP, "script") if name in row.blocks]
    later = any(name in row.blocks for name in (*AFTER, "before_cache", "before_deploy", "after_deploy")) or bool(
        row.deployments or row.creates
    )
    # What a language does to set up ends its job as a step that fails does; behind a script on its own there is nothing.
    leaving = [block for block in before if (later if block.phase == "script" else not block.is_default)]
    earlier = before if later else before[:-1]
    state = any(shell.leaks(command) for block in earlier for command in block.commands)
    leaves = any(shell.leaves(command) for block in leaving for command in block.commands)
    return Needs(state, leaves and (len(before) > 1 or later), later)


def setup_text(block: Block) -> str:
    """Return a set-up phase on its own: it ends at the first command that fails."""
    commands = block.commands
    if _may_stop(block) or _needs_function(block):
        return "\n".join(("set +e", *stopping(block, strict=_may_stop(block))))
    if all(_is_single(command) for command in commands):
        return "\n".join(_each(block, str))
    if len(commands) == 1:
        return "\n".join(("set +e", *ignoring(block)))
    return "\n".join(("set +e", *stopping(block)))


def script_text(block: Block) -> str:
    """Return the script on its own: every command runs, the result is that of all."""
    commands = block.commands
    if len(commands) == 1:
        (command,) = commands
        if _is_single(command):
            return "\n".join(_each(block, str))
        return "\n".join(("set +e", *ignoring(block)))
    strict = _may_stop(block)
    noted = noting(block, _name(commands), strict=strict)
    # Before the last command of several, `set -e` would stop at what Travis does not look at.
    on = ("set +e",) if strict or any(sign in command for command in commands for sign in "\n;") else ()
    return "\n".join((*on, f"{_name(commands)}=0", *noted, f'exit "${_name(commands)}"'))


def after_text(block: Block) -> str:
    """Return a phase whose result nobody asks for."""
    return "\n".join(("set +e", *ignoring(block)))


def joined_text(row: Row, saved: Callable[[str], str] = str) -> str:
    """Return set-up and script in one shell. `saved` gives, for the variable with the result, what is run at the end."""
    result = RESULT if RESULT in row.builtins else "result"
    strict = shell.may_stop(row.texts)
    lines = ["set +e"]
    for name in SETUP:
        if name in row.blocks:
            lines.append(f"# {name}")
            lines += stopping(row.blocks[name], strict=strict)
    block = row.blocks.get("script")
    lines += ["# script", f"export {RESULT}=0" if result == RESULT else "result=0"]
    lines += noting(block, result, strict=strict) if block else []
    lines += [line for line in (saved(result),) if line]
    return "\n".join((*lines, f'exit "${result}"'))


def with_functions(text: str, *, but: Iterable[str] = ()) -> str:
    """Return a text with the functions of Travis that it calls in front of it."""
    left = [FUNCTIONS[name] for name in functions_in(text) if name not in but]
    return "\n".join((*left, text))


def stopping(block: Block, *, strict: bool = False) -> list[str]:
    """Return the commands of a block in a shell that goes on by itself: each one that fails ends it.

    `strict`: a command may have turned on `set -e`, which counts as on Travis.
    """
    return _each(block, lambda command: _stopping(command, strict=strict))


def noting(block: Block, result: str, *, strict: bool = False) -> list[str]:
    """Return the commands of a block: each one that fails sets a variable to 1."""
    return _each(block, lambda command: _noting(command, f"{result}=1", strict=strict))


def ignoring(block: Block) -> list[str]:
    """Return the commands of a block whose results do not matter."""
    return _each(block, _ignoring)


def _stopping(command: str, *, strict: bool) -> str:
    text = command_or(command, "exit", strict=strict)
    if not shell.needs_function(command):
        return text
    # Whoever returns is asked nothing on Travis, but by `set -e`, which `||` would turn off in it.
    return f"{shell.in_function(text)}\ntrue" if strict else shell.in_function(text, "|| true")


def _noting(command: str, what: str, *, strict: bool) -> str:
    if not shell.needs_function(command):
        return command_or(command, what, strict=strict)
    text = shell.alone(command)
    return f"{shell.in_function(text)}\n[ $? = 0 ] || {what}" if strict else shell.in_function(text, f"|| {what}")


def _ignoring(command: str) -> str:
    text = shell.alone(command)
    return shell.in_function(text) if shell.needs_function(command) else text


def _each(block: Block, render: Callable[[str], str]) -> list[str]:
    """Return the commands as `render` writes them, the comments of the config above them."""
    return [f"{comment}\n{render(command)}" if comment else render(command) for command, comment in block.told()]


def _name(commands: Iterable[str]) -> str:
    return RESULT if any(RESULT in command for command in commands) else "result"


def command_or(command: str, what: str, *, strict: bool = False) -> str:
    """Return a command with what happens when it fails: `exit`, or a variable that is set."""
    if _cannot_fail(command) or (command.startswith("exit ") and shell.read(command).is_simple):
        return command
    return shell.checked(command, what) if strict else shell.followed(command, f"|| {what}")


def _may_stop(block: Block) -> bool:
    return any(map(shell.may_stop, block.commands))


def _needs_function(block: Block) -> bool:
    return any(map(shell.needs_function, block.commands))


def _cannot_fail(command: str) -> bool:
    """Tell whether a command is an `export` or `echo` of plain text: these say nothing about success."""
    word = command.split(None, 1)[0] if command.split() else ""
    return word in ("export", "echo", "set") and shell.read(command).is_simple and not _RUNS_MORE.search(command)


def _is_single(command: str) -> bool:
    """Tell whether `set -e` does to a command what Travis does: it is one command, not a list."""
    reading = shell.read(command)
    word = command.split(None, 1)[0] if command.split() else ""
    several = ("source", ".", "eval", "nvm", "rvm", "!", "set", "time", "return", "local")
    return reading.is_simple and not reading.open and word not in several
