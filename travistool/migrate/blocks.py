"""The commands of a job's phases, the defaults of its language written out as shell text with their file tests."""

from collections.abc import Iterator, Mapping
from typing import Literal

from travistool.catalog.check import (
    ALWAYS,
    AllOf,
    AnyOf,
    Check,
    Contains,
    Executable,
    File,
    Folder,
    Not,
    Program,
    SameText,
    Shell,
    VersionAtLeast,
)
from travistool.catalog.rule import Choice, Command, Default, Rule
from travistool.catalog.settings import as_text
from travistool.migrate.model import Block
from travistool.plan.model import Job
from travistool.plan.phases import PHASES, Phase, phases

_FAILING: Mapping[str, Literal["stop", "note", "ignore"]] = {
    "before_install": "stop",
    "install": "stop",
    "before_script": "stop",
    "script": "note",
    "before_deploy": "stop",
}
_NOT_DEPLOY = tuple(name for name in PHASES if name != "deploy")


def blocks(job: Job, repo: str = "") -> Mapping[str, Block]:
    """Return the phases that have commands, in order; deployments are not among them."""
    found = {}
    for phase in phases(job, repo):
        if phase.name not in _NOT_DEPLOY:
            continue
        commands = tuple(_commands(phase))
        if commands:
            place = phase.origin.span if phase.origin is not None else None
            failing = _FAILING.get(phase.name, "ignore")
            found[phase.name] = Block(phase.name, commands, failing, phase.is_default, place)
    return found


def _commands(phase: Phase) -> Iterator[str]:
    if phase.is_default:
        for choice in phase.default:
            yield from _choice(choice)
        return
    for entry in phase.entries:
        if entry.text.strip():
            yield entry.text.strip("\n")


def _choice(choice: Choice) -> Iterator[str]:
    """Yield the commands of a choice: as they are where nothing is asked, else one `if`."""
    if len(choice) == 1 and choice[0].check == ALWAYS:
        yield from _lines(choice[0])
        return
    lines = []
    for number, rule in enumerate(choice):
        if rule.check == ALWAYS:
            lines.append("else")
        else:
            lines.append(f"{'elif' if number else 'if'} {to_shell(rule.check)}; then")
        body = list(_lines(rule)) or [":"]
        lines += [f"  {line}" if "\n" not in line else line for line in body]
    lines.append("fi")
    yield "\n".join(lines)


def _lines(rule: Rule) -> Iterator[str]:
    if rule.message:
        yield f"echo {_in_quotes(rule.message)}"
    for command in rule.commands:
        yield _command(command)
    if rule.fails:
        yield "exit 1"


def _command(command: Command) -> str:
    text = command.text.strip()
    return f"travis_retry {text}" if command.retry else text


def _in_quotes(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def to_shell(check: Check) -> str:  # noqa: C901  # a table
    """Return a settled check as a test for a shell that stands in the repository."""
    match check:
        case File(path):
            return f"[ -f {_path(path)} ]"
        case Folder(path):
            return f"[ -d {_path(path)} ]"
        case Executable(path):
            return f"[ -x {_path(path)} ]"
        case Program(name):
            return f"command -v {name} >/dev/null"
        case VersionAtLeast(program, version):
            newest = f'"$(printf \'%s\\n\' {version} "$({program} --version | tr -d v)" | sort -V | head -n 1)"'
            return f"[ {newest} = {version} ]"
        case Contains(path, pattern):
            return f"grep -q {_in_quotes(pattern)} {_path(path)} 2>/dev/null"
        case SameText(one, other):
            return f"cmp -s {_path(one)} {_path(other)}"
        case Shell(text):
            return text
        case AllOf(checks):
            return " && ".join(_inner(one) for one in checks) if checks else "true"
        case AnyOf(checks):
            return " || ".join(_inner(one) for one in checks) if checks else "false"
        case Not(inner):
            return f"! {_inner(inner)}"
        case _:
            raise TypeError(f"{check} asks for the config: settle it first")


def _inner(check: Check) -> str:
    text = to_shell(check)
    return f"{{ {text}; }}" if isinstance(check, AllOf | AnyOf) and len(check.checks) > 1 else text


def _path(path: str) -> str:
    return f'"{path}"' if "$" in path or " " in path else path


def text_of(value: object) -> str:
    """Return a value of the config as shell text; a list as lines."""
    return "\n".join(map(as_text, value)) if isinstance(value, list) else as_text(value)


def is_quiet_default(default: Default) -> bool:
    """Tell whether a default only talks."""
    return not any(rule.commands or rule.fails for choice in default for rule in choice)
