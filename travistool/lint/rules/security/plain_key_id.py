"""The id of an AWS key opens nothing alone, but it tells whose key to look for, and stays when the secret changes."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.grammar.tokens import KEY_ID, is_example, tokens
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File
from travistool.source import Span


def check(file: File) -> Iterator[Finding]:
    for token in tokens(file.text, (KEY_ID,)):
        if not is_example(file.text[token.start : token.end]):
            message = "the id of an AWS key is written here in plain text, keep it beside its secret in the settings"
            yield Finding(Span(file.source, token.start, token.end), message)


RULE = Rule(
    name="plain-key-id",
    severity=Severity.INFO,
    summary="the id of an AWS access key is written as plain text",
    why="The id names an account and a user. Kept together with its secret, both change together, and the file says nothing "
    "about your account.",
    bad="deploy:\n  provider: s3\n  bucket: pages\n  access_key_id: AKIAQ3EGRMTW7XK2ZB4N # <- here\n",
    good="deploy:\n  provider: s3\n  bucket: pages\n  access_key_id: $AWS_ACCESS_KEY_ID\n",
    check=check,
    trigger=KEY_ID.words,
    profile="strict",
)
