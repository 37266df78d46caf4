"""What a default command depends on: files, programs and the job's own config.

A check is asked in three ways: `settle` decides what the config alone decides, `holds` asks a project, `to_shell`
writes the question for a shell that stands in the repository. `phrase` words it for people.
"""

from __future__ import annotations

from typing import TypeAlias, assert_never

from travistool.catalog.project import Project
from travistool.catalog.settings import Settings, parts
from travistool.record import Record


class File(Record):
    """There is such a file. The path is a template."""

    path: str


class Folder(Record):
    """There is such a folder. The path is a template."""

    path: str


class Executable(Record):
    """There is such a file, and it can be run. The path is a template."""

    path: str


class Program(Record):
    """The machine has such a program. Taken as missing where that is not known."""

    name: str


class VersionAtLeast(Record):
    """The machine's program is of that version or a later one. Taken as true where that is not known."""

    program: str
    version: str


class Shell(Record):
    """What only the job's shell can tell. `says` completes "if ..."; taken as `likely` where no shell is asked."""

    text: str
    says: str
    likely: bool = False


class Contains(Record):
    """A file holds a text: `pattern` is a basic regular expression that Python and grep read in the same way."""

    path: str
    pattern: str


class SameText(Record):
    """Two files are there and equal. The paths are templates."""

    one: str
    other: str


class Configured(Record):
    """The job's config, or with `by_default` a default of the language, sets the key to anything but false."""

    key: str
    by_default: bool = True


class ConfigIs(Record):
    """The first value of the key is one of these."""

    key: str
    values: tuple[str, ...]


class ConfigAtLeast(Record):
    """The first value of the key is that version or a later one. A word, such as `latest`, is not."""

    key: str
    version: str


class Caches(Record):
    """The cache shorthand is on."""

    name: str


class Named(Record):
    """A name of the language's own (`Language.names`) gives a text that is not empty."""

    name: str


class AnyOf(Record):
    """One of these holds."""

    checks: tuple[Check, ...]


class AllOf(Record):
    """All of these hold."""

    checks: tuple[Check, ...]


class Not(Record):
    """This does not hold."""

    check: Check


Fact: TypeAlias = File | Folder | Executable | Program | VersionAtLeast | Shell | Contains | SameText
"""What a repository and its machine decide."""

Setting: TypeAlias = Configured | ConfigIs | ConfigAtLeast | Caches | Named
"""What the job's config decides."""

Check: TypeAlias = Fact | Setting | AnyOf | AllOf | Not

ALWAYS = AllOf(())
"""Holds. After other rules it reads "otherwise"."""

NEVER = AnyOf(())
"""Does not hold."""


def any_file(*paths: str) -> Check:
    """Return the check that one of these files is there."""
    return AnyOf(tuple([File(path) for path in paths]))


def settle(check: Check, settings: Settings) -> Check:
    """Return the check with all decided that the config decides: what is left asks for files and programs only."""
    fill = settings.fill
    match check:
        case File(path) | Folder(path) | Executable(path):
            return type(check)(fill(path))
        case Contains(path, pattern):
            return Contains(fill(path), pattern)
        case SameText(one, other):
            return SameText(fill(one), fill(other))
        case Shell(text, says, likely):
            return Shell(fill(text), says, likely)
        case Program() | VersionAtLeast():
            return check
        case AnyOf(checks):
            return _joined(AnyOf, checks, settings)
        case AllOf(checks):
            return _joined(AllOf, checks, settings)
        case Not(inner):
            return _negated(settle(inner, settings))
        case _:
            return ALWAYS if _is_so(check, settings) else NEVER


def _is_so(setting: Setting, settings: Settings) -> bool:
    match setting:
        case Configured(key, by_default):
            return settings.has(key) if by_default else settings.given(key)
        case ConfigIs(key, values):
            return settings.first(key) in values
        case ConfigAtLeast(key, version):
            value = settings.first(key)
            return value[:1].isdigit() and parts(value) >= parts(version)
        case Caches(name):
            return settings.caches(name)
        case Named(name):
            return bool(settings.names[name](settings))
        case _:
            assert_never(setting)


def _joined(kind: type[AnyOf | AllOf], checks: tuple[Check, ...], settings: Settings) -> Check:
    decisive, idle = (ALWAYS, NEVER) if kind is AnyOf else (NEVER, ALWAYS)
    settled = [settle(inner, settings) for inner in checks]
    if decisive in settled:
        return decisive
    left = tuple([inner for inner in settled if inner != idle])
    return left[0] if len(left) == 1 else kind(left)


def _negated(check: Check) -> Check:
    match check:
        case AllOf(()):
            return NEVER
        case AnyOf(()):
            return ALWAYS
        case Not(inner):
            return inner
        case _:
            return Not(check)


def holds(check: Check, project: Project) -> bool:
    """Tell whether a settled check holds in a project. Raises TypeError for one that asks for the config."""
    match check:
        case AnyOf(checks):
            return any(holds(inner, project) for inner in checks)
        case AllOf(checks):
            return all(holds(inner, project) for inner in checks)
        case Not(inner):
            return not holds(inner, project)
        case Configured() | ConfigIs() | ConfigAtLeast() | Caches() | Named():
            raise TypeError(f"{check} asks for the config: settle it first")
        case _:
            return _is_found(check, project)


def _is_found(fact: Fact, project: Project) -> bool:
    match fact:
        case File(path):
            return project.has_file(path)
        case Folder(path):
            return project.has_folder(path)
        case Executable(path):
            return project.is_executable(path)
        case Program(name):
            return bool(project.version(name))
        case VersionAtLeast(program, version):
            found = project.version(program)
            return found is None or parts(found) >= parts(version)
        case Contains(path, pattern):
            return _matches(pattern, project.text(path))
        case SameText(one, other):
            return project.text(one) is not None and project.text(one) == project.text(other)
        case Shell():
            return fact.likely
        case _:
            assert_never(fact)


def _matches(pattern: str, text: str | None) -> bool:
    import re  # noqa: PLC0415  # few projects get here

    return text is not None and re.search(pattern, text, re.MULTILINE) is not None
