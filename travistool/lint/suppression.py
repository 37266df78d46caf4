"""Comments that suppress findings: `# travistool: ignore[rule, ...]` and `# travistool: ignore-file[rule, ...]`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from travistool.diagnostics import Diagnostic, Edit, Fix, Severity
from travistool.document.comments import Comment, comments
from travistool.document.nodes import Mapping, Node, Scalar, Sequence
from travistool.grammar.similar import suggest
from travistool.lint.catalog import names
from travistool.lint.own import OWN
from travistool.pipeline import Reading
from travistool.source import Source, Span

_OURS = re.compile(r"(?:\A#|[ \t]#)[ \t]*travistool:")
_FORM = re.compile(r"[ \t]*(ignore-file|ignore)(?![\w-])(?:[ \t]*\[([^\]]*)\])?")
_OWN = frozenset(rule.name for rule in OWN)
_EVERYWHERE = frozenset(("default",))  # what nearly every first line has: no reason for a comment there
_KEEPS_BREAKS = re.compile(r"[|>]\d?\+")
_BLOCK = re.compile(r"[|>][\d+-]*[ \t]*(?:#[^\r\n]*)?[\r\n]")
_INDENTED = re.compile(r"[\r\n]*[ \t]")
_LINE_END = re.compile(r"[ \t]*(?:\r\n|\r|\n|\Z)")
_LINE = re.compile(r"[^\r\n]*[\r\n]+")
_IN_TEXT = re.compile(r"(?:^|[ \t])(#[ \t]*travistool:[ \t]*ignore[^\r\n]*)", re.MULTILINE)
_PART_OF_TEXT = "this is a part of the text and suppresses nothing, put it behind the '|' or above"
_ELSEWHERE = "'ignore-file' counts only on a line of its own"


class _Suppression(NamedTuple):
    """One comment. `rules` are the names as written, None for all rules; `lines` what it covers, None for the file.

    `span` starts at its `#`; `names` is where the text between the brackets stands.
    """

    span: Span
    names: Span
    rules: tuple[str, ...] | None
    lines: range | None
    own_line: bool


def suppress(
    reading: Reading, shown: list[Diagnostic], read: Iterable[Diagnostic], off: Collection[str] = ()
) -> tuple[list[Diagnostic], tuple[Diagnostic, ...]]:
    """Return the findings that no comment suppresses, and those about the comments themselves, not rated yet.

    `read` are the findings of the reader. A comment is of use also where its finding is not shown in this run: the
    next one may have another profile. `off` are rules that were not asked, so that nobody knows what they would find.
    """
    if reading.normal is None:
        return shown, ()  # what is no config has no comments to go by
    written, own = _written(reading)
    if not written and not own:
        return shown, ()
    places = {(diagnostic.rule, _line(diagnostic.span)) for diagnostic in (*shown, *read)}
    places |= {(message.code.replace("_", "-"), _line(message.span)) for message in reading.normal.messages}
    index = _Index(written)
    kept = [one for one in shown if not index.covers(one.rule, _line(one.span))]
    rules_of: dict[int, set[str]] = {}
    for rule, line in places:
        rules_of.setdefault(line, set()).add(rule)
    for comment in written:
        own += _about(comment, _rules_at(comment, rules_of), off)
    # What is said about comments can only be suppressed by name: else each comment would hide that it is of no use.
    named = _Index([comment for comment in written if comment.rules is not None])
    return kept, tuple(one for one in own if not named.covers(one.rule, _line(one.span)))


class _Index:
    """Suppressions by line, so that many findings and many comments do not multiply."""

    def __init__(self, written: Iterable[_Suppression]) -> None:
        self._wide: list[_Suppression] = []
        self._lines: dict[int, list[_Suppression]] = {}
        for comment in written:
            if comment.lines is None or len(comment.lines) > 1:
                self._wide.append(comment)
            else:
                self._lines.setdefault(comment.lines.start, []).append(comment)

    def covers(self, rule: str, line: int) -> bool:
        return any(
            (comment.rules is None or rule in comment.rules) and (comment.lines is None or line in comment.lines)
            for comment in (*self._wide, *self._lines.get(line, ()))
        )


def _rules_at(comment: _Suppression, rules_of: dict[int, set[str]]) -> set[str]:
    """Return the rules that find something where a comment suppresses."""
    lines = rules_of.keys() if comment.lines is None else comment.lines
    return {rule for line in lines if line in rules_of for rule in rules_of[line]}


def _line(span: Span) -> int:
    return span.first().line


def _written(reading: Reading) -> tuple[list[_Suppression], list[Diagnostic]]:
    """Return the comments that suppress, and findings about those that are meant to and do not."""
    found, wrong = [], []
    every = comments(reading.document)
    below = _below(comment for comment in every if comment.own_line)
    texts = list(_blocks(reading.document.root))
    wrong += [one for node in texts for one in _in_text(reading.source, node)]
    blocks = {reading.source.position(node.start).line: _last_line(reading.source, node) for node in texts}
    for comment in every:
        for ours in _OURS.finditer(comment.span.text):
            source, start = comment.span.source, comment.span.start + ours.start()
            start += source.text[start] != "#"
            span = Span(source, start, comment.span.end)
            form = _FORM.match(source.text, comment.span.start + ours.end(), comment.span.end)
            if form is None or (form[1] == "ignore-file" and not comment.own_line):
                wrong.append(_useless(span, comment.span.start + ours.end() if form is None else None))
                continue
            lines = None if form[1] == "ignore-file" else _lines(comment, below, blocks)
            rules = None if form[2] is None else tuple(name.strip() for name in form[2].split(",") if name.strip())
            own_line = comment.own_line and start == comment.span.start
            found.append(_Suppression(span, Span(source, *form.span(2)), rules, lines, own_line))
    return found, wrong


def _below(every: Iterable[Comment]) -> dict[int, int]:
    """Return, for each line that is a comment, the first line below that is none."""
    lines = {_line(comment.span) for comment in every}
    below: dict[int, int] = {}
    for line in sorted(lines, reverse=True):
        below[line] = below.get(line + 1, line + 1)
    return below


def _lines(comment: Comment, below: dict[int, int], blocks: dict[int, int]) -> range:
    """Return the lines that a comment is for: its own, or the next one that is no comment; a block of text whole."""
    line = _line(comment.span)
    line = below[line] if comment.own_line else line
    return range(line, blocks.get(line, line) + 1)


def _blocks(root: Node | None) -> Iterator[Scalar]:
    """Yield every block of text (`|`, `>`): it has no room for comments."""
    stack = [] if root is None else [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Scalar) and node.style in ("|", ">"):
            yield node
        elif isinstance(node, Sequence):
            stack += node.items
        elif isinstance(node, Mapping):
            stack += [value for _, value in node.entries]


def _last_line(source: Source, block: Scalar) -> int:
    return source.position(len(source.text[: block.end].rstrip())).line


def _in_text(source: Source, block: Scalar) -> Iterator[Diagnostic]:
    """Yield what looks like a comment of ours inside of a text: to the shell it is one, to YAML it is not."""
    head = _LINE.match(source.text, block.start, block.end)
    for found in _IN_TEXT.finditer(source.text, head.end() if head is not None else block.end, block.end):
        span = Span(source, *found.span(1))
        yield Diagnostic("unused-suppression", Severity.WARNING, _PART_OF_TEXT, span)


def _useless(span: Span, behind: int | None) -> Diagnostic:
    """Say that a comment is not what it seems; `behind` is where its word starts, None where it is at the wrong end."""
    message = _ELSEWHERE
    if behind is not None:
        word = span.source.text[behind : span.end].split("[")[0].strip().split(" ")[0]
        message = f"'travistool: {word}' suppresses nothing, write 'travistool: ignore[rule]'"
    return Diagnostic("unused-suppression", Severity.WARNING, message, span)


def _about(comment: _Suppression, found: set[str], off: Collection[str]) -> Iterator[Diagnostic]:
    """Yield what is wrong with a comment, given the rules that find something in its place."""
    known = names()
    written = None if comment.rules is None else tuple(dict.fromkeys(comment.rules))
    for name in written or ():
        if name not in known:
            similar = suggest(known, name)
            hint = f", did you mean '{similar}'?" if similar else ""
            message = f"there is no rule '{name}' to ignore{hint}"
            yield Diagnostic("unknown-rule", Severity.WARNING, message, _place(comment, name))
    if written is None:
        if not found - _EVERYWHERE:
            yield _unused(comment, (), ())
        return
    unused = [name for name in written if name in known and not (name in _OWN or name in found or name in off)]
    if unused or not written:
        yield _unused(comment, unused, [name for name in written if name not in unused])


def _place(comment: _Suppression, name: str) -> Span:
    match = re.search(rf"(?<![^,\s]){re.escape(name)}(?![^,\s])", comment.names.text)
    assert match is not None
    start = comment.names.start + match.start()
    return Span(comment.span.source, start, start + len(name))


def _unused(comment: _Suppression, unused: Collection[str], left: Collection[str]) -> Diagnostic:
    """Report names that suppress nothing, with a fix that deletes them, or the comment when no name would be left."""
    where = "in this file" if comment.lines is None else "here"
    if unused:
        listed = " and ".join(f"'{name}'" for name in unused)
        message = f"{listed} {'is' if len(unused) == 1 else 'are'} not found {where}, so this suppresses nothing"
    else:
        message = f"nothing is found {where}, so this suppresses nothing"
    if left:
        edit: Edit | None = Edit(comment.names, ", ".join(left))
        title = "delete " + " and ".join(f"'{name}'" for name in unused)
    else:
        edit, title = _delete(comment), "delete the comment"
    fix = None if edit is None else Fix(title, (edit,), safe=True)
    return Diagnostic("unused-suppression", Severity.WARNING, message, comment.span, fix)


def _delete(comment: _Suppression) -> Edit | None:
    """Delete a comment with the blanks before it, and its line when nothing else is on it."""
    source = comment.span.source
    text, start, end = source.text, comment.span.start, comment.span.end
    start = len(text[:start].rstrip(" \t"))
    if not comment.own_line:
        return Edit(Span(source, start, end), "")
    if _KEEPS_BREAKS.search(text, 0, start):
        return None  # the line ends around it might become part of the text above
    rest = _LINE_END.match(text, end)
    end = rest.end() if rest else end
    if not text[:start].strip("\ufeff \t\r\n") and _INDENTED.match(text[start : comment.span.start] + text[end:]):
        return None  # Travis takes the indentation of the first line from all lines
    if not text[end:].strip() and _BLOCK.search(text, 0, start):
        return None  # Travis strips the text: a block at its end would lose its last line end
    return Edit(Span(source, start, end), "")
