"""Dependencies are installed by hand, and by the default of the language once more."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.fixes import deletion
from travistool.lint.jobs import language_of, value_of
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import call, calls, program
from travistool.lint.wording import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.subject import File
    from travistool.schema.elements import Element

_COMMANDS: dict[str, tuple[str, ...]] = {
    "npm install": ("node_js",),
    "npm i": ("node_js",),
    "npm ci": ("node_js",),
    "yarn": ("node_js",),
    "yarn install": ("node_js",),
    "bundle install": ("ruby",),
    "bundle": ("ruby",),
    "pip install -r requirements.txt": ("python",),
    "pip install --requirement requirements.txt": ("python",),
}
"""Commands, and the languages whose `install` does it by default where the repository has the file for it."""

_PROGRAMS = tuple(dict.fromkeys(command.split()[0] for command in _COMMANDS))
_LANGUAGES = frozenset(language for languages in _COMMANDS.values() for language in languages)
_BEFORE = ("before_install", "before_script", "script")


def check(file: File) -> Iterator[Finding]:
    if not any(_is_by_default(file, owner) for owner in file.owners):
        return
    moved: set[str] = set()
    renewed: set[str] = set()
    for command, one in calls(file, "cd", "pushd", "nvm", "node_modules", *_PROGRAMS):
        if program(one) in ("cd", "pushd"):
            moved.add(command.phase)
        words = call(one)
        if command.phase != "before_install" and _renews(program(one), [word.text for word in words[1:]]):
            renewed.add(command.phase)
        text = " ".join([word.text for word in words])
        if (
            text not in _COMMANDS
            or command.phase not in _BEFORE
            or moved
            or command.phase in renewed
            or one.inside
            or one.after_test
        ):
            continue
        owners = [owner for owner in command.owners if language_of(file, owner) in _COMMANDS[text]]
        if owners and all(value_of(file, owner, "install") is None for owner in owners):
            message = f"Travis already does {quoted(text)} in 'install' by default, move it there or delete it"
            is_all = not one.link and not one.next
            fix = deletion(file, command.element, "delete the command") if is_all else None
            yield Finding(command.span(words[0].start, words[-1].end), message, fix)


def _renews(name: str, words: list[str]) -> bool:
    """Tell whether what was installed by default is of no use any more: for another Node, or deleted."""
    if name == "nvm":
        return words[:1] in (["use"], ["install"])
    return name == "rm" and any(word.rstrip("/").endswith("node_modules") for word in words)


def _is_by_default(file: File, owner: Element) -> bool:
    return language_of(file, owner) in _LANGUAGES and value_of(file, owner, "install") is None


RULE = Rule(
    name="installed-twice",
    severity=Severity.INFO,
    summary="dependencies are installed by hand and by default",
    why="Without `install` in the config Travis installs the dependencies itself, by the files that it finds. The same command in "
    "another phase does it again, with the time it takes. As `install` it takes the default's place.",
    bad="language: node_js\nnode_js: '20'\nbefore_script:\n  - npm install # <- here\n  - npm run build\n",
    good="language: node_js\nnode_js: '20'\ninstall: npm install\nbefore_script: npm run build\n",
    check=check,
    trigger=tuple(_COMMANDS),
    fix="unsafe",
)
