"""A text with a name, and places in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence


class Position:
    """A place for people. `line` and `column` are 1-based; columns count code points."""

    __match_args__ = ("line", "column")
    __slots__ = ("column", "line")

    def __init__(self, line: int, column: int) -> None:
        self.line = line
        self.column = column

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Position) and (self.line, self.column) == (other.line, other.column)

    def __hash__(self) -> int:
        return hash((self.line, self.column))

    def __repr__(self) -> str:
        return f"Position({self.line}, {self.column})"


class Source:
    """One file's text. `name` is what messages show: a path, or `<stdin>`.

    Two sources are equal only if they are the same object, so a span stays cheap to compare.
    Lines end with LF, CR LF or a lone CR, as in YAML 1.1.
    """

    __slots__ = ("_starts", "name", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._starts: Sequence[int] | None = None

    def starts(self) -> Sequence[int]:
        """Return the offset at which each line begins; the first is 0."""
        if self._starts is None:
            # Imported late: most files have no findings. A list would take ten times the memory of the text.
            from array import array  # noqa: PLC0415

            text = self.text
            starts = array("L", [0])
            if "\r" in text:
                size = len(text)
                for index, char in enumerate(text):
                    if char == "\n" or (char == "\r" and not (index + 1 < size and text[index + 1] == "\n")):
                        starts.append(index + 1)
            else:
                index = text.find("\n")
                while index >= 0:
                    starts.append(index + 1)
                    index = text.find("\n", index + 1)
            self._starts = starts
        return self._starts

    def position(self, offset: int) -> Position:
        """Turn a 0-based offset (code points) into a Position."""
        starts = self.starts()
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """Return the text of a 1-based line without its line end; empty past the last line."""
        starts = self.starts()
        if number > len(starts):
            return ""
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")

    def __repr__(self) -> str:
        return f"Source({self.name!r})"


class Span:
    """A half-open range of a source: offsets are 0-based code points, `end` is the first one outside."""

    __match_args__ = ("source", "start", "end")
    __slots__ = ("end", "source", "start")

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.end = end

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    def first(self) -> Position:
        """Return the position of the first character."""
        return self.source.position(self.start)

    def last(self) -> Position:
        """Return the position just behind the last character."""
        return self.source.position(self.end)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Span)
            and self.source is other.source
            and (self.start, self.end) == (other.start, other.end)
        )

    def __hash__(self) -> int:
        return hash((id(self.source), self.start, self.end))

    def __repr__(self) -> str:
        return f"Span({self.source.name!r}, {self.start}, {self.end})"
