"""A token that works can be used by everyone who reads the file, in its history too."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.grammar.tokens import FORMS, is_example, tokens
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File
from travistool.source import Span


def check(file: File) -> Iterator[Finding]:
    for token in tokens(file.text):
        before = file.text[file.text.rfind("\n", 0, token.start) + 1 : token.start]
        if "secure:" not in before and not is_example(file.text[token.start : token.end]):
            article = "an" if token.form.name.startswith(("npm", "Atlassian")) else "a"
            what = f"{article} {token.form.name} can be read by anyone here"
            yield Finding(
                Span(file.source, token.start, token.end), f"{what}, revoke it and keep a new one in the settings"
            )


RULE = Rule(
    name="known-token",
    severity=Severity.ERROR,
    summary="a token or key of a known form is written as plain text",
    why="Whoever can read the file, a fork or an old commit of it can use the token. Deleting the line does not help: revoke "
    "the token, then put a new one into the settings of the repository or encrypt it. No output of travistool shows it.",
    bad="language: node_js\nenv:\n  - GH_AUTH=ghp_x8Lq2ZtR5vW9bN3cK7mD1fG4hJ6pS0aYeUiO # <- here\n",
    good='language: node_js\nscript:\n  - ./publish "$GH_AUTH"\n',
    check=check,
    trigger=tuple(word for form in FORMS for word in form.words),
    sources=(
        "A Slack token in plain text, revoked when it was found: <https://github.com/guardicore/monkey/issues/3868>",
        "A token of notifications, to be disabled and encrypted: <https://github.com/pravega/pravega/issues/1712>",
    ),
)
