"""A download from a host that is closed, or of a tool that nobody keeps up any more."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.catalog.retired import HOSTS, UPLOADER
from travistool.diagnostics import Severity
from travistool.lint.addresses import addresses
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import calls, program
from travistool.lint.subject import File
from travistool.lint.wording import quoted

_ONLY_TOLD = ("echo", "printf", "")


def check(file: File) -> Iterator[Finding]:
    words = (UPLOADER.name, *(row.name for row in HOSTS))
    for command, one in calls(file, *words):
        if program(one) in _ONLY_TOLD:
            continue
        for word in one.words:
            for found in addresses(word.text) if not word.inner else ():
                row = next((row for row in HOSTS if f".{found.host}".endswith(f".{row.name}")), None)
                if f"{found.host}{found.path}".startswith(UPLOADER.name) and file.as_of >= UPLOADER.since:
                    message = f"this uploader has had no support since {UPLOADER.since}, use {UPLOADER.successor}"
                elif row is not None and file.as_of >= row.since:
                    message = f"{quoted(found.host)} was closed on {row.since}, fetch this from elsewhere"
                else:
                    continue
                yield Finding(command.span(word.start, word.end), message)


RULE = Rule(
    name="dead-download",
    severity=Severity.WARNING,
    summary="a download from a closed host, or of a tool without support",
    why="Hosts that are closed answer with an error, and the command that needs the file fails. The Bash uploader of Codecov "
    "was used to steal secrets in 2021, and its makers announced the end of its support for 2022-02-01.",
    bad="language: c\nafter_success:\n  - bash <(curl -s https://codecov.io/bash) # <- here\n",
    good="language: c\nafter_success:\n  - pip install codecov-cli && codecovcli upload-process\n",
    check=check,
    trigger=(UPLOADER.name, *(row.name for row in HOSTS)),
)
