"""The default commands that the official compiler ran, for each language and set of files.

`ran` are the calls that its tools recorded: a shell has split and expanded our commands before they can be compared.
Not compared are `test_result`, which only running gives, and messages of the shell itself.
"""

import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest

from tests.parity.compare import Tally
from tests.parity.oracle import rows
from travistool.catalog.project import Listing
from travistool.plan.model import Job
from travistool.plan.phases import Outcome, default_commands

pytestmark = pytest.mark.parity

_REPO = "acme/widget"
_PROGRAMS = {"npm": "6.14.4", "yarn": "1.22.4", "node": "12.16.1", "pip": "21.0", "rebar3": ""}
_NOTHING = Outcome((), (), (), False)
_VARIABLES = {
    "${BUNDLE_PATH:-vendor/bundle}": "vendor/bundle",
    "${JL_PKG}": "widget",
    "${PKG_TARBALL}": "widget_1.0.tar.gz",
    "$DC": "dmd",
}
_NO_TOOLS = ("cd", "echo", "export", "popd", "pushd", "set", "yes")


def test_defaults() -> None:
    tally = Tally("language defaults")
    for row in rows("language_default_vectors.jsonl.gz"):
        job = Job("1.1", None, None, False, {"language": row["language"], "os": "linux", **row["config"]}, {})
        found = default_commands(job, Listing(frozenset(row["files"]), programs=_PROGRAMS), _REPO)
        for phase in ("install", "script"):
            theirs = row["expect"][phase]
            label = f"{phase} of {row['language']} {row['config']} {row['files']}"
            tally.add(label, "", _ours(found.get(phase, _NOTHING), theirs), _theirs(theirs))
    tally.check()


def _ours(outcome: Outcome, theirs: dict[str, Any]) -> list[Any]:
    message = _message(theirs)
    calls = [call for command in outcome.commands if command.echo for call in _calls(command.text)]
    return [
        list(outcome.shown),
        calls if _ran(theirs) else [],
        1 if outcome.fails else None,
        message if message in outcome.messages else "",
    ]


def _theirs(theirs: dict[str, Any]) -> list[Any]:
    return [theirs["commands"], theirs["ran"], theirs.get("job_exit"), _message(theirs)]


def _ran(theirs: dict[str, Any]) -> bool:
    """Tell whether the tools were there: what was recorded where `./configure` is missing is that it is."""
    return theirs.get("test_result") != "1"


def _message(theirs: dict[str, Any]) -> str:
    return theirs.get("message", "") if _ran(theirs) else ""


def _calls(command: str) -> Iterator[str]:
    """Yield the calls of tools that a command comes to, as the recording writes them."""
    for variable, value in _VARIABLES.items():
        command = command.replace(variable, value)
    lexer = shlex.shlex(command, posix=True, punctuation_chars="&|;")
    lexer.whitespace_split = True
    lexer.commenters = ""
    call: list[str] = []
    for word in [*lexer, "&&"]:
        if set(word) <= set("&|;"):
            yield from _call(call)
            call = []
        else:
            call.append(word)


def _call(words: list[str]) -> Iterator[str]:
    while words and re.match(r"\w+=", words[0]):
        words = words[1:]
    if words and words[0] not in _NO_TOOLS:
        name, *arguments = words
        yield " ".join([name.removeprefix("./"), *map(_escaped, arguments)])


def _escaped(word: str) -> str:
    """Return a word as printf's %q writes it."""
    return re.sub(r"[^\w\-.:+/@%=]", r"\\\g<0>", word)
