"""How far a job is, from the marks that its script puts into its output. They are taken out of the log again.

A mark is `ESC ] MARKS ; word US word US ... BEL`, with MARKS a random word of the run, which output of others does not
hold by chance.
"""

from __future__ import annotations

from collections.abc import Callable

from travistool.record import Record
from travistool.simulate.result import Command, DeploymentResult, DeploymentState, Phase

_BELL = b"\a"
_SEPARATOR = "\x1f"
_DEPLOYMENT_STATES: dict[str, DeploymentState] = {
    "skipped": "skipped",
    "dry": "dry",
    "deployed": "deployed",
    "failed": "failed",
    "ignored": "ignored",
}


def mark(marks: str, *words: str) -> bytes:
    """Return a mark as it stands in the output: engines tell with `now`, phase and text where a job is before its script."""
    return f"\x1b]{marks};{''.join(f'{one}{_SEPARATOR}' for one in words)}\a".encode() if marks else b""


class Marks:
    """Takes the marks out of a stream. `write` gets the rest, `tell` the words of each mark; both in order."""

    def __init__(self, marks: str, write: Callable[[bytes], None], tell: Callable[[list[str]], None]) -> None:
        self._start = f"\x1b]{marks};".encode()
        self._write = write
        self._tell = tell
        self._held = b""

    def feed(self, chunk: bytes) -> None:
        """Take in a chunk. The beginning of a mark is held back."""
        data = self._held + chunk if self._held else chunk
        at = 0
        while (found := data.find(self._start, at)) >= 0:
            end = data.find(_BELL, found)
            if end < 0:
                break
            self._pass(data[at:found])
            words = data[found + len(self._start) : end].decode("utf-8", "replace")
            self._tell(words.removesuffix(_SEPARATOR).split(_SEPARATOR))
            at = end + 1
        cut = found if found >= 0 else self._partial(data, at)
        self._held = data[cut:]
        self._pass(data[at:cut])

    def flush(self) -> None:
        """Pass on what is held back; nothing more comes."""
        held, self._held = self._held, b""
        self._pass(held)

    def _pass(self, data: bytes) -> None:
        if data:
            self._write(data)

    def _partial(self, data: bytes, at: int) -> int:
        """Return where a mark begins that is not whole yet; the end of the data where none does."""
        last = data.rfind(b"\x1b", max(at, len(data) - len(self._start) + 1))
        return last if last >= 0 and self._start.startswith(data[last:]) else len(data)


class Now(Record):
    """Where a job is. `command` is empty between commands."""

    phase: str
    command: str


class Progress:
    """Collects the phases and commands of one job as its marks tell them. Times are seconds of the given clock."""

    def __init__(self, clock: Callable[[], float], changed: Callable[[Now], None]) -> None:
        self._clock = clock
        self._changed = changed
        self._phases: list[Phase] = []
        self._phase: tuple[str, float] | None = None
        self._commands: list[Command] = []
        self._open: tuple[str, float] | None = None
        self._deployments: dict[int, DeploymentResult] = {}

    def tell(self, words: list[str]) -> None:
        """Take in one mark."""
        match words:
            case ["phase", name]:
                self._end_phase()
                self._phase = (name, self._clock())
                self._changed(Now(name, ""))
            case ["run", _, text]:
                self._open = (text, self._clock())
                self._changed(Now(self._phase[0] if self._phase else "", text))
            case ["now", phase, text]:
                self._changed(Now(phase, text))
            case ["ran", status]:
                self._end_command(int(status) if status.isdigit() else None)
            case ["deploy", number, provider, state, *reason]:
                known = _DEPLOYMENT_STATES.get(state, "failed")
                self._deployments[int(number)] = DeploymentResult(provider, known, " ".join(reason))

    def end(self, exit_code: int | None) -> tuple[tuple[Phase, ...], tuple[DeploymentResult, ...]]:
        """Return all phases and deployments; what the job ended in the middle of ended with its exit code."""
        self._end_command(exit_code)
        self._end_phase(exit_code, cut_off=True)
        deployments = [self._deployments[number] for number in sorted(self._deployments)]
        return tuple(self._phases), tuple(deployments)

    def _end_command(self, status: int | None) -> None:
        if self._open is not None:
            text, start = self._open
            self._commands.append(Command(text, status, self._clock() - start))
            self._open = None

    def _end_phase(self, exit_code: int | None = 0, *, cut_off: bool = False) -> None:
        if self._phase is None:
            return
        # An entry that returns early has no end of its own.
        self._end_command(None)
        name, start = self._phase
        made = Phase.made(name, self._clock() - start, tuple(self._commands), exit_code if cut_off else 0)
        if name != "finish":
            self._phases.append(made)
        self._phase, self._commands = None, []
