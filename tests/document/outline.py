"""Nodes as text, one a line with both of its places: whole trees can be compared and read."""

from travistool.document.nodes import Alias, Mapping, Node, Scalar
from travistool.document.parse import parse
from travistool.source import Source


def outline(text: str) -> list[str]:
    """Return `start-end kind`, indented by depth; a scalar's kind is its style and text, `plain` for none."""
    source = Source("test.yml", text)
    document = parse(source)
    if document.root is None:
        return [f"{problem.rule}: {problem.message}" for problem in document.problems]
    lines: list[str] = []
    _write(source, document.root, 0, lines)
    return lines


def place(source: Source, start: int, end: int) -> str:
    first, last = source.position(start), source.position(end)
    return f"{first.line}:{first.column}-{last.line}:{last.column}"


def _write(source: Source, node: Node, depth: int, lines: list[str]) -> None:
    properties = ""
    if not isinstance(node, Alias):
        properties = (f" &{node.anchor}" if node.anchor else "") + (f" {node.tag}" if node.tag else "")
    head = f"{'  ' * depth}{place(source, node.start, node.end)}"
    if isinstance(node, Scalar):
        lines.append(f"{head} {node.style or 'plain'} {node.text!r}{properties}")
    elif isinstance(node, Alias):
        lines.append(f"{head} *{node.name}{' cyclic' if node.cyclic else ' unknown' if node.target is None else ''}")
    elif isinstance(node, Mapping):
        lines.append(f"{head} {'flow ' if node.flow else ''}map{properties}")
        for key, value in node.entries:
            _write(source, key, depth + 1, lines)
            _write(source, value, depth + 1, lines)
    else:
        lines.append(f"{head} {'flow ' if node.flow else ''}list{properties}")
        for item in node.items:
            _write(source, item, depth + 1, lines)
