"""Travis clones one branch: `origin/main` is not there when another one is built."""

from __future__ import annotations

from re import fullmatch

from travistool.diagnostics import Severity
from travistool.lint.jobs import value_of
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import call, calls, is_conditional, program
from travistool.lint.wording import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.subject import Command, File

_READING = ("diff", "log", "merge-base", "rev-list", "rev-parse", "diff-tree", "show", "describe", "cherry", "shortlog")
_NAMED = r"(?:.*\.\.)?\^?origin/([\w./-]*?\w)(?:\.\..*|[\^~:].*)?"
_FETCHING = (
    "git fetch",
    "git remote set-branches",
    "git remote update",
    "git pull",
    "git clone",
    "refs/heads",
    "+refs",
)


def check(file: File) -> Iterator[Finding]:
    if any(word in file.text for word in _FETCHING):
        return
    only = {str(one.value) for one in file.listed("branches", "only")}
    for command, one in calls(file, "origin/"):
        words = call(one)
        if program(one) != "git" or len(words) < 3 or words[1].text not in _READING:
            continue
        if one.rescued or is_conditional(one) or any(map(_is_whole, _depths(file, command))):
            continue
        for word in words[2:]:
            found = fullmatch(_NAMED, word.text)
            if found is not None and only != {found[1]} and found[1] != "HEAD":
                message = (
                    f"Travis clones only the branch that it builds, so {quoted(f'origin/{found[1]}')} may be missing"
                )
                yield Finding(command.span(word.start, word.end), f"{message}: fetch it first")
                break


def _depths(file: File, command: Command) -> Iterator[object]:
    for owner in command.owners:
        git = value_of(file, owner, "git")
        depth = git.get("depth") if git is not None else None
        yield depth.value if depth is not None else None


def _is_whole(depth: object) -> bool:
    """Tell whether all branches are cloned, as without a depth."""
    return depth is False


RULE = Rule(
    name="branch-not-fetched",
    severity=Severity.WARNING,
    summary="a command needs a branch that is not cloned",
    why="Travis runs `git clone --depth=50 --branch=<the branch>`, which brings that branch alone. A comparison with another one "
    "fails as an unknown revision. Fetch it, `git fetch origin main:refs/remotes/origin/main`, or clone all: `git: {depth: false}`.",
    bad="language: c\nscript: git diff --name-only origin/main # <- here\n",
    good="language: c\nbefore_script: git fetch origin main:refs/remotes/origin/main\nscript: git diff --name-only origin/main\n",
    check=check,
    trigger=(("git ", "origin/"),),
    sources=(
        "https://github.com/tpm2-software/tpm2-tools/issues/1482: `git diff --check origin/master` ends the builds of branches",
        "https://github.com/tpm2-software/tpm2-tss/pull/1846: `origin/2.4.x` is an unknown revision, fetched since then",
    ),
)
