"""What jobs get from the root, for rules that need no plan: the language of an owner, and the jobs that a value is for."""

from __future__ import annotations

from travistool.document.nodes import Scalar
from travistool.schema.elements import flatten
from travistool.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.subject import Command, File
    from travistool.schema.elements import Element


def language_of(file: File, owner: Element) -> str:
    """Return the language of the root or of an entry of `jobs.include`, which has the root's if it has none."""
    found = owner.get("language") or file.root.get("language")
    first = next(flatten(found), None) if found is not None else None
    return str(first.value) if first is not None and first.kind == "str" else ""


def users(file: File, owner: Element, key: str) -> Iterator[Element]:
    """Yield the owners that a key's value counts for: of the root also the entries that do not have the key."""
    yield owner
    if owner is file.root:
        yield from [job for job in file.jobs if job.get(key) is None]


def languages_for(file: File, owner: Element, key: str) -> set[str]:
    """Return the languages of the jobs that a key's value counts for."""
    return {language_of(file, one) for one in users(file, owner, key)}


def value_of(file: File, owner: Element, key: str) -> Element | None:
    """Return what an owner has under a key, else what the root has."""
    return owner.get(key) or file.root.get(key)


def runs_in(file: File, command: Command, owner: Element) -> bool:
    """Tell whether an owner runs a command: its own, or the root's where it does not have the phase."""
    if any(one is owner for one in command.owners):
        return True
    return any(one is file.root for one in command.owners) and owner.get(command.phase) is None


def multiplying(file: File) -> dict[str, list[Element]]:
    """Return the items of the root's lists that make several jobs, by key, but for `env`: what a plan has at least."""
    from travistool.plan.axes import matrix_keys  # noqa: PLC0415  it loads parts of the planner
    from travistool.plan.support import supports_key  # noqa: PLC0415  the same

    root = file.root.children
    found = {key: root[key].items for key in matrix_keys() if key in root and key != "env" and len(root[key].items) > 1}
    config = {str(key): root[key].plain() for key in ("language", "os", "arch") if key in root}
    return {key: items for key, items in found.items() if supports_key(key, config)}


def makes_several(file: File) -> bool:
    """Tell whether the root alone may make more than one job. A single one gives way to the entries of `jobs.include`."""
    env = file.root.get("env")
    rows = () if env is None else (env, env.get("jobs") or env)
    return any(len(list(flatten(one))) > 1 for one in rows) or bool(multiplying(file))


def word_span(element: Element, word: str) -> Span:
    """Return where a shorthand is written: as an item, as the whole value or as a key."""
    node = element.node
    if isinstance(node, Scalar) and node.text.lower() == word:
        return Span(element.source, node.start, node.end)
    return element.key_span()
