"""The left side of a comparison is a mere word: two constants are compared, whatever the build is."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.grammar.conditions.syntax import ATTRIBUTES, Compare, In, Is, Match, Value
from travistool.grammar.conditions.walk import parts
from travistool.lint.conditions import tree_of
from travistool.lint.fixes import replacement
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, within
from travistool.lint.wording import quoted

_MEANT = {
    "travis_branch": "branch",
    "travis_tag": "tag",
    "travis_event_type": "type",
    "travis_pull_request": "type = pull_request",
    "travis_pull_request_branch": "head_branch",
    "travis_repo_slug": "repo",
    "travis_os_name": "os",
    "travis_commit_message": "commit_message",
    "event_type": "type",
    "event": "type",
    "pull_request": "type = pull_request",
}


def check(file: File) -> Iterator[Finding]:
    for condition in file.conditions:
        tree = tree_of(condition)
        for one in parts(tree) if tree is not None else ():
            if isinstance(one, Compare | Match | In | Is) and isinstance(one.left, Value) and not _is_turned(one):
                text = one.left.text
                span = within(condition, one.left.start, one.left.end)
                wanted = text.lower() if text.lower() in ATTRIBUTES else _MEANT.get(text.lower(), "")
                # The type of a build is named otherwise than its pull request.
                is_same = wanted and " " not in wanted
                fix = replacement(f"write '{wanted}'", (span, text, wanted)) if is_same else None
                yield Finding(span, f"{quoted(text)} is no attribute of the build but plain text{_hint(text)}", fix)


def _is_turned(one: Compare | Match | In | Is) -> bool:
    """Tell whether the sides are merely the other way around: `master = branch`."""
    return isinstance(one, Compare) and not isinstance(one.right, Value)


def _hint(text: str) -> str:
    lowered = text.lower()
    if lowered in ATTRIBUTES:
        return f", write {quoted(lowered)}"
    if lowered in _MEANT:
        return f", write {quoted(_MEANT[lowered])}"
    return f", write {quoted(f'env({text})')} for the variable" if text.isidentifier() else ""


RULE = Rule(
    name="constant-left-side",
    severity=Severity.ERROR,
    summary="a condition compares two texts",
    why="Conditions know attributes such as `branch` and `type`, in lower case, and variables as `env(NAME)`. Any other "
    "word is a text, so the comparison has the same result for every build.",
    bad="language: python\nif: TRAVIS_BRANCH = main # <- here\n",
    good="language: python\nif: branch = main\n",
    check=check,
    trigger=("if:", "if :", '"if"', "'if'"),
    fix="unsafe",
)
