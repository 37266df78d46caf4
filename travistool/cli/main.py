"""The entry point. A plain call is read here, without the full command line: that saves most of a start."""

from __future__ import annotations

import errno
import gc
import os
import sys

from travistool.cli.commands import COMMANDS, options_of
from travistool.cli.option import parse_quickly
from travistool.errors import OutputError, TravistoolError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

INTERRUPTED = 130
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_READING = (["lint"], ["expand"], ["compile"])
"""Commands that only read YAML. `simulate` loads the parser itself, while git works."""


def run() -> None:
    """Run the command line and end the process with its exit code."""
    code = main()
    for stream in (sys.stdout, sys.stderr):
        error = _flushed(stream)
        if isinstance(error, BrokenPipeError):
            code = code or 1
        elif error is not None:
            _complain(f"error: cannot write: {error.strerror}", "")
            code = code or OutputError.exit_code
    # What Python would clear up object by object goes with the process.
    os._exit(code)


def _flushed(stream: TextIO | None) -> OSError | None:
    """Write out what a stream still holds; return what keeps it from that."""
    try:
        if stream is not None:
            stream.flush()
    except OSError as error:
        return error
    return None


def main() -> int:
    """Run the command line and return the exit code. What stops the tool becomes one clear line."""
    try:
        return _run(sys.argv[1:])
    except TravistoolError as error:
        _complain(f"error: {error.message}", error.hint)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # noqa: BLE001  # the last resort: one line and a report, never a traceback
        if isinstance(error, OSError) and error.errno in _FULL:
            _complain(f"error: cannot write: {error.strerror}", "make room, and try again")
            return OutputError.exit_code
        # Imported late: only a bug brings us here.
        from travistool.cli.crash import save_report  # noqa: PLC0415

        message, hint, code = save_report(error)
        _complain(f"internal error: {message}", hint)
        return code


def _run(arguments: list[str]) -> int:
    # Loading makes many objects and no garbage: looking for some takes a tenth of a start.
    gc.disable()
    if arguments[:1] in _READING:
        from travistool.document.lean import load_parts  # noqa: PLC0415

        load_parts()
    command = next((one for one in COMMANDS if arguments[:1] == [one.name]), None)
    if command is not None and "_TRAVISTOOL_COMPLETE" not in os.environ:
        run = command.load()
        options = parse_quickly(options_of(run), arguments[1:])
        if options is not None:
            gc.enable()
            return run(options)
    # Imported late: a correct call does without, and it takes as long as all else of a start.
    from travistool.cli.app import run_app  # noqa: PLC0415

    gc.enable()
    return run_app(arguments)


def _complain(line: str, hint: str) -> None:
    # Imported late: a clean run has nothing to complain about.
    from travistool.report.layout import printable  # noqa: PLC0415

    _flushed(sys.stdout)
    try:
        if sys.stderr is not None:
            print(f"travistool: {printable(line)}", file=sys.stderr)
            if hint:
                print(f"  {printable(hint)}", file=sys.stderr)
    except OSError:
        return
