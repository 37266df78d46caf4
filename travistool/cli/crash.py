"""A bug: keep the traceback in a file that can be pasted, and say so in one line."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback

from travistool import __version__
from travistool.errors import InternalError


def save_report(error: BaseException) -> tuple[str, str, int]:
    """Write the traceback to a new file; return the message, the next step and the exit code.

    The report holds no file contents and no environment, only what the traceback shows.
    """
    lines = [
        f"travistool {__version__}, Python {platform.python_version()}, {platform.platform()}\n",
        f"command: {' '.join(sys.argv[1:2])}\n\n",
        *traceback.format_exception(error),
    ]
    message = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'no details'}"
    try:
        handle, path = tempfile.mkstemp(prefix="travistool-crash-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            file.writelines(lines)
    except OSError:
        return message, "this is a bug in travistool; please report it", InternalError.exit_code
    return message, f"this is a bug in travistool; please report it with {path}", InternalError.exit_code
