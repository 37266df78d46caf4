"""A condition asks for a variable that nothing in the file sets."""

from __future__ import annotations

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.grammar.conditions.syntax import Call, Value
from travistool.grammar.conditions.walk import parts
from travistool.lint.conditions import tree_of
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import File, within
from travistool.lint.wording import quoted


# An encrypted value may set any name: then nothing can be told.
def check(file: File) -> Iterator[Finding]:
    own = {variable.name for variable in file.variables}
    for condition in file.conditions:
        tree = tree_of(condition)
        for one in parts(tree) if tree is not None else ():
            match one:
                case Call(arguments=(Value(text=name),)) if one.name.lower() == "env":
                    if name not in own and not name.startswith("TRAVIS_"):
                        message = f"nothing here sets {quoted(name)}, it must come from the repository's settings"
                        yield Finding(within(condition, one.start, one.end), message)


RULE = Rule(
    name="name-not-in-file",
    severity=Severity.INFO,
    summary="a condition asks for a variable that the file does not set",
    why="Without a value in the settings of the repository it is empty, in forks for instance. Conditions see no variables "
    "that a command exports.",
    bad="language: python\nif: env(NIGHTLY) = true # <- here\n",
    good="language: python\nenv:\n  global:\n    - NIGHTLY=true\nif: env(NIGHTLY) = true\n",
    check=check,
    trigger=("env(", "ENV("),
    unless=("secure:",),
    profile="pedantic",
)
