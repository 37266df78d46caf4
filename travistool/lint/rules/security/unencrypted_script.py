"""A script or a signing key that comes without encryption can be another one by the time that it arrives."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Edit, Fix, Severity
from travistool.lint.downloads import fetched, runner
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import Simple, calls, commands, program
from travistool.lint.subject import File
from travistool.lint.wording import quoted

_HTTP = "http://"


def check(file: File) -> Iterator[Finding]:
    for command, one in calls(file, _HTTP):
        for word, address in fetched(one):
            use = _use(one, commands(command.text))
            if address.scheme != "http" or address.is_local or not use or address.host.startswith("$"):
                continue
            start = word.start + max(word.raw.find(_HTTP), 0)
            span = command.span(start, start + len(_HTTP))
            edits = (Edit(span, "https://"),) if span.text == _HTTP else ()
            message = f"{use} comes from {quoted(address.host)} without encryption, write 'https://'"
            yield Finding(span, message, Fix("replace by 'https://'", edits, safe=False) if edits else None)


def _use(one: Simple, others: tuple[Simple, ...]) -> str:
    """Return what the download is used for, "" where that is not known."""
    if runner(one, others) is not None:
        return "a script that runs at once"
    following = next((other for other in others if other.start >= one.end and other.inside == one.inside), None)
    is_key = following is not None and following.link == "|" and program(following) == "apt-key"
    return "a key that packages are trusted by" if is_key else ""


RULE = Rule(
    name="unencrypted-script",
    severity=Severity.WARNING,
    summary="a script or a key is fetched without encryption and used at once",
    why="Nobody checks what `http://` brings: whoever is on the way can put other commands, or another key to trust, in its "
    "place. Nearly all hosts answer by `https://` today.",
    bad="language: c\ninstall:\n  - curl -s http://get.acme.org/setup.sh | sh # <- here\n",
    good="language: c\ninstall:\n  - curl -s https://get.acme.org/setup.sh -o setup.sh\n  - sh setup.sh\n",
    check=check,
    trigger=((_HTTP, "curl"), (_HTTP, "wget")),
    fix="unsafe",
)
