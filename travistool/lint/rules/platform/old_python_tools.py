"""Tools and options of Python's packaging that are gone."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import call, calls, program
from travistool.lint.subject import File

_OPTIONS = {
    "--use-mirrors": "pip 7",
    "--mirrors": "pip 7",
    "--allow-external": "pip 10",
    "--allow-all-external": "pip 10",
    "--allow-unverified": "pip 10",
    "--process-dependency-links": "pip 19",
}
"""Options by the version of pip that has them no more: https://pip.pypa.io/en/stable/news/."""


def check(file: File) -> Iterator[Finding]:
    for command, one in calls(file, "easy_install", *_OPTIONS):
        name = program(one)
        if name.startswith("easy_install") and not any(word.text == "--version" for word in one.words):
            word = call(one)[0]
            yield Finding(command.span(word.start, word.end), f"'{name}' is gone from setuptools, write 'pip install'")
        for word in call(one) if name.startswith("pip") else ():
            since = _OPTIONS.get(word.text.partition("=")[0])
            if since is not None:
                message = f"{since} no longer has '{word.text}' and stops with an error, remove it"
                yield Finding(command.span(word.start, word.end), message)


RULE = Rule(
    name="old-python-tools",
    severity=Severity.INFO,
    summary="a tool or an option of Python's packaging that is gone",
    why="`easy_install` is no longer a part of setuptools, and `pip` stops at options that it does not know.",
    bad="language: python\nscript: pytest\ninstall:\n  - pip install --use-mirrors -r requirements.txt # <- here\n",
    good="language: python\nscript: pytest\ninstall:\n  - pip install -r requirements.txt\n",
    check=check,
    trigger=("easy_install", *_OPTIONS),
)
