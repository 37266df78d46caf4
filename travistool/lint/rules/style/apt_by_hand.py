"""Packages are installed by a command where the addon would do: Travis retries the addon, and folds its output away."""

from __future__ import annotations

from re import fullmatch

from travistool.diagnostics import Severity
from travistool.lint.fixes import packages_for
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import call, calls

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.subject import File

_OF_ADDON = frozenset(("-y", "-q", "-qq", "-yq", "-qy", "-yqq", "-qqy", "--yes", "--assume-yes", "--quiet"))
"""Options that the addon gives as well."""
_UPDATE = (
    r"\s*(?:sudo\s+(?:-\S+\s+)*)?(?:travis_retry\s+)?(?:sudo\s+)?apt(?:-get)?(?:\s+-\S+)*\s+update(?:\s+-\S+)*\s*&&\s*"
)
"""What stands before an install that hangs on it."""
_PHASES = ("before_install", "install", "before_script")


def check(file: File) -> Iterator[Finding]:
    for command, one in calls(file, "apt-get", "apt "):
        words = [word for word in call(one) if not word.text.startswith("-")]
        if command.phase not in _PHASES or one.inside or len(words) < 3:
            continue
        if one.after_test and not (one.link == "&&" and fullmatch(_UPDATE, command.text[: one.start])):
            continue
        names = [word.text for word in words[2:]]
        if (
            words[0].text in ("apt-get", "apt")
            and words[1].text == "install"
            and not any(_is_special(name) for name in names)
        ):
            message = (
                "packages are installed by hand, 'addons: {apt: {packages: [...]}}' also updates the lists and retries"
            )
            plain = [word.text for word in call(one) if word.text.startswith("-")]
            is_all = not one.link and not one.next and not one.redirects and {*plain} <= _OF_ADDON
            fix = packages_for(file, command, names) if is_all else None
            yield Finding(command.span(words[0].start, words[1].end), message, fix)


def _is_special(name: str) -> bool:
    """Tell whether the addon cannot do it: files, versions, variables."""
    return any(char in name for char in "$/*`=")


RULE = Rule(
    name="apt-by-hand",
    severity=Severity.INFO,
    summary="packages are installed by a command",
    why="The addon `apt` updates the lists, tries again when a mirror does not answer, and keeps the log short. A command that "
    "fails ends the build.",
    bad="language: c\nbefore_install:\n  - sudo apt-get install -y valgrind # <- here\n",
    good="language: c\naddons:\n  apt:\n    packages:\n      - valgrind\n",
    check=check,
    trigger=(("apt", "install"),),
    profile="strict",
    fix="unsafe",
)
