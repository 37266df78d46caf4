"""`script`: a command of the repository, which Travis's tool runs in a shell of its own."""

from __future__ import annotations

import re

from travistool.migrate import shell
from travistool.migrate.blocks import text_of
from travistool.migrate.deploy.options import Options

# Travis puts the option in double quotes first, so that variables between single quotes count as well.
_FILLED_IN_TWICE = re.compile(r"'[^']*\$[^']*'")


def commands(options: Options) -> list[str]:
    """Return the commands: each in a shell of its own unless it is a single one, and its last status counts."""
    texts = [text_of(one) for one in options.values("script")]
    return [_alone(one, is_only=len(texts) == 1) for one in texts]


def _alone(text: str, *, is_only: bool) -> str:
    if _FILLED_IN_TWICE.search(text):
        quoted = re.sub(r'(?<!\\)"', r"\"", text)
        return f'bash -c "{quoted}"'
    reading = shell.read(text)
    if reading.is_simple and not reading.open and (is_only or not shell.leaks(text)):
        return text
    return f"(\nset +e\n{text}\n)"
