"""In `script` all commands run, whatever those before them said: after a failed build the tests run, too."""

from __future__ import annotations

from collections.abc import Iterator
from re import search

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import commands, program
from travistool.lint.subject import File, place
from travistool.lint.wording import quoted
from travistool.schema.elements import flatten

_BUILDING = (
    r"^(make|cmake|\S*configure|ninja|autoreconf|autogen\.sh|mvn|gradlew?|meson|qmake|msbuild|dotnet|bazel|stack)\Z"
)
_CHECKING = r"\b(test|check|lint|verify|spec)"


def check(file: File) -> Iterator[Finding]:
    for owner in file.owners:
        script = owner.get("script")
        items = [one for one in flatten(script) if isinstance(one.value, str)] if script is not None else []
        for one in items[:-1]:
            found = commands(str(one.value))
            name = program(found[-1]) if found else ""
            if search(_BUILDING, name) and not search(_CHECKING, str(one.value)) and "--version" not in str(one.value):
                message = f"when {quoted(name)} fails, the commands after it still run, join them with '&&'"
                yield Finding(place(one), message)
                break


RULE = Rule(
    name="runs-on-after-failure",
    severity=Severity.INFO,
    summary="commands of `script` run after a failed build",
    why="Travis runs every command of `script` and fails the job at the end. After a build that failed, the others"
    " fail as well, and the log shows the real cause far above. What must stop the job belongs in `install`, "
    "or joined with `&&`.",
    bad="language: c\nscript:\n  - make # <- here\n  - make test\n",
    good="language: c\nscript:\n  - make && make test\n",
    check=check,
    trigger=(
        ("script", "make"),
        ("script", "mvn"),
        ("script", "gradle"),
        ("script", "ninja"),
        ("script", "configure"),
        ("script", "stack"),
        ("script", "dotnet"),
        ("script", "bazel"),
        ("script", "meson"),
        ("script", "msbuild"),
    ),
    profile="pedantic",
)
