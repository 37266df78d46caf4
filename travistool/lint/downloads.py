"""What commands fetch from the net, and what becomes of it: the pipeline and the substitutions that it goes into."""

from __future__ import annotations

from itertools import pairwise
from re import fullmatch

from travistool.lint.addresses import Address, addresses
from travistool.lint.shell import Simple, Word, call, program

FETCHING = ("curl", "wget")
_SHELLS = r"(?:ba|da|z|k|fi)?sh|source|\.|eval|python[\d.]*|ruby|perl|node|php"
# Options behind which no address to fetch stands.
_OTHERS = r"-[A-Za-z]*[eHAuxXdFo]|--(?:header|referer|user-agent|user|proxy|data.*|form|output|post-data)"


def fetched(one: Simple) -> list[tuple[Word, Address]]:
    """Return the addresses that a `curl` or `wget` fetches, each with its word; none for other commands."""
    if program(one) not in FETCHING:
        return []
    words = call(one)
    return [
        (word, found)
        for before, word in pairwise(words)
        if not fullmatch(_OTHERS, before.text) and not word.text.startswith("--")
        for found in list(addresses(word.text))[:1]
    ]


def runner(one: Simple, commands: tuple[Simple, ...]) -> Simple | None:
    """Return the shell that runs what a command prints: `... | bash`, `bash <(...)`, `sh -c "$(...)"`; None without."""
    for other in commands:
        if other.start >= one.end and other.link in ("|", "|&") and other.inside == one.inside:
            if fullmatch(_SHELLS, program(other)) and not _has_script(other):
                return other
            if other.next not in ("|", "|&"):
                break
        elif other.start >= one.end and other.inside == one.inside:
            break
    for other in commands:
        runs = fullmatch(_SHELLS, program(other)) or (other.words and other.words[0].text == "eval")
        if runs and any(one in word.inner for word in other.words):
            return other
    return None


def _has_script(shell: Simple) -> bool:
    """Tell whether an interpreter runs something of its own and reads the pipe as data: `python -c`, `sh -c`, a file."""
    words = [word.text for word in call(shell)[1:]]
    if words[:1] == ["-s"] or "-s" in words or not words:
        return False
    return any(fullmatch(r"-\w*[cenpmi]|-[0-9]\w*", word) for word in words) or not words[0].startswith("-")
