"""`IN` compares texts: a pattern in its list is equal to no branch."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.grammar.conditions.syntax import In, Value, Var
from travistool.grammar.conditions.walk import parts
from travistool.lint.conditions import tree_of
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, within
from travistool.lint.wording import quoted

_NAMES = ("branch", "head_branch", "tag", "commit_message")


def check(file: File) -> Iterator[Finding]:
    for condition in file.conditions:
        tree = tree_of(condition)
        for one in parts(tree) if tree is not None else ():
            match one:
                case In(left=Var(name=name), items=items) if name in _NAMES and items:
                    for item in items:
                        if isinstance(item, Value) and _is_pattern(item.text):
                            wanted = f"{name} =~ {_pattern(item.text)}"
                            message = (
                                f"{quoted(item.text)} is compared as text and never equal, write '{wanted}' with OR"
                            )
                            yield Finding(within(condition, item.start, item.end), message)


def _is_pattern(text: str) -> bool:
    """Tell whether a text can only be meant as a pattern: git takes none of these signs in a name."""
    return text.startswith("^") or (len(text) > 2 and text[0] == text[-1] == "/")


def _pattern(text: str) -> str:
    return text if "/" in text else f"/{text}/"


_STRINGS = "https://github.com/travis-ci/travis-conditions/blob/c5e8ab12b48b0e5b316dc41b5104887f54ab1ada/spec"
RULE = Rule(
    name="regex-in-list",
    severity=Severity.ERROR,
    summary="a list of `IN` has a regular expression",
    why="`IN` asks whether a value is one of some texts. A pattern is no name of a branch, so that part never holds; patterns "
    "are for `=~`, which takes one at a time.",
    bad="language: c\nif: branch IN (main, /^release/) # <- here\nscript: make\n",
    good="language: c\nif: branch = main OR branch =~ /^release/\nscript: make\n",
    check=check,
    trigger=(("if:", "IN", "/"), ("if:", "IN", "^"), ("if:", "in ", "/"), ("if:", "in ", "^")),
    sources=(
        f"{_STRINGS}/v1/fixtures/passes.txt: `branch IN (^v.*, master)`, collected from users",
        f"{_STRINGS}/v1/user_spec.rb: `branch IN (master, ^develop, ^release)`, from a user's question",
    ),
)
