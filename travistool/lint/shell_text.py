"""The reader of shell text: one pass, with what it is inside of on a stack."""

from __future__ import annotations

from re import compile as compiled
from typing import NamedTuple

_BLANK = compiled(r"(?:[ \t\r]|\\\r?\n)+")
_PLAIN = compiled(r"[^\s'\"\\$`;&|<>()]+")
_WHOLE = compiled(r"[^\s'\"\\$`;&|<>()#][^\s'\"\\$`;&|<>()]*(?=[ \t\n]|\Z)")
_OPERATOR = compiled(r";;&?|;&|&&|\|\||\|&|[;&|\n]")
_REDIRECT = compiled(r"\d*(?:&>>?|<<<|<<-?|<>|[<>]&|>>|>\||[<>])")
_DOUBLE = compiled(r"[^\"\\$`]+")
_VARIABLE = compiled(r"\$(?:\w+|[@*#?$!-])")
_ASSIGNMENT = compiled(r"[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=")
_NAME = compiled(r"\s*\)")
_OPENING = {"if": "if", "while": "while", "until": "while", "for": "for", "select": "for", "case": "case"}
_TURNING = {"then": "then", "elif": "elif", "else": "else", "do": "do"}
_CLOSING = frozenset(("fi", "done", "esac", "}"))
_HEADERS = frozenset(("for", "select", "case"))
_KEYWORDS = frozenset((*_OPENING, *_TURNING, *_CLOSING, "function"))
# One command of plain words: nothing to expand, to join or to take apart.
_CALL = compiled(r"[\w./-]+(?:[ \t]+[^\s'\"\\$`;&|<>()#]+)*")
_PART = compiled(r"[^ \t]+")


class Word(NamedTuple):
    """One word. `text` is without quotes, variables as written; `raw` as written, from `start` to `end` (0-based).

    `inner` are the commands that are put in by `$(...)`, backticks or `<(...)`; `quoted` tells that it has quotes.
    """

    text: str
    raw: str
    start: int
    end: int
    inner: tuple[Simple, ...] = ()
    quoted: bool = False


class Simple(NamedTuple):
    """One simple command. `redirects` are pairs of an operator (`>`, `2>`, `<<<`) and its word.

    `link` and `next` are the operators before and after it: one of `&& || | |& ; & ;;`, a line end, or ``. `inside` are
    the blocks around it, the outermost first: `if`, `elif` and `while` for their conditions, `then`, `else`, `do`,
    `case`, `{`, `(`, `function`, and `$(` or `<(` for substitutions. `after_test`: it runs only after an `&&` or `||`;
    `rescued`: an `||` follows, so that its failure is seen to.
    """

    words: tuple[Word, ...]
    assignments: tuple[Word, ...]
    redirects: tuple[tuple[str, Word], ...]
    start: int
    end: int
    link: str
    next: str
    inside: tuple[str, ...]
    after_test: bool
    rescued: bool


def simple(text: str) -> Simple | None:
    """Return the command of a text that is one of plain words, as most are; None for all else, which `Reader` reads."""
    if _CALL.fullmatch(text) is None:
        return None
    words = tuple([Word(found[0], found[0], *found.span()) for found in _PART.finditer(text)])
    if words[0].text in _KEYWORDS:
        return None
    return Simple(words, (), (), 0, len(text), "", "", (), after_test=False, rescued=False)


class _Block(NamedTuple):
    """A block that is open. `first` are the numbers of commands before the list that it is a part of."""

    name: str
    first: tuple[int, int]
    after_test: bool


class Reader:
    """Walks over a text. Everything from `start` on, up to what closes the substitution that it is in.

    `after_test` is that of the command that the substitution is in.
    """

    def __init__(
        self, text: str, start: int = 0, closer: str = "", inside: tuple[str, ...] = (), *, after_test: bool = False
    ) -> None:
        self.text = text
        self.at = start
        self.closer = closer
        self.inside = inside
        self.blocks: list[_Block] = []
        self.found: list[Simple] = []
        self.deeper: list[Simple] = []
        self.first = (0, 0)
        self.inherited = after_test
        self.after_test = after_test
        self.link = ""
        self.is_pattern = False
        self.is_name = False
        self.heres: list[tuple[str, bool]] = []
        self.words: list[Word] = []
        self.assignments: list[Word] = []
        self.redirects: list[tuple[str, Word]] = []

    def read(self) -> list[Simple]:
        """Return all commands, those in substitutions behind the others; `at` is then behind the closer."""
        while self.at < len(self.text):
            whole = _WHOLE.match(self.text, self.at)
            if whole is not None:
                # Most words: they need no closer look.
                start, self.at = whole.span()
                self._take(Word(whole[0], whole[0], start, self.at))
            elif (blank := _BLANK.match(self.text, self.at)) is not None:
                self.at = blank.end()
            elif self.text[self.at] == ")":
                if self._close():
                    return self._finish()
            elif self.text[self.at] == "`" and self.closer == "`":
                self.at += 1
                return self._finish()
            else:
                self._step()
        return self._finish()

    def _finish(self) -> list[Simple]:
        self._end("")
        return [*self.found, *self.deeper]

    def _close(self) -> bool:
        """Step over a `)`; tell whether it ends the text that this reader reads."""
        self.at += 1
        if self.is_pattern:
            self.words, self.assignments, self.is_pattern = [], [], False
            return False
        return self.closer == ")"

    def _step(self) -> None:
        char = self.text[self.at]
        if char == "#":
            end = self.text.find("\n", self.at)
            self.at = len(self.text) if end < 0 else end
            return
        redirect = _REDIRECT.match(self.text, self.at)
        if redirect is not None and not self.text.startswith(("<(", ">("), self.at):
            self._redirect(redirect[0], redirect.end())
            return
        operator = _OPERATOR.match(self.text, self.at)
        if operator is not None:
            self.at = operator.end()
            self._end(operator[0])
        elif char == "(" and self.is_pattern:
            self.at += 1
        elif char == "(":
            self._bracket()
        else:
            self._take(self._word())

    def _redirect(self, operator: str, end: int) -> None:
        self.at = end
        blank = _BLANK.match(self.text, self.at)
        self.at = blank.end() if blank is not None else self.at
        if self.at >= len(self.text) or self.text[self.at] in "\n;|":
            return
        word = self._word()
        if operator.lstrip("0123456789") in ("<<", "<<-"):
            self.heres.append((word.text, operator.endswith("-")))
        self.redirects.append((operator, word))

    def _bracket(self) -> None:
        """Read a `(`: a group, a sum, a list of values, or the mark of a function."""
        name = _NAME.match(self.text, self.at + 1)
        if name is not None and (self.words or self.link == "function"):
            self.words, self.at = [], name.end()
            self.link = "function"
        elif self.text.startswith("((", self.at) and not self.words:
            end = self.text.find("))", self.at)
            self.at = len(self.text) if end < 0 else end + 2
        else:
            self._nested("(", self.at + 1, ")")

    def _nested(self, block: str, start: int, closer: str) -> tuple[Simple, ...]:
        inside = (*self.inside, *(one.name for one in self.blocks), block)
        reader = Reader(self.text, start, closer, inside, after_test=self.after_test)
        found = tuple(reader.read())
        self.at = reader.at
        self.deeper += found
        return found

    def _take(self, word: Word) -> None:
        """Put a word where it belongs: a keyword changes the block, an assignment stands before the command."""
        if self.is_name:
            self.is_name = False
            return
        if not self.words and not word.quoted:
            if not self.assignments and self._keyword(word):
                return
            if _ASSIGNMENT.match(word.raw):
                self.assignments.append(word)
                return
        elif self.words and self.words[0].raw == "case" and word.raw == "in":
            self._end(";")
            self.is_pattern = True
            return
        if self.words or not _ASSIGNMENT.match(word.raw):
            self.words.append(word)
            if word.raw == "[[" and len(self.words) == 1:
                self._test()
        else:
            self.assignments.append(word)

    def _keyword(self, word: Word) -> bool:
        """Tell whether a word is one that no program has to do with; those that open a header are both."""
        text = word.raw
        if text in _OPENING or text == "{":
            name = "function" if self.link == "function" else _OPENING.get(text, text)
            self.blocks.append(_Block(name, self.first, self.after_test))
            self.link = "" if self.link == "function" else self.link
            return text not in _HEADERS
        if text in _TURNING and self.blocks:
            self.blocks[-1] = self.blocks[-1]._replace(name=_TURNING[text])
        elif text in _CLOSING and self.blocks:
            block = self.blocks.pop()
            self.first, self.after_test, self.is_pattern = block.first, block.after_test, False
        elif text == "function":
            self.link, self.is_name = "function", True
        else:
            return text == "!"
        return True

    def _test(self) -> None:
        """Step over the inside of `[[ ... ]]`, where `&&` and `<` are words."""
        end = self.text.find("]]", self.at)
        end = len(self.text) if end < 0 else end + 2
        self.words.append(Word(self.text[self.at : end], self.text[self.at : end], self.at, end))
        self.at = end

    def _end(self, operator: str) -> None:
        """End a command at an operator."""
        if self.is_pattern and operator == "|":
            return
        has_ended = bool(self.words or self.assignments)
        if has_ended:
            self.found.append(self._made(operator))
        self.words, self.assignments, self.redirects = [], [], []
        if operator == "\n":
            self._skip_heres()
            if not has_ended and self.link in ("&&", "||", "|", "|&", "function"):
                return
        if operator == "||":
            for found, first in zip((self.found, self.deeper), self.first, strict=True):
                found[first:] = [one._replace(rescued=True) for one in found[first:]]
        self._begin(operator)

    def _made(self, operator: str) -> Simple:
        parts = [*self.words, *self.assignments, *(word for _, word in self.redirects)]
        return Simple(
            tuple(self.words),
            tuple(self.assignments),
            tuple(self.redirects),
            start=min([one.start for one in parts]),
            end=max([one.end for one in parts]),
            link=self.link,
            next=operator,
            inside=(*self.inside, *(one.name for one in self.blocks)),
            after_test=self.after_test,
            rescued=False,
        )

    def _begin(self, operator: str) -> None:
        """Get ready for what follows an operator."""
        self.link = operator
        if operator in ("&&", "||"):
            self.after_test = True
        elif operator not in ("|", "|&"):
            self.after_test = self.blocks[-1].after_test if self.blocks else self.inherited
            self.first = (len(self.found), len(self.deeper))
        if operator.startswith(";") and len(operator) > 1:
            self.is_pattern = True

    def _skip_heres(self) -> None:
        for mark, is_indented in self.heres:
            while self.at < len(self.text):
                end = self.text.find("\n", self.at)
                end = len(self.text) if end < 0 else end
                line = self.text[self.at : end]
                self.at = min(end + 1, len(self.text))
                if (line.lstrip("\t") if is_indented else line).rstrip("\r") == mark:
                    break
        self.heres = []

    def _word(self) -> Word:
        start, parts, inner, quoted = self.at, list[str](), list[Simple](), False
        while self.at < len(self.text):
            plain = _PLAIN.match(self.text, self.at)
            if plain is not None:
                self.at = plain.end()
                parts.append(plain[0])
                continue
            char = self.text[self.at]
            if char in "'\"":
                quoted = True
                parts.append(self._single() if char == "'" else self._double(inner))
            elif char == "\\":
                parts.append("" if self.text.startswith(("\\\n", "\\\r\n"), self.at) else self.text[self.at + 1 :][:1])
                self.at += 2
            elif char in "$`" or self.text.startswith(("<(", ">("), self.at):
                if char == "`" and self.closer == "`":
                    break
                parts.append(self._dollar(inner))
            elif char == "(" and self.text[self.at - 1] == "=" and self.at > start:
                values = Reader(self.text, self.at + 1, ")")  # what they put in is not looked at
                values.read()
                parts.append(self.text[self.at : values.at])
                self.at = values.at
            else:
                break
        if self.at == start:
            self.at += 1  # nothing that a word may begin with: no text keeps the reader where it is
        self.at = min(self.at, len(self.text))
        return Word("".join(parts), self.text[start : self.at], start, self.at, tuple(inner), quoted)

    def _single(self) -> str:
        end = self.text.find("'", self.at + 1)
        end = len(self.text) if end < 0 else end
        text, self.at = self.text[self.at + 1 : end], end + 1
        return text

    def _double(self, inner: list[Simple]) -> str:
        parts = []
        self.at += 1
        while self.at < len(self.text) and self.text[self.at] != '"':
            plain = _DOUBLE.match(self.text, self.at)
            if plain is not None:
                parts.append(plain[0])
                self.at = plain.end()
            elif self.text[self.at] == "\\":
                following = self.text[self.at + 1 : self.at + 2]
                parts.append(following if following in '"\\$`' else f"\\{following}" if following != "\n" else "")
                self.at += 2
            elif self.text[self.at] == "`" and self.closer == "`":
                break
            else:
                parts.append(self._dollar(inner))
        self.at += 1
        return "".join(parts)

    def _dollar(self, inner: list[Simple]) -> str:
        """Step over what is put in: `$A`, `${A:-b}`, `$(...)`, `$((...))`, backticks, `<(...)`; return it as written."""
        start = self.at
        variable = _VARIABLE.match(self.text, start)
        if variable is not None:
            self.at = variable.end()
        elif self.text.startswith("${", start):
            end = self.text.find("}", start)
            self.at = len(self.text) if end < 0 else end + 1
        elif self.text.startswith("$((", start):
            end = self.text.find("))", start)
            self.at = len(self.text) if end < 0 else end + 2
        elif self.text.startswith("`", start):
            inner += self._nested("$(", start + 1, "`")
        elif self.text.startswith(("$(", "<(", ">("), start):
            inner += self._nested(self.text[start : start + 2], start + 2, ")")
        else:
            self.at += 1
        return self.text[start : self.at]
