"""`npm ci` deletes `node_modules` before it installs, so a cache of that folder costs time and saves none."""

from __future__ import annotations

from re import fullmatch

from travistool.diagnostics import Severity
from travistool.lint.fixes import deletion, replacement
from travistool.lint.jobs import runs_in, users
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import place
from travistool.schema.elements import flatten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.diagnostics import Fix
    from travistool.lint.shell import Simple
    from travistool.lint.subject import Command, File
    from travistool.schema.elements import Element

_FOLDER = r"(?:\./|\$TRAVIS_BUILD_DIR/|\$\{TRAVIS_BUILD_DIR\}/)?node_modules/?"


def check(file: File) -> Iterator[Finding]:
    installing = list(_installing(file))
    for owner in file.owners:
        cache = owner.get("cache")
        folders = cache.get("directories") if cache is not None else None
        stored = list(flatten(folders)) if folders is not None else []
        for one in stored:
            if fullmatch(_FOLDER, str(one.value)) is None:
                continue
            having = list(users(file, owner, "cache"))
            first = next(
                (command for command in installing if any(runs_in(file, command, job) for job in having)), None
            )
            if first is not None:
                message = "'npm ci' deletes 'node_modules' before it installs, cache '$HOME/.npm' instead"
                fix = _fix(file, one, [str(folder.value) for folder in stored])
                yield Finding(place(one), message, fix, ((place(first.element), "here"),))


def _fix(file: File, one: Element, folders: list[str]) -> Fix | None:
    if any(folder.rstrip("/").endswith("/.npm") for folder in folders):
        return deletion(file, one, "delete it, '.npm' is stored already")
    span = place(one)
    return replacement("store '$HOME/.npm'", (span, span.text, "$HOME/.npm"))


def _installing(file: File) -> Iterator[Command]:
    """Yield the commands with an `npm ci` in the folder of the repository."""
    # Imported late: few files have all words of the trigger.
    from travistool.lint.shell import calls, program  # noqa: PLC0415

    moved = False
    for command, one in calls(file):
        moved = moved or program(one) in ("cd", "pushd")
        if not moved and _is_clean_install(one):
            yield command


def _is_clean_install(one: Simple) -> bool:
    from travistool.lint.shell import call  # noqa: PLC0415  see above

    words = [word.text for word in call(one)]
    return words[:1] == ["npm"] and "ci" in words[1:3] and not any(word.startswith("--prefix") for word in words)


RULE = Rule(
    name="cache-emptied",
    severity=Severity.INFO,
    summary="`node_modules` is cached, and `npm ci` deletes it",
    why="The folder is fetched, deleted, filled anew and stored again in every build. What `npm ci` can use is the cache of npm "
    "itself, `$HOME/.npm`, which Travis stores by itself unless `npm: false` says otherwise.",
    bad="language: node_js\ncache:\n  directories:\n    - node_modules # <- here\ninstall: npm ci\n",
    good="language: node_js\ncache: npm\ninstall: npm ci\n",
    check=check,
    trigger=(("cache", "node_modules", "npm ci"),),
    fix="unsafe",
)
