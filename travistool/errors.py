"""What stops the tool. What is wrong with a user's config is a Diagnostic instead."""

from __future__ import annotations


class TravistoolError(Exception):
    """One clear line for the user; each subclass has an exit code of its own (a test keeps them unique).

    `hint` is the next step, shown on a line of its own.
    """

    exit_code = 3

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(TravistoolError):
    """The command line makes no sense: an unknown option, a bad value."""

    exit_code = 2


class FileError(TravistoolError):
    """A file or folder cannot be read, or is not what it must be."""

    exit_code = 4


class OutputError(TravistoolError):
    """A result cannot be written."""

    exit_code = 5


class EngineError(TravistoolError):
    """What runs jobs does not work: no container engine answers, no shell is there. `simulate` exits with 5."""

    exit_code = 8


class SchemaError(TravistoolError):
    """A file under schemas/ is not a valid schema. A bug of ours, or of whoever edits schemas."""

    exit_code = 7


class InternalError(TravistoolError):
    """A bug: something crashed that should not. The report file holds the traceback."""

    exit_code = 70
