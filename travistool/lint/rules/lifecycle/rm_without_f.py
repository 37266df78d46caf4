"""`rm` of a file that the image brings: once an image lacks it, the command fails, and the job with it."""

from __future__ import annotations

from collections.abc import Iterator
from re import match

from travistool.diagnostics import Edit, Fix, Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.shell import call, calls, is_conditional, option, program
from travistool.lint.subject import File
from travistool.lint.wording import quoted

_PHASES = ("before_install", "install", "before_script", "before_deploy")
_OF_IMAGE = r"/(usr|etc|opt|var/lib|Library)/[^$*?]+\Z"


def check(file: File) -> Iterator[Finding]:
    for command, one in calls(file, "rm "):
        if command.phase not in _PHASES or program(one) != "rm" or one.rescued or is_conditional(one):
            continue
        words = call(one)
        targets = [word for word in words[1:] if match(_OF_IMAGE, word.text)]
        if not targets or option(words, "-f", "--force") or any(file.text.count(word.text) > 1 for word in targets):
            continue
        span = command.span(words[0].start, words[0].end)
        fix = Fix("add '-f'", (Edit(span, "rm -f"),), safe=False) if span.text == "rm" else None
        yield Finding(span, f"the job ends here on an image without {quoted(targets[0].text)}, write 'rm -f'", fix)


RULE = Rule(
    name="rm-without-f",
    severity=Severity.WARNING,
    summary="a file of the image is removed by a command that fails without it",
    why="The contents of images change: once the file is gone, `rm` fails, and in these phases that ends the job "
    "as errored. With `-f` a missing file is no error.",
    bad="language: c\nbefore_install: sudo rm /usr/local/bin/docker-compose # <- here\nscript: make\n",
    good="language: c\nbefore_install: sudo rm -f /usr/local/bin/docker-compose\nscript: make\n",
    check=check,
    trigger=("rm /", "rm -r", "rm -v", "rm -R", 'rm "'),
    fix="unsafe",
)
