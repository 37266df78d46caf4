"""`travistool explain`: a rule's page in the terminal."""

from __future__ import annotations

from travistool.cli.option import Options, argument
from travistool.cli.terminal import style_for, write
from travistool.errors import UsageError


def _names(incomplete: str) -> list[str]:
    from travistool.lint.catalog import all_rules  # noqa: PLC0415

    return [rule.name for rule in all_rules() if rule.name.startswith(incomplete)]


class ExplainOptions(Options):
    """The options of the command line."""

    rule: str = argument("A rule's name, as printed in brackets, or a group.", complete=_names)


def explain(options: ExplainOptions) -> int:
    """Say what a rule means, why it matters and how to get it right; list the rules of a group, or all without a name.

    Example: travistool explain unknown-key
    """
    from travistool.grammar.similar import suggest  # noqa: PLC0415
    from travistool.lint.catalog import all_rules, find  # noqa: PLC0415
    from travistool.lint.explain import explain as page  # noqa: PLC0415

    style = style_for("auto")
    rule = options.rule
    listed = [row for row in all_rules() if rule in ("", row.group)]
    if listed:
        width = max(len(row.name) for row in listed)
        write("".join(f"{row.name.ljust(width)}  {row.summary}\n" for row in listed))
        return 0
    if find(rule) is None:
        similar = suggest([row.name for row in all_rules()], rule)
        hint = f"did you mean '{similar}'?" if similar else "travistool explain, without a name, lists all rules"
        raise UsageError(f"there is no rule '{rule}'", hint)
    write(page(rule, style.color))
    return 0
