"""npm updates itself in each job: a download more, and a version that changes without a commit."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import call, calls
from travistool.lint.wording import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.subject import File

_INSTALL = ("install", "i", "update", "upgrade")
_MOVING = ("npm", "npm@latest", "npm@next")


def check(file: File) -> Iterator[Finding]:
    for command, one in calls(file, "npm "):
        words = call(one)
        texts = [word.text for word in words]
        if len(words) < 3 or texts[0] != "npm" or not {"-g", "--global"} & set(texts):
            continue
        target = next((word for word in words[1:] if word.text in _MOVING), None)
        if target is not None and any(text in _INSTALL for text in texts[1:]):
            message = f"{quoted(target.text)} changes without a commit, name a version such as 'npm@10' or use the one that comes with Node"
            yield Finding(command.span(target.start, target.end), message)


RULE = Rule(
    name="package-manager-update",
    severity=Severity.INFO,
    summary="npm updates itself in each job",
    why="It costs seconds in each job, and the newest npm ends builds with older versions of Node, which it does not support "
    "any more. Node comes with an npm that fits.",
    bad="language: node_js\nnode_js: '18'\nbefore_install: npm install -g npm@latest # <- here\n",
    good="language: node_js\nnode_js: '18'\nbefore_install: npm install -g npm@10\n",
    check=check,
    trigger=(("npm ", "-g", "npm"), ("npm ", "--global", "npm")),
    profile="strict",
)
