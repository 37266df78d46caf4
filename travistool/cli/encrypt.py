"""`travistool encrypt`: a `secure:` text for a value, printed or written into the config."""

from __future__ import annotations

import getpass
import re
import shlex
import sys

from travistool.cli.option import Options, argument, switch, text
from travistool.cli.terminal import write, write_aside
from travistool.errors import FileError, UsageError

EXAMPLES = """\b
Examples:
  travistool encrypt TOKEN --public-key key.pem                       asks for the value, or reads it from a pipe
  travistool encrypt TOKEN --public-key key.pem --add env.global      writes it into .travis.yml
  travistool encrypt --raw - --public-key key.pem --add deploy.api_key < key.txt
  travistool simulate --private-key own.pem                           runs with what was encrypted for your own key

Exit codes: 0 encrypted, 2 wrong usage, 4 no file, 5 the config cannot be written.
"""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_KEY = re.compile(r"[A-Za-z_][\w-]*|\d+", re.ASCII)
_LISTS = (("env", "global"), ("env", "jobs"), ("env", "matrix"))


class EncryptOptions(Options):
    """The options of the command line."""

    value: str = argument(
        "The variable. Without =VALUE, the value is asked for or read from standard input.", "NAME[=VALUE]", needed=True
    )
    file: str = argument("The config, for --add.")
    public_key: str = text(
        "--public-key", help="The repository's public key: PEM, or the JSON of Travis's API.", metavar="FILE"
    )
    add: str = text("--add", help="Write it to this place: env.global, deploy.api_key ...", metavar="PATH")
    raw: bool = switch(
        "--raw", help="The text itself, no variable; - is standard input. So it is with --add beside env."
    )


def encrypt(options: EncryptOptions) -> int:
    """Encrypt a value for Travis as its own client does: quoted for the shell, with the repository's public key."""
    # Imported late: help and completion do without.
    from travistool.simulate import keys  # noqa: PLC0415

    if not options.public_key:
        raise UsageError(
            "--public-key is missing", "travis pubkey --pem, or the key that Travis's API tells, in a file"
        )
    if options.file and not options.add:
        raise UsageError("a config is only needed with --add", "add --add env.global, or leave it out")
    path = _path(options.add)
    key = keys.public_key(read_key("--public-key", options.public_key))
    secure = keys.encrypt(key, _clear(options.value, raw=options.raw or bool(path and path[0] != "env")))
    if path:
        _add(options.file, path, secure)
    else:
        write(f'secure: "{secure}"\n')
    return 0


def read_key(flag: str, path: str) -> str:
    """Return the text of a key's file. Raises UsageError."""
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or "it is no text").lower()
        raise UsageError(f"the file of {flag}, '{path}', cannot be read: {why}") from error


def _path(text: str) -> tuple[str, ...]:
    found = tuple(text.split(".")) if text else ()
    if not all(_KEY.fullmatch(one) for one in found):
        raise UsageError(f"--add takes a place such as env.global or deploy.api_key, not '{text}'")
    if found[:1] == ("env",) and found not in _LISTS:
        raise UsageError(f"--add takes env.global or env.jobs for variables, not '{text}'")
    return found


def _clear(text: str, *, raw: bool) -> str:
    """Return what is to be encrypted. A variable's value is quoted, as Travis gives it to a shell."""
    if raw:
        return _read("the value") if text == "-" else text
    name, sign, value = text.partition("=")
    if not _NAME.match(name):
        raise UsageError("a variable is NAME=VALUE, or NAME with the value on standard input", "or use --raw")
    value = value if sign else _read(name)
    if "\n" in value:
        write_aside(
            f"note: Travis does not set a variable whose value has line breaks, such as {name} has here\n"
            "  encode it, with base64 for instance, and decode it in the job\n"
        )
    return f"{name}={shlex.quote(value)}"


def _read(name: str) -> str:
    """Return a value from standard input, without its last line end; from a terminal it is asked for, unseen."""
    if sys.stdin is None:
        raise UsageError(f"there is no standard input to read {name} from")
    if sys.stdin.isatty():
        return getpass.getpass(f"{name}: ")
    value = sys.stdin.buffer.read().decode("utf-8", "surrogateescape")
    if not value:
        raise UsageError(f"standard input is empty, there is no value for {name}")
    return value.removesuffix("\n").removesuffix("\r")


def _add(file: str, path: tuple[str, ...], secure: str) -> None:
    # Imported late: without --add, no config is read.
    from travistool.cli.files import STDIN, find, load  # noqa: PLC0415
    from travistool.cli.fix import save  # noqa: PLC0415
    from travistool.cli.inserting import inserted  # noqa: PLC0415
    from travistool.document.parse import parse  # noqa: PLC0415

    if file == STDIN:
        raise UsageError("--add writes to a file, not to standard input")
    (found,) = find((file,) if file else ())
    source, problem = load(found)
    if source is None or problem is not None:
        raise FileError(f"{found}: {problem.message if problem else 'it cannot be read'}")
    document = parse(source)
    if document.root is None and document.problems:
        raise FileError(
            f"{found}: {document.problems[0].message}", f'mend it first, or add by hand:  secure: "{secure}"'
        )
    after = inserted(source, path, secure)
    if after is None:
        raise UsageError(
            f"{found}: '{'.'.join(path)}' cannot be written without touching more than that",
            f'add it by hand:  secure: "{secure}"',
        )
    why = save(found, source, after)
    if why:
        raise FileError(f"{found} is not changed: {why}")
    write_aside(f"{found}: {'added to' if path in _LISTS else 'set'} {'.'.join(path)}\n")
