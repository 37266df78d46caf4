"""The commands of a job's phases, the defaults of its language written out as shell text with their file tests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from travistool.catalog.check import (
    ALWAYS,
    NEVER,
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
from travistool.catalog.rule import Choice, Default, Rule
from travistool.catalog.settings import as_text
from travistool.migrate.model import Block
from travistool.migrate.phases import ignoring
from travistool.plan.model import Job
from travistool.plan.phases import PHASES, Phase, phases
from travistool.source import Span

_FAILING: Mapping[str, Literal["stop", "note", "ignore"]] = {
    "before_install": "stop",
    "install": "stop",
    "before_script": "stop",
    "script": "note",
    "before_deploy": "stop",
}
_NPM_CI = 8
_YARN = 4
_NEW = 99
_WAS_CODE = re.compile(r"(?m)^#+\s*(?:-\s|[\w-]+:(?:\s|$))")
_SETUP = ("before_install", "install", "before_script")
_NOTHING = ("true", ":")
"""What stands for a set-up that is switched off."""

_NOT_DEPLOY = tuple(name for name in PHASES if name != "deploy")


def blocks(job: Job, repo: str = "") -> Mapping[str, Block]:
    """Return the phases that have commands, in order; deployments are not among them."""
    found: dict[str, Block] = {}
    # What a default that cannot go on comes to needs the phase that runs before the job ends.
    given = sorted(phases(job, repo), key=lambda phase: phase.name != "after_failure")
    for phase in given:
        if phase.name not in _NOT_DEPLOY:
            continue
        told = tuple(_commands(phase, _node(job), found.get("after_failure")))
        if told and not (phase.name in _SETUP and all(command in _NOTHING for command, _ in told)):
            place = phase.origin.span if phase.origin is not None else None
            failing = _FAILING.get(phase.name, "ignore")
            found[phase.name] = Block(
                phase.name,
                tuple([command for command, _ in told]),
                failing,
                phase.is_default,
                place,
                tuple([comment for _, comment in told]),
            )
    return {name: found[name] for name in _NOT_DEPLOY if name in found}


def _giving_up(failed: Block | None) -> str:
    """Return how a default ends a job: what follows a failure runs, but nothing else, `after_script` included."""
    return "\n".join((*(ignoring(failed) if failed is not None else ()), "exit 1"))


def _node(job: Job) -> int:
    """Return the major version of Node.js that a job has; a high one where that is not a number."""
    value = job.config.get("node_js")
    text = as_text(value[0] if isinstance(value, list) and value else value).lstrip("v")
    return int(text.split(".")[0]) if text.split(".")[0].isdigit() else _NEW


def _comment_above(span: Span | None) -> str:
    """Return the comment lines right above a command, as the config has them."""
    if span is None:
        return ""
    text = span.source.text
    found: list[str] = []
    end = text.rfind("\n", 0, span.start)
    while end >= 0:
        start = text.rfind("\n", 0, end) + 1
        line = text[start:end].strip()
        if not line.startswith("#"):
            break
        found.insert(0, line)
        end = start - 1
    return "\n".join(found)


def _comment_above_key(span: Span | None, name: str) -> str:
    """Return the comment lines above the key of a phase whose list starts at `span`; not those that start the file."""
    if span is None:
        return ""
    text = span.source.text
    key = text.rfind("\n", 0, max(text.rfind("\n", 0, span.start), 0)) + 1
    line = re.match(rf"\s*(?:- )?{name}\s*:", text[key : span.start])
    if line is None or not text[:key].strip() or _is_header(text[:key]):
        return ""
    told = _comment_above(Span(span.source, key, key))
    # What was a key or an item once says nothing about this one.
    return "" if _WAS_CODE.search(told) else told


def comments_of(job: Job) -> tuple[str, ...]:
    """Return the comment lines above the entry of `include` that a job comes from, without their marks."""
    spans = [origin.span for origin in job.origins.values() if origin.kind == "include" and origin.span is not None]
    first = min(spans, key=lambda span: span.start, default=None)
    if first is None:
        return ()
    text = first.source.text
    line = text.rfind("\n", 0, first.start) + 1
    if not re.match(r"\s*-\s", text[line : first.start + 1]):
        return ()
    told = _comment_above(Span(first.source, line, line))
    return () if _WAS_CODE.search(told) else tuple([one.lstrip("#").strip() for one in told.splitlines()])


def _is_header(text: str) -> bool:
    # Most files start with a key.
    return text.startswith(("#", "\n", "\r", "\t", " ")) and all(
        not line.strip() or line.startswith("#") for line in text.split("\n")
    )


def _commands(phase: Phase, node: int, failed: Block | None) -> Iterator[tuple[str, str]]:
    """Yield commands, each with the comment that stands above it. `failed` is what runs after a failure."""
    if phase.is_default:
        for choice in phase.default:
            for text in _choice(choice, node, failure=_giving_up(failed)):
                yield text, ""
        return
    for number, entry in enumerate(phase.entries):
        if entry.text.strip():
            above = "" if number else _comment_above_key(entry.span, phase.name)
            yield entry.text.strip("\n"), _comment_above(entry.span) or above


def _choice(choice: Choice, node: int, *, failure: str) -> Iterator[str]:
    """Yield the commands of a choice: as they are where nothing is asked, else one `if`. `failure` ends in vain."""
    asked: list[tuple[Check, Rule]] = []
    for rule in choice:
        check = _today(rule.check, node)
        if check != NEVER and check not in [known for known, _ in asked]:
            asked.append((check, rule))
    if len(asked) == 1 and asked[0][0] == ALWAYS:
        yield from _lines(asked[0][1], failure)
        return
    lines = []
    for number, (check, rule) in enumerate(asked):
        if check == ALWAYS and number:
            lines.append("else")
        else:
            lines.append(f"{'elif' if number else 'if'} {to_shell(check)}; then")
        body = list(_lines(rule, failure)) or [":"]
        lines += [f"  {line}" if "\n" not in line else line for line in body]
        if check == ALWAYS:
            break
    if lines:
        yield "\n".join((*lines, "fi"))


def _today(check: Check, node: int) -> Check:
    """Return a check without questions about versions: programs are new, but those that come with an old Node.js."""
    match check:
        case VersionAtLeast(program, _):
            is_old = (program == "npm" and node < _NPM_CI) or (program == "node" and node < _YARN)
            return NEVER if is_old else ALWAYS
        case AllOf(checks):
            parts = tuple([one for one in (_today(one, node) for one in checks) if one != ALWAYS])
            return NEVER if NEVER in parts else parts[0] if len(parts) == 1 else AllOf(parts)
        case AnyOf(checks):
            parts = tuple([one for one in (_today(one, node) for one in checks) if one != NEVER])
            return ALWAYS if ALWAYS in parts else parts[0] if len(parts) == 1 else AnyOf(parts)
        case Not(inner):
            found = _today(inner, node)
            return NEVER if found == ALWAYS else ALWAYS if found == NEVER else Not(found)
        case _:
            return check


def _lines(rule: Rule, failure: str) -> Iterator[str]:
    if rule.message:
        yield f"echo {_in_quotes(rule.message)}"
    for command in rule.commands:
        yield command.text.strip()
    if rule.fails:
        yield failure


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
