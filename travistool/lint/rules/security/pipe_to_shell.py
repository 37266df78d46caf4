"""A script that runs as it comes from the net: a cut connection runs half of it, a changed server runs what it likes."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.downloads import FETCHING, fetched, runner
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import calls, commands, program
from travistool.lint.subject import File
from travistool.lint.wording import quoted

_TOLD_ELSEWHERE = ("codecov.io",)  # dead-download


def check(file: File) -> Iterator[Finding]:
    for command, one in calls(file, *FETCHING):
        shell = runner(one, commands(command.text)) if program(one) in FETCHING else None
        hosts = [address.host for _, address in fetched(one)]
        if shell is None or any(host in _TOLD_ELSEWHERE for host in hosts):
            continue
        if any(address.scheme == "http" and not address.is_local for _, address in fetched(one)):
            continue  # unencrypted-script says more of it
        origin = quoted(hosts[0]) if hosts else "the server"
        name = "eval" if shell.words[0].text == "eval" else program(shell)
        message = f"'{name}' runs whatever {origin} sends, download a fixed version and check its checksum"
        start, end = min(one.start, shell.start), max(one.end, shell.end)
        yield Finding(command.span(start, end), message)


RULE = Rule(
    name="pipe-to-shell",
    severity=Severity.WARNING,
    summary="a download goes straight into a shell",
    why="What runs is decided by the server at that moment, and it runs with the secrets of the job. It is known to have been "
    "used to steal them. Fetch a fixed version into a file and compare its checksum before running it.",
    bad="language: c\ninstall:\n  - curl -sSL https://get.acme.org/setup.sh | bash # <- here\n",
    good="language: c\ninstall:\n  - curl -sSLo setup.sh https://get.acme.org/2.1/setup.sh\n"
    '  - echo "$SETUP_SHA256  setup.sh" | sha256sum -c && bash setup.sh\n',
    check=check,
    trigger=FETCHING,
    profile="strict",
)
