"""The little of Groovy that a declarative pipeline is made of: statements and blocks, written and read back."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_PIECE = re.compile(
    r"""(?P<comment>//[^\n]*)|(?P<text>'''(?:[^'\\]|\\.|'(?!''))*'''|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")"""
    r"""|(?P<sign>[{}()\[\];\n])|(?P<other>[^{}()\[\];\n'"/]+|/)""",
    re.DOTALL,
)
_NAME = re.compile(r"[A-Z][A-Z0-9_]*|[a-z_]\w*")
_NOT_NAMES = frozenset(
    (
        *(
            "abstract",
            "as",
            "assert",
            "boolean",
            "break",
            "byte",
            "case",
            "catch",
            "char",
            "class",
            "const",
            "continue",
        ),
        *("def", "default", "do", "double", "else", "enum", "extends", "false", "final", "finally", "float", "for"),
        *("goto", "if", "implements", "import", "in", "instanceof", "int", "interface", "long", "native", "new", "not"),
        *("null", "package", "permits", "private", "protected", "public", "record", "return", "sealed", "short"),
        *("static", "strictfp", "super", "switch", "synchronized", "this", "threadsafe", "throw", "throws", "trait"),
        *("transient", "true", "try", "var", "void", "volatile", "while", "yield"),
        *("URI", "URL", "UUID"),
    )
)
"""Words of the language, and classes that every file knows whose names look like those of variables."""

_LONGEST = 65_000
"""Bytes of one literal; a class has no room for more than 65,535."""


class Block(NamedTuple):
    """A statement; `inside` are those of its braces, None where it has none."""

    head: str
    inside: tuple[Block, ...] | None = None

    def named(self, name: str) -> tuple[Block, ...]:
        """Return the statements inside that start with a word."""
        return tuple([one for one in self.inside or () if re.match(r"\w*", one.head)[0] == name])  # type: ignore[index]


def inside(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield all statements within the braces of statements, however deep."""
    for one in blocks:
        for inner in one.inside or ():
            yield inner
            yield from inside((inner,))


def leaf(head: str) -> Block:
    """Return a statement without braces."""
    return Block(head)


def block(head: str, *inside: Block) -> Block:
    """Return a statement with braces."""
    return Block(head, inside)


def written(blocks: Sequence[Block], indent: str = "") -> Iterator[str]:
    """Yield the lines of statements. Texts of several lines keep their own indentation."""
    for one in blocks:
        if one.inside is None:
            yield f"{indent}{one.head}"
        else:
            has_parameter = bool(one.inside) and one.inside[0].head.endswith("->")
            yield f"{indent}{one.head} {{" + (f" {one.inside[0].head}" if has_parameter else "")
            yield from written(one.inside[has_parameter:], f"{indent}    ")
            yield f"{indent}}}"


def quoted(text: str) -> str:
    """Return a text as a literal in which nothing is filled in."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r") + "'"


def long_quoted(text: str) -> str:
    """Return a text of several lines as a literal in which nothing is filled in."""
    body = text.rstrip("'")
    safe = body.replace("\\", "\\\\").replace("'''", "\\'\\'\\'").replace("\r", "\\r")
    # Quotes at the very end would be taken for the three.
    return "'''" + safe + "\\'" * (len(text) - len(body)) + "'''"


def any_length(text: str) -> str:
    """Return a text of several lines as an expression, of several literals where one is too short for it."""
    pieces = [""]
    for line in text.splitlines(keepends=True):
        if len((pieces[-1] + line).encode()) > _LONGEST:
            pieces.append("")
        pieces[-1] += line
    return long_quoted(text) if len(pieces) == 1 else f"([{', '.join(map(long_quoted, pieces))}].join(''))"


def is_name(text: str) -> bool:
    """Tell whether Groovy takes a name for one of a variable, whatever classes there are."""
    return _NAME.fullmatch(text) is not None and text not in _NOT_NAMES


def texts_in(head: str) -> tuple[str, ...]:
    """Return the literals of a statement, as what they stand for."""
    return tuple([ast.literal_eval(found["text"]) for found in _PIECE.finditer(head) if found["text"]])


def read(text: str) -> tuple[Block, ...]:
    """Return the statements of a file. Raises ValueError where brackets or quotes do not fit."""
    pieces = []
    at = 0
    while at < len(text):
        found = _PIECE.match(text, at)
        if found is None:
            raise ValueError(f"a text is not closed: {text[at : at + 40]!r}")
        at = found.end()
        if found.lastgroup != "comment":
            pieces.append((found.lastgroup == "sign", found[0]))
    reader = _Reader(pieces)
    blocks = reader.blocks()
    if reader.at < len(pieces):
        raise ValueError("a brace is closed that nobody opened")
    return blocks


class _Reader:
    def __init__(self, pieces: list[tuple[bool, str]]) -> None:
        self.pieces = pieces
        self.at = 0

    def blocks(self) -> tuple[Block, ...]:
        """Read statements up to a closing brace or the end."""
        found: list[Block] = []
        head = ""
        depth = 0
        while self.at < len(self.pieces):
            is_sign, piece = self.pieces[self.at]
            if is_sign and piece == "}":
                break
            self.at += 1
            if is_sign and piece == "{":
                if depth:
                    raise ValueError("a bracket is not closed before a brace")
                inside = self.blocks()
                self.close()
                found.append(Block(head.strip(), inside))
                head = ""
            elif is_sign and piece in "\n;" and not depth:
                found += [Block(head.strip())] if head.strip() else []
                head = ""
            else:
                depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(piece, 0) if is_sign else 0
                head += piece
        if depth:
            raise ValueError("a bracket is not closed")
        return (*found, *([Block(head.strip())] if head.strip() else []))

    def close(self) -> None:
        if self.at >= len(self.pieces):
            raise ValueError("a brace is not closed")
        self.at += 1
