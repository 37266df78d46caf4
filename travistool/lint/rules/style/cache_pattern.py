"""A pattern among the cached folders is expanded when the job starts, before there is anything that it could match."""

from __future__ import annotations

from re import search

from travistool.diagnostics import Severity
from travistool.lint.fixes import replacement
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import within
from travistool.lint.wording import quoted
from travistool.schema.elements import flatten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.subject import File

_PATTERN = r"[*?]|\[[^\]]+\]"


def check(file: File) -> Iterator[Finding]:
    for owner in file.owners:
        cache = owner.get("cache")
        folders = cache.get("directories") if cache is not None else None
        for one in flatten(folders) if folders is not None else ():
            found = search(_PATTERN, str(one.value)) if one.kind == "str" else None
            if found is None:
                continue
            whole = str(one.value)[: found.start()].rpartition("/")[0]
            hint = (
                f", name the folder {quoted(whole)}" if whole.strip("$~/") not in ("", "HOME") else ", name the folder"
            )
            message = f"the pattern {quoted(found[0])} is expanded when the job starts and matches nothing yet{hint}"
            is_last = search(r"/\*\*?/?\Z", str(one.value)) is not None and whole.strip("$~/") not in ("", "HOME")
            rest = str(one.value)[len(whole) :]
            span = within(one, len(whole), len(whole) + len(rest))
            fix = replacement(f"write {quoted(whole)}", (span, rest, "")) if is_last else None
            yield Finding(within(one, *found.span()), message, fix)


RULE = Rule(
    name="cache-pattern",
    severity=Severity.WARNING,
    summary="a cached folder is given as a pattern",
    why="The shell expands the pattern at the start of the job, where the folders are not there yet in most builds, so what the "
    "build puts there later is not stored. Name the folder above.",
    bad="language: scala\ncache:\n  directories:\n    - $HOME/.sbt/* # <- here\n",
    good="language: scala\ncache:\n  directories:\n    - $HOME/.sbt\n",
    check=check,
    fix="unsafe",
    trigger=(("cache", "directories", "*"), ("cache", "directories", "?"), ("cache", "directories", "[")),
)
