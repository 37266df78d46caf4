"""Settled checks as a shell asks them, and as people read them."""

from __future__ import annotations

from typing import assert_never

from travistool.catalog.check import (
    ALWAYS,
    NEVER,
    AllOf,
    AnyOf,
    Caches,
    Check,
    ConfigAtLeast,
    ConfigIs,
    Configured,
    Contains,
    Executable,
    Fact,
    File,
    Folder,
    Named,
    Not,
    Program,
    SameText,
    Setting,
    Shell,
    VersionAtLeast,
)


def to_shell(check: Check) -> str:
    """Return a command of bash whose status tells whether a settled check holds, such as `[[ -f gradlew ]]`.

    Versions are compared with `travis_vers2int`, which the job's shell has to have.
    """
    if check in (ALWAYS, NEVER):
        return "true" if check == ALWAYS else "false"
    inner = _bracket(check)
    if inner is not None:
        return f"[[ {inner} ]]"
    match check:
        case AnyOf(checks):
            return " || ".join(map(_grouped, checks))
        case AllOf(checks):
            return " && ".join(map(_grouped, checks))
        case Not(negated):
            return f"! {_grouped(negated)}"
        case Contains(path, pattern):
            return f"grep -q {_quoted(pattern)} {_word(path)} 2>/dev/null"
        case SameText(one, other):
            return f"cmp --silent {_word(one)} {_word(other)}"
        case Shell(text):
            return text
        case _:
            raise TypeError(f"{check} asks for the config: settle it first")


def _bracket(check: Check) -> str | None:
    """Return what stands between `[[` and `]]`; None where that cannot ask it."""
    match check:
        case File(path):
            return f"-f {_word(path)}"
        case Folder(path):
            return f"-d {_word(path)}"
        case Executable(path):
            return f"-x {_word(path)}"
        case Program(name):
            return f"-n $(command -v {name})"
        case VersionAtLeast(program, version):
            found = f'$(travis_vers2int "$({program} --version | tr -d v)")'
            return f"{found} -ge $(travis_vers2int {version})"
        case AnyOf(checks):
            return _between(" || ", checks)
        case AllOf(checks):
            return _between(" && ", checks)
        case Not(inner):
            asked = _bracket(inner)
            return None if asked is None else f"! ( {asked} )" if _is_wide(inner) else f"! {asked}"
        case _:
            return None


def _between(sign: str, checks: tuple[Check, ...]) -> str | None:
    asked = [(inner, _bracket(inner)) for inner in checks]
    if not asked or any(text is None for _, text in asked):
        return None
    return sign.join(f"( {text} )" if _is_wide(inner) else str(text) for inner, text in asked)


def _is_wide(check: Check) -> bool:
    return isinstance(check, AnyOf | AllOf | VersionAtLeast)


def _grouped(check: Check) -> str:
    text = to_shell(check)
    return f"{{ {text}; }}" if isinstance(check, AnyOf | AllOf | Shell) and _bracket(check) is None else text


def _word(path: str) -> str:
    """Return a path as one word; variables and `~` in it stay alive."""
    if path.startswith("~/"):
        return f"~/{_word(path[2:])}"
    return path if all(char.isalnum() or char in "_-./@+," for char in path) else f'"{path}"'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def phrase(check: Check, first: bool = True) -> str:
    """Return the check for people: `if gradlew exists`. `first` is false for a rule that follows others."""
    if check == ALWAYS:
        return "always" if first else "otherwise"
    return f"if {_says(check)}"


def _says(check: Check) -> str:
    match check:
        case AnyOf(checks):
            return _list(checks, "or")
        case AllOf(checks):
            return _list(checks, "and")
        case Not(inner):
            return _denied(inner)
        case Configured() | ConfigIs() | ConfigAtLeast() | Caches() | Named():
            return _says_of_config(check)
        case _:
            return _says_of_project(check)


def _says_of_project(fact: Fact) -> str:
    match fact:
        case File(path) | Folder(path) | Executable(path):
            return f"{_named(fact, path)} exists"
        case Program(name):
            return f"there is a program {name}"
        case VersionAtLeast(program, version):
            return f"{program} is {version} or later"
        case Shell():
            return fact.says
        case Contains(path, pattern):
            return f"{path} has '{pattern}'"
        case SameText(one, other):
            return f"{one} and {other} are equal"
        case _:
            assert_never(fact)


def _says_of_config(setting: Setting) -> str:
    match setting:
        case Configured(key):
            return f"{key} is set"
        case ConfigIs(key, values):
            return f"{key} is {_enumerated(values, 'or')}"
        case ConfigAtLeast(key, version):
            return f"{key} is {version} or later"
        case Caches(name):
            return f"cache: {name} is on"
        case Named(name):
            return f"there is {name.replace('_', ' ')}"
        case _:
            assert_never(setting)


def _denied(check: Check) -> str:
    match check:
        case File(path) | Folder(path) | Executable(path):
            return f"{_named(check, path)} does not exist"
        case Program(name):
            return f"there is no program {name}"
        case VersionAtLeast(program, version):
            return f"{program} is older than {version}"
        case Configured(key):
            return f"{key} is not set"
        case ConfigIs(key, values):
            return f"{key} is not {_enumerated(values, 'or')}"
        case AllOf(checks):
            return f"not all of this holds: {_says(AllOf(checks))}"
        case AnyOf(checks):
            return f"none of this holds: {_says(AnyOf(checks))}"
        case _:
            return f"it is not so that {_says(check)}"


def _list(checks: tuple[Check, ...], word: str) -> str:
    paths = [check.path for check in checks if isinstance(check, File)]
    if len(paths) == len(checks):
        return f"{_enumerated(tuple(map(_shown, paths)), word)} {'exist' if word == 'and' else 'exists'}"
    said = [f"({_says(check)})" if isinstance(check, AnyOf | AllOf) else _says(check) for check in checks]
    return f" {word} ".join(said)


def _enumerated(words: tuple[str, ...], last: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def _named(check: File | Folder | Executable, path: str) -> str:
    kind = {File: "", Folder: "the folder ", Executable: "the program "}[type(check)]
    return f"{kind}{_shown(path)}"


def _shown(path: str) -> str:
    return path.removeprefix("./")
