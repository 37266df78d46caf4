"""A command as long as a program: it cannot be run at home, and no editor or checker knows it for shell code."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import place
from travistool.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.subject import File

_LENGTH = 250
_LINES = 15


def check(file: File) -> Iterator[Finding]:
    for command in file.commands:
        if len(command.text) <= _LENGTH and command.text.count("\n") < _LINES:
            continue
        lines = command.text.strip().count("\n") + 1
        length = max(map(len, command.text.splitlines()), default=0)
        if length <= _LENGTH and lines <= _LINES:
            continue
        whole = place(command.element)
        end = file.text.find("\n", whole.start)
        span = Span(file.source, whole.start, min(whole.end, end if end >= 0 else whole.end))
        size = f"{lines} lines" if lines > _LINES else f"a line of {length} characters"
        yield Finding(span, f"this command has {size}, move it to a script that you can also run locally")


RULE = Rule(
    name="long-inline",
    severity=Severity.INFO,
    summary="a command is as long as a program",
    why="Code in a config cannot be run or checked without Travis. In a file such as `ci/test.sh` it can, `set -e` ends it at the "
    "first failure, and it stays when the config moves elsewhere.",
    bad="language: c\nscript:\n  - | # <- here\n" + "".join([f"    echo check-{number}\n" for number in range(1, 17)]),
    good="language: c\nscript:\n  - ci/check.sh\n",
    check=check,
    trigger=("script", "install", "after_", "before_"),
    profile="pedantic",
)
