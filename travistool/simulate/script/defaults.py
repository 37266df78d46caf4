"""What a language does by itself, as bash: its variables, set-up, versions, and default install and script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from travistool.catalog.check import NEVER, settle
from travistool.catalog.language import Export, Language
from travistool.catalog.rule import Command, Default, Rule, settled
from travistool.catalog.settings import Settings
from travistool.catalog.wording import to_shell
from travistool.simulate.script.facts import Means
from travistool.simulate.script.shell import Lines, at_home, call, choose, fold, say

MANAGERS = frozenset(("gimme", "kiex", "nvm", "rvm"))
"""What brings versions of a language to Travis's images; here they mostly come in other ways."""


def exports(language: Language, settings: Settings, at: str) -> Lines:
    """Return the exports of a language for one moment, tests of files around those that need them."""
    lines: Lines = []
    for export in language.exports:
        check = settle(export.check, settings)
        if export.at == at and check != NEVER:
            lines += choose([(to_shell(check), [_export(export, settings)])])
    return lines


def _export(export: Export, settings: Settings) -> str:
    value = settings.fill(export.value)
    if export.echo:
        return call(f"export {export.name}={value}", "echo")
    return f"export {export.name}={at_home(value) if value else ''}"


def setup(language: Language, settings: Settings, means: Means) -> Lines:
    """Return what makes the language's version the current one. Where the image has it, tools that lack are passed by."""
    default = settled(language.setup, settings)
    return _default(default, ("assert",), "setup", means)


def announce(language: Language, settings: Settings, means: Means) -> Lines:
    """Return what prints the versions."""
    return _default(settled(language.announce, settings), (), "announce", means)


def phase(default: Default, name: str, means: Means) -> Lines:
    """Return the default of a phase: of script, only the last status decides."""
    if name == "script":
        lines = _default(default, (), name, means)
        return [*lines, "travis_result $?"] if _runs(default) else [*lines, "travis_result 0"]
    return _default(default, ("assert",) if name == "install" else (), name, means)


def _runs(default: Default) -> bool:
    return any(rule.commands or rule.shown for choice in default for rule in choice)


def _default(default: Default, flags: tuple[str, ...], name: str, means: Means) -> Lines:
    lines: Lines = []
    for choice in default:
        cases = [(to_shell(rule.check), list(_rule(rule, flags, name, means))) for rule in choice]
        lines += choose(cases)
    return lines


def _rule(rule: Rule, flags: tuple[str, ...], name: str, means: Means) -> Iterator[str]:
    if rule.message:
        yield say(rule.message, "red" if rule.fails else "plain")
    if rule.fails:
        yield from ("travis_run_after_failure", "exit 1")
        return
    if rule.shown:
        yield from _folded(_fold_of(rule.commands), [_shown(rule, flags)], name)
        return
    for key, commands in _by_fold(rule.commands):
        yield from _folded(key, [_command(command, flags, name, means) for command in commands], name)


def _by_fold(commands: Iterable[Command]) -> Iterator[tuple[str, list[Command]]]:
    group: list[Command] = []
    for command in commands:
        if group and group[0].fold != command.fold:
            yield group[0].fold, group
            group = []
        group.append(command)
    if group:
        yield group[0].fold, group


def _fold_of(commands: Iterable[Command]) -> str:
    return next((command.fold for command in commands), "")


def _folded(name: str, statements: Lines, phase_name: str) -> Lines:
    return fold(name, statements) if name and phase_name != "script" else statements


def _shown(rule: Rule, flags: tuple[str, ...]) -> str:
    text = "; ".join(command.text for command in rule.commands) or ":"
    retry = ("retry",) if any(command.retry for command in rule.commands) else ()
    return call(text, "echo", "timing", *retry, *flags, display=rule.shown)


def _command(command: Command, flags: tuple[str, ...], name: str, means: Means) -> str:
    asserted = flags if command.asserted is None else ("assert",) if command.asserted else ()
    chosen = [*(("echo", "timing") if command.echo else ()), *(("retry",) if command.retry else ()), *asserted]
    if command.same and means.toolchain == "found":
        return call(command.same, *chosen, display=command.text)
    statement = call(command.text, *chosen)
    if name == "setup" and means.toolchain == "found":
        return statement.replace("travis_cmd", "_job_setup", 1)
    tool = command.text.split()[0]
    if name == "announce" and means.toolchain == "found" and tool in MANAGERS:
        # That it is not here has been said where it would have set up the version.
        return f"if type -t {tool} >/dev/null; then {statement}; fi"
    if name == "script" and not command.echo and asserted == ():
        return command.text
    return statement
