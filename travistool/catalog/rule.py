"""Default commands: which ones a language runs, depending on what.

A phase's default is a tuple of choices, one after the other. Of a choice, a tuple of rules, the first one that holds is
used. A rule that fails ends the job there and then: after_failure runs, the job exits 1 (failed), nothing else runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TypeAlias

from travistool.catalog.check import ALWAYS, NEVER, Check, holds, settle
from travistool.catalog.project import Project
from travistool.catalog.settings import Settings
from travistool.record import Record


class Command(Record):
    """One command. `text` is a template until it is settled.

    `retry`: up to three tries. `asserted`: a failure ends the job (errored) or is ignored; None: as the phase has it.
    `echo`: whether the log shows it. `fold`: the fold that the log puts around it; `` for none. `same` does the same in
    the shell of the job itself, where that is the shell which the command would start; `` for nothing.
    """

    text: str
    retry: bool = False
    asserted: bool | None = None
    echo: bool = True
    fold: str = ""
    same: str = ""


class Rule(Record):
    """What to run where `check` holds. All commands run, whatever the ones before came to, unless they are asserted.

    `message` is printed before them. `shown` is the one line that the log shows in place of the commands; `` where it
    shows them. `each` names a key: the commands are repeated for each of its values, which `{each}` stands for.
    """

    check: Check
    commands: tuple[Command, ...] = ()
    message: str = ""
    fails: bool = False
    shown: str = ""
    each: str = ""


Choice: TypeAlias = tuple[Rule, ...]
Default: TypeAlias = tuple[Choice, ...]


def when(
    check: Check,
    *commands: str | Command,
    retry: bool = False,
    asserted: bool | None = None,
    fold: str = "",
    message: str = "",
    shown: str = "",
    each: str = "",
) -> Rule:
    """Return the rule that runs commands where a check holds; the options are those of plain texts."""
    made = [
        Command(text=command, retry=retry, asserted=asserted, fold=fold) if isinstance(command, str) else command
        for command in commands
    ]
    return Rule(check=check, commands=tuple(made), message=message, shown=shown, each=each)


def always(
    *commands: str | Command, retry: bool = False, asserted: bool | None = None, fold: str = "", message: str = ""
) -> Rule:
    """Return the rule that holds without a test: of a choice's last rule it reads "otherwise"."""
    return when(ALWAYS, *commands, retry=retry, asserted=asserted, fold=fold, message=message)


def fails(message: str = "", check: Check = ALWAYS) -> Rule:
    """Return the rule that ends the job as failed."""
    return Rule(check=check, message=message, fails=True)


def quiet(text: str) -> Command:
    """Return a command that the log does not show, and whose failure is ignored."""
    return Command(text=text, echo=False, asserted=False)


def settled(default: Default, settings: Settings) -> Default:
    """Return the default as one job has it: templates filled, and only the rules that its config leaves possible."""
    choices = [tuple(_possible(choice, settings)) for choice in default]
    return tuple([choice for choice in choices if any(rule.commands or rule.message or rule.fails for rule in choice)])


def _possible(choice: Choice, settings: Settings) -> Iterator[Rule]:
    for rule in choice:
        check = settle(rule.check, settings)
        if check == NEVER:
            continue
        yield Rule(
            check=check,
            commands=tuple(_filled(rule, settings)),
            message=settings.fill(rule.message),
            fails=rule.fails,
            shown=settings.fill(rule.shown),
        )
        if check == ALWAYS:
            return


def _filled(rule: Rule, settings: Settings) -> Iterator[Command]:
    if not rule.each:
        for command in rule.commands:
            text = settings.fill(command.text)
            yield command if text is command.text else command._replace(text=text)
        return
    for value in settings.items(rule.each):
        one = settings._replace(names={**settings.names, "each": partial(_always, value)})
        yield from [command._replace(text=one.fill(command.text)) for command in rule.commands]


def _always(text: str, _: Settings) -> str:
    return text


def chosen(default: Default, project: Project) -> Iterator[Rule]:
    """Yield the rules of a settled default that a project comes to, in order; none after one that ends the job."""
    for choice in default:
        rule = next((rule for rule in choice if holds(rule.check, project)), None)
        if rule is not None:
            yield rule
            if rule.fails:
                return
