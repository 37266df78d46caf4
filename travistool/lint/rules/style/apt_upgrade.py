"""`apt-get upgrade` renews the whole image: minutes in each build, and other versions each day."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import call, calls, option
from travistool.lint.subject import File
from travistool.lint.wording import quoted

_VERBS = ("upgrade", "dist-upgrade", "full-upgrade", "safe-upgrade")


def check(file: File) -> Iterator[Finding]:
    for command, one in calls(file, *_VERBS):
        words = call(one)
        if not words or words[0].text not in ("apt-get", "apt", "aptitude") or option(words, "-s", "--dry-run"):
            continue
        plain = [word for word in words[1:] if not word.text.startswith("-")]
        if not plain or plain[0].text not in _VERBS:
            continue
        span = command.span(words[0].start, plain[0].end)
        named = [word.text for word in plain[1:] if "=" not in word.text]
        if named:
            message = f"this upgrades all packages and not only {quoted(named[0])}, write 'install --only-upgrade'"
        else:
            message = "this upgrades all packages of the image in every job, install only those that you need"
        yield Finding(span, message)


RULE = Rule(
    name="apt-upgrade",
    severity=Severity.INFO,
    summary="all packages of the image are upgraded",
    why="It takes minutes in each job, may stop at a question, and makes builds of different days differ. What "
    "must be newer can be named: `apt-get install --only-upgrade`, or the addon `apt`. A newer `dist` updates "
    "the rest.",
    bad="language: c\nbefore_install:\n  - sudo apt-get update && sudo apt-get -y upgrade # <- here\n",
    good="language: c\naddons:\n  apt:\n    packages:\n      - valgrind\n",
    check=check,
    trigger=(("apt", "upgrade"),),
    profile="strict",
)
