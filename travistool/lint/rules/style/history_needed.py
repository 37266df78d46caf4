"""Git's history is cut off at 50 commits, or where `git.depth` says: what needs more of it fails or is wrong."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.fixes import new_key, replacement
from travistool.lint.jobs import value_of
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import call, calls
from travistool.lint.subject import place
from travistool.lint.wording import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.diagnostics import Fix
    from travistool.lint.shell import Simple
    from travistool.lint.subject import Command, File

_DEEP = frozenset(("describe", "blame", "shortlog", "merge-base"))
_USUAL = "50"


def check(file: File) -> Iterator[Finding]:
    if "unshallow" in file.text or "--depth=1000" in file.text:
        return
    for command, one in calls(file, *_DEEP):
        words = call(one)
        if len(words) < 2 or words[0].text != "git" or words[1].text not in _DEEP or _is_plain(one, command):
            continue
        depth = _depth(file, command)
        if depth:
            what = f"git {words[1].text}"
            message = (
                f"{quoted(what)} sees only the last {depth} commits, write 'git: {{depth: false}}' if it needs more"
            )
            yield Finding(command.span(words[0].start, words[1].end), message, _fix(file))


def _fix(file: File) -> Fix | None:
    git = file.root.get("git")
    if git is None:
        # Before the first key, as such settings are.
        first = next((one for one in file.root.children.values() if one.key_node is not None), None)
        return new_key(file, first, "git: {depth: false}") if first is not None else None
    depth = git.get("depth")
    span = place(depth) if depth is not None and depth.node is not None else None
    return replacement("fetch the whole history", (span, span.text, "false")) if span is not None else None


def _depth(file: File, command: Command) -> str:
    """Return how many commits there are, `` for all."""
    for owner in command.owners:
        git = value_of(file, owner, "git")
        depth = git.get("depth") if git is not None else None
        if depth is None:
            return _USUAL
        if depth.value is False or not str(depth.value).isdigit() or int(str(depth.value)) > 500:
            continue
        return str(depth.value)
    return ""


def _is_plain(one: Simple, command: Command) -> bool:
    """Tell whether the call needs no history: `--always` has a way out, `--exact-match` looks at one commit.

    Nor does one in another repository, or behind a fetch, or of the newest tag itself.
    """
    before = command.text[: one.start]
    if "cd " in before or "git clone" in before or "git fetch" in before:
        return True
    return any(word.text in ("--always", "--exact-match") or "rev-list --tags" in word.raw for word in one.words)


RULE = Rule(
    name="history-needed",
    severity=Severity.INFO,
    summary="a command needs more history than is cloned",
    why="Travis clones 50 commits. `git describe` finds no tag that is further away and fails, or names an older one once the "
    "tag has moved out of sight. `git: {depth: false}` clones all.",
    bad="language: c\nscript:\n  - make VERSION=$(git describe --tags) # <- here\n",
    good="language: c\ngit:\n  depth: false\nscript:\n  - make VERSION=$(git describe --tags)\n",
    check=check,
    trigger=tuple([("git ", word) for word in sorted(_DEEP)]),
    profile="strict",
    fix="unsafe",
)
