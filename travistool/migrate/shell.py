r"""Commands of a config as parts of one longer shell script: what they may need around them so that they stay one.

Travis hands each command to `eval`. Here they stand one after the other as plain text wherever that means the same.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[^\s;&|()<>`\"'$\\#{}]+")
_HEREDOC = re.compile(r"<<(-?)\s*(\\?)(['\"]?)([A-Za-z_][\w.-]*)\3")
_OPENERS = {"if": "fi", "case": "esac", "do": "done", "{": "}"}
_CLOSERS = frozenset(_OPENERS.values())
_COMMANDS_FOLLOW = frozenset(("then", "else", "elif", "do", "!", "time", "{", "if", "while", "until"))
_LEAKS = re.compile(
    r"""(?mx)(?:^|[;&|({]|\b(?:then|do|else)\b)\s*
    (?:cd|pushd|popd|export|source|\.|alias|unset|set|shopt|umask|ulimit|trap|declare|typeset|readonly|eval|exec
      |nvm|rvm|phpenv|pyenv|conda|workon|deactivate|jdk_switcher|sdk|gimme|chruby|rbenv|mkvirtualenv|activate|module
      |[A-Za-z_]\w*=\S*(?:\s*$|\s*;|\s*&&)|[A-Za-z_][\w-]*\s*\(\)|function)
    (?=\s|$|=|\(|;|[^\w-])"""
)
_SETS_ERREXIT = re.compile(
    r"(?mx)(?:^|[;&|({]|\b(?:then|do|else)\b)\s*set\s+(?:-[a-zA-Z]+\s+)*(?:-[a-zA-Z]*e|-o\s+errexit)"
)
_SOURCES = re.compile(r"(?m)(?:^|[;&|({]|\b(?:then|do|else)\b)\s*(?:source|\.)\s+([^\s;&|]+)")
_DOT = re.compile(r"\.\s")
_KNOWN_SOURCES = re.compile(r"/activate\b|nvm\.sh|scripts/rvm|\.bashrc|profile\b|/etc/|cargo/env|conda\.sh|sdkman-init")
_BACKGROUND = re.compile(r"(?m)(?<![&>|<\\])&(?![&>\d])\s*(?:$|\)|;|\w)")
_LEAVES = re.compile(
    r"(?m)(?:^|[;&|({]|\b(?:then|do|else)\b)\s*(?:exit\b|travis_terminate\b|travis_assert\b|travis_cmd\b.*--assert\b|exec\s+[^\s<>&|;\d])"
)
_IN_FUNCTION = re.compile(r"(?m)(?:^|[;&|({]|\b(?:then|do|else)\b)\s*(?:return|local)\b")
_FUNCTION = re.compile(r"(?m)(?:\bfunction\s+[\w-]+\s*(?:\(\s*\))?|[\w-]+\s*\(\s*\))\s*\{")
_ENTRY = "entry"
"""The function that a command becomes where it has to be in one: Travis runs each in one."""


_KEPT = 2048
"""Commands whose readings are kept: rows of a matrix share them, and each is asked for several times."""


class Reading(NamedTuple):
    """What a text comes to. `open` names what is not closed, `` when all is. `is_simple`: one command or pipeline.

    `ends_plainly`: something like `|| exit` can follow on the last line. `has_heredoc`: indenting would change it.
    """

    open: str
    is_simple: bool
    ends_plainly: bool
    has_heredoc: bool


@lru_cache(maxsize=_KEPT)
def read(text: str) -> Reading:
    """Read a command as far as needed to put it into a script."""
    return _Reader(text.strip("\n")).read()


@lru_cache(maxsize=_KEPT)
def leaks(text: str) -> bool:
    """Tell whether a command may change the shell that later commands run in."""
    return _LEAKS.search(text) is not None or _BACKGROUND.search(text) is not None


@lru_cache(maxsize=_KEPT)
def leaves(text: str) -> bool:
    """Tell whether a command may end the whole job."""
    return _LEAVES.search(text) is not None


@lru_cache(maxsize=_KEPT)
def needs_function(text: str) -> bool:
    """Tell whether a command says what only functions may, `return` or `local`, outside of those that it defines."""
    return ("return" in text or "local" in text) and _IN_FUNCTION.search(_without_functions(text)) is not None


def _without_functions(text: str) -> str:
    """Return a text without functions in braces; one that is never closed is left as it is."""
    while (found := _FUNCTION.search(text)) is not None:
        depth, at = 1, found.end()
        while at < len(text) and depth:
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            at += 1
        if depth:
            break
        text = f"{text[: found.start()]}:{text[at:]}"
    return text


@lru_cache(maxsize=_KEPT)
def may_stop(text: str) -> bool:
    """Tell whether a text may turn on `set -e`, itself or by a file that it sources."""
    # All texts of every job come here: words are found much faster than where a command starts.
    if "set" in text and _SETS_ERREXIT.search(text):
        return True
    sourced = _SOURCES.findall(text) if "source" in text or _DOT.search(text) else ()
    return any(not _KNOWN_SOURCES.search(path) for path in sourced)


def checked(text: str, what: str) -> str:
    """Return a command with what happens when it fails, so that `set -e` counts in it, which `||` would turn off."""
    return f"{alone(text) or ':'}\n[ $? = 0 ] || {what}"


def in_function(text: str, after: str = "") -> str:
    """Return a command as a function, and the call of it with what comes after that."""
    return f"{_ENTRY}() {{\n{text}\n}}\n{followed(_ENTRY, after) if after else _ENTRY}"


def followed(text: str, suffix: str) -> str:
    """Return a command followed by `|| ...` for its status, whatever the command is."""
    text = text.rstrip()
    if not text.strip():
        return ":"
    reading = read(text)
    if reading.open:
        return f"{evaluated(text)} {suffix}"
    if reading.ends_plainly:
        return f"{text} {suffix}"
    return f"{{\n{text}\n}} {suffix}" if not _is_comment(text) else text


def alone(text: str) -> str:
    """Return a command whose status nobody asks for."""
    text = text.rstrip()
    return evaluated(text) if read(text).open else text


def evaluated(text: str) -> str:
    """Return a command that the shell reads only when it comes to it: what is wrong in it stays there."""
    mark = "COMMAND"
    while re.search(rf"(?m)^{mark}$", text):
        mark += "_"
    return f"eval \"$(cat <<'{mark}'\n{text}\n{mark}\n)\""


def quoted(text: str) -> str:
    """Return a text as one word of the shell, in single quotes where it needs any."""
    if re.fullmatch(r"[\w@%+=:,./-]+", text, re.ASCII):
        return text
    return "'" + text.replace("'", "'\\''") + "'"


def _is_comment(text: str) -> bool:
    return all(not line.strip() or line.lstrip().startswith("#") for line in text.split("\n"))


class _Reader:
    """Walks over a text once. `stack` holds what has been opened."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.stack: list[str] = []
        self.heredocs: list[tuple[str, bool]] = []
        self.had_heredoc = False
        self.operators = 0
        self.words = 0
        self.last = ""
        self.starts_command = True
        self.comment_last = False
        self.compound = False
        self.has_pattern = False

    def read(self) -> Reading:
        while self.at < len(self.text):
            if not self.step():
                return Reading("quote", False, False, self.had_heredoc)
        opened = self.stack[-1] if self.stack else ("heredoc" if self.heredocs else "")
        opened = opened or ("pattern" if self.has_pattern else "")
        if self.text.endswith("\\"):
            opened = opened or "line"
        if not opened and self.last in ("&&", "||", "|"):
            opened = "list"
        plain = not self.comment_last and self.last not in ("&", ";", "heredoc", "\n") and self.words > 0
        simple = plain and not self.operators and not self.compound and not self.had_heredoc and "\n" not in self.text
        return Reading(opened, simple, plain, self.had_heredoc)

    def step(self) -> bool:
        char = self.text[self.at]
        if char == "\n":
            self.newline()
            return True
        if char in " \t\r":
            self.at += 1
            return True
        if char == "#" and (self.at == 0 or self.text[self.at - 1] in " \t\n;&|("):
            end = self.text.find("\n", self.at)
            self.at = len(self.text) if end < 0 else end
            self.comment_last = True
            return True
        self.comment_last = False
        if char == "\\":
            self.at += 2
            self.seen()
            return True
        if char in "\"'`":
            return self.quote(char)
        if self.text.startswith(("$(", "${"), self.at):
            return self.nested()
        found = _HEREDOC.match(self.text, self.at)
        if found and not self.text.startswith("<<<", self.at):
            self.heredocs.append((found[4], bool(found[1])))
            self.at = found.end()
            self.had_heredoc = True
            return True
        return self.operator(char) if char in ";&|()<>" else self.word()

    def newline(self) -> None:
        self.at += 1
        while self.heredocs:
            mark, tabs = self.heredocs[0]
            end = self.text.find("\n", self.at)
            line = self.text[self.at :] if end < 0 else self.text[self.at : end]
            if end < 0 and (line.lstrip("\t") if tabs else line) != mark:
                self.at = len(self.text)
                return
            self.at = len(self.text) if end < 0 else end + 1
            if (line.lstrip("\t") if tabs else line) == mark:
                self.heredocs.pop(0)
                self.last = "heredoc"
        if self.words:
            self.operators += 1
        self.starts_command = True

    def seen(self) -> None:
        self.words += 1
        self.last = "word"
        self.starts_command = False

    def quote(self, char: str) -> bool:
        end = self.at + 1
        while end < len(self.text) and self.text[end] != char:
            end += 2 if self.text[end] == "\\" and char != "'" else 1
        if end >= len(self.text):
            return False
        if char == '"' and self.text.count("$(", self.at, end) and not self._closes(self.at + 1, end):
            # A quote inside `$(...)` inside quotes: look for the end of the whole.
            end = self._end_of_quoted()
            if end < 0:
                return False
        self.at = end + 1
        self.seen()
        return True

    def _closes(self, start: int, end: int) -> bool:
        inside = self.text[start:end]
        return inside.count("(") == inside.count(")")

    def _end_of_quoted(self) -> int:
        depth, at = 0, self.at + 1
        while at < len(self.text):
            char = self.text[at]
            if char == "\\":
                at += 1
            elif self.text.startswith("$(", at):
                depth += 1
                at += 1
            elif char == ")" and depth:
                depth -= 1
            elif char == '"' and not depth:
                return at
            at += 1
        return -1

    def nested(self) -> bool:
        """Step over `$(...)`, `${...}` and `$((...))`, quotes in them included."""
        opening, closing = self.text[self.at + 1], ")" if self.text[self.at + 1] == "(" else "}"
        depth, at = 1, self.at + 2
        while at < len(self.text) and depth:
            char = self.text[at]
            if char == "\\":
                at += 1
            elif char in "\"'" and not (char == "'" and opening == "{"):
                end = self.text.find(char, at + 1)
                at = end if end > 0 else len(self.text)
            elif char == opening:
                depth += 1
            elif char == closing:
                depth -= 1
            at += 1
        self.at = at
        self.seen()
        return depth == 0

    def operator(self, char: str) -> bool:
        two = self.text[self.at : self.at + 2]
        if char in "<>" or two == "&>":
            width = 2 if two in (">>", "<<", ">&", "<&", "&>", "<(", ">(", ">|") else 1
            if self.text.startswith("<<<", self.at):
                width = 3
            if two in ("<(", ">("):
                self.stack.append(")")
            self.at += width
            self.last = "redirect"
            return True
        if char == "(":
            # `!(a|b)` is only read where an option of the shell allows it, which earlier commands may set.
            self.has_pattern = self.has_pattern or self.text[self.at - 1 : self.at] in tuple("!?*+@")
            self.stack.append(")")
            self.compound = True
            self.at += 1
            self.starts_command = True
            self.last = "("
            return True
        if char == ")":
            if self.stack and self.stack[-1] == ")":
                self.stack.pop()
            elif "esac" not in self.stack:
                return False
            self.at += 1
            self.words += 1
            self.last = ")"
            self.starts_command = True
            return True
        text = two if two in ("&&", "||", ";;", "|&") else char
        if text == "&" and self.last == "redirect":
            self.at += 1
            return True
        self.at += len(text)
        self.operators += text != "|"
        self.last = text
        self.starts_command = True
        return True

    def word(self) -> bool:
        found = _WORD.match(self.text, self.at)
        word = found[0] if found else self.text[self.at]
        self.at += len(word)
        if not self.starts_command or self.last == "redirect":
            if word == "in" or word == "do":  # noqa: PLR1714  # `for x in ...; do`
                self.starts_command = word == "do"
            self.seen()
            return True
        if word in _OPENERS:
            self.stack.append(_OPENERS[word])
            self.compound = True
        elif word in _CLOSERS:
            if not self.stack or self.stack[-1] != word:
                return False
            self.stack.pop()
            self.compound = True
        self.words += 1
        self.last = "word"
        self.starts_command = word in _COMMANDS_FOLLOW
        return True
