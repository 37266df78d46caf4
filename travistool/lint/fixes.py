"""Fixes that several rules offer. None of them is safe: each changes what the build does, or what somebody has meant.

Each answers None where the text cannot be edited without doubt. What edits lists is loaded with the first finding.
"""

from __future__ import annotations

from travistool.diagnostics import Edit, Fix
from travistool.document.nodes import Alias, Sequence
from travistool.lint.subject import written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from travistool.document.nodes import Node
    from travistool.lint.subject import Command, File
    from travistool.schema.elements import Element
    from travistool.source import Span


def replacement(title: str, *pairs: tuple[Span, str, str]) -> Fix | None:
    """Write one text for another at some places, if each holds the old text as it is."""
    if any(span.text != old for span, old, _ in pairs):
        return None
    return Fix(title, tuple([Edit(span, new) for span, _, new in pairs]), safe=False)


def rewritten(element: Element, text: str, title: str) -> Fix | None:
    """Write a word in the place of a value."""
    from travistool.document.edits import replace_scalar  # noqa: PLC0415  it compiles patterns

    edit = replace_scalar(element.source, written(element), text)
    return Fix(title, (edit,), safe=False) if edit is not None else None


def deletion(file: File, element: Element, title: str) -> Fix | None:
    """Delete a key with its value, or an item; a map or list that would be empty goes as well."""
    edit = _deleted(file, element)
    return Fix(title, (edit,), safe=False) if edit is not None else None


def service_for(file: File, command: Command, name: str, *, instead: bool = False) -> Fix | None:
    """Add a service to those of the jobs that run a command; `instead`: and delete the command, if that is all it does."""
    from travistool.lint.shell import commands  # noqa: PLC0415  see above

    title = f"write 'services: {name}'"
    added = _with_service(file, command, name)
    if not instead or added is None:
        return Fix(title, (added,), safe=False) if added is not None else None
    deleted = _deleted(file, command.element) if len(commands(command.text)) == 1 else None
    return Fix(title, _both(added, deleted), safe=False) if deleted is not None else None


def packages_for(file: File, command: Command, names: list[str]) -> Fix | None:
    """Leave it to the addon `apt` to install packages, and delete the command of the root that does."""
    from travistool.document.items import add_item  # noqa: PLC0415  see above

    phase, addons = file.root.get(command.phase), file.root.get("addons")
    if phase is None or command.owners[0] is not file.root:
        return None
    if addons is None:
        line = "addons: {apt: {packages: [" + ", ".join(names) + "]}}"
        added = _new_key(file, phase.key_node, line)
    else:
        apt = addons.get("apt")
        packages = apt.get("packages") if apt is not None else None
        node = packages.node if packages is not None else None
        added = add_item(file.source, node, *names) if isinstance(node, Sequence) else None
    deleted = _deleted(file, command.element)
    return Fix("use the addon", _both(added, deleted), safe=False) if added and deleted else None


def addition(file: File, listed: Element, text: str) -> Fix | None:
    """Add a text to a list."""
    from travistool.document.items import add_item  # noqa: PLC0415  see above

    edit = add_item(file.source, listed.node, text) if listed.node is not None else None
    return Fix(f"add it to '{listed.key}'", (edit,), safe=False) if edit is not None else None


def both(one: Fix | None, other: Fix | None, title: str) -> Fix | None:
    """Join an insertion and a deletion, if both can be made and the one is not inside of the other."""
    if one is None or other is None:
        return None
    (added,), (deleted,) = one.edits, other.edits
    if (
        deleted.span.start < added.span.start <= deleted.span.end
        or deleted.span.start < added.span.end <= deleted.span.end
    ):
        return None
    return Fix(title, _both(added, deleted), safe=False)


def new_key(file: File, beside: Element, line: str) -> Fix | None:
    """Write a line with a key before the key that a value stands under."""
    edit = _new_key(file, beside.key_node, line)
    return Fix(f"write '{line}'", (edit,), safe=False) if edit is not None else None


def _both(added: Edit, deleted: Edit) -> tuple[Edit, ...]:
    """Return an insertion and a deletion, as one where the one stands at the start of the other."""
    if added.span.start == deleted.span.start:
        return (Edit(deleted.span, added.text),)
    return added, deleted


def _deleted(file: File, element: Element) -> Edit | None:
    from travistool.document.edits import delete_entry, entry_at  # noqa: PLC0415  see above
    from travistool.document.items import delete_item  # noqa: PLC0415  see above

    root, parent = file.document.root, element.parent
    if parent is not None and parent.kind == "map" and element.key_node is not None:
        found = entry_at(root, element.key_node.start, element.key_node.end)
        if found is not None and len(found[0].entries) == 1 and parent.node is found[0]:
            return _deleted(file, parent) if parent.parent is not None else None
        if found is not None:
            return delete_entry(file.source, *found)
    if parent is not None and parent.kind == "seq" and parent.key_node is not None and _is_alone(element, parent):
        return _deleted(file, parent)
    node = element.node
    return delete_item(file.source, root, node) if node is not None and not isinstance(node, Alias) else None


def _is_alone(element: Element, parent: Element) -> bool:
    """Tell whether an item is all that is written under the key of its list."""
    if isinstance(parent.node, Sequence):
        return len(parent.node.items) == 1
    return parent.node is element.node and len(parent.items) == 1


def _with_service(file: File, command: Command, name: str) -> Edit | None:
    from travistool.document.items import add_item  # noqa: PLC0415  see above

    owner = command.owners[0]
    services = owner.get("services") or file.root.get("services")
    if services is None or services.node is None:
        top = owner
        while top.parent is not None and top.parent is not file.root:
            top = top.parent
        beside = owner.get(command.phase) if owner is file.root else top
        return _new_key(file, beside.key_node if beside is not None else None, f"services: {name}")
    return add_item(file.source, services.node, name)


def _new_key(file: File, key: Node | None, line: str) -> Edit | None:
    from travistool.document.edits import entry_at  # noqa: PLC0415  see above
    from travistool.document.items import key_before  # noqa: PLC0415  see above

    found = entry_at(file.document.root, key.start, key.end) if key is not None else None
    return key_before(file.source, *found, line) if found is not None else None
