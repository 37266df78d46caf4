"""Progress of a build: prefixed lines for people and pipes, events for machines."""

from __future__ import annotations

import codecs
import json
import re
import sys
from collections.abc import Callable

from travistool.report.layout import printable
from travistool.simulate.happening import Happening, JobEnded, JobMoved, JobOutput, JobStarted, StageEnded, StageStarted
from travistool.simulate.reports.json import job_record, record
from travistool.simulate.result import BuildResult, JobResult

Put = Callable[[bytes], None]

_MARKERS = re.compile(rb"travis_(?:fold|time):[^\r\n]*\r\x1b\[0K")
_STYLES = re.compile(rb"\x1b\[[\d;]*[mK]")
_COLORS = ("36", "35", "34", "33", "32", "96", "95", "94")
_STATES = {"passed": "32", "failed": "31", "errored": "31", "canceled": "90", "skipped": "90"}


class Lines:
    """Prints what jobs print, each line behind the job's number once there are several. Half lines wait for the rest."""

    def __init__(self, put: Put, *, many: bool, color: bool) -> None:
        self._put = put
        self._many = many
        self._color = color
        self._rest: dict[str, bytes] = {}

    def __call__(self, happening: Happening) -> None:
        """Take in what happens."""
        match happening:
            case JobOutput(number, data):
                self._print(number, data)
            case JobEnded(result):
                self._end(result)
            case StageStarted(stage) if stage:
                self._put(self._styled(f"== stage {stage}", "1") + b"\n")
            case JobStarted(job, _):
                title = f"{job.number} {job.name}" if job.name else job.number
                self._put(self._styled(f"-- job {title}", "1") + b"\n")

    def _print(self, number: str, data: bytes) -> None:
        whole, line_end, rest = (self._rest.get(number, b"") + data).rpartition(b"\n")
        self._rest[number] = rest
        if line_end:
            self._show(number, whole)
        elif len(rest) > _LONGEST:
            # A line without an end must not fill the memory.
            self._rest[number] = b""
            self._show(number, rest)

    def _show(self, number: str, lines: bytes) -> None:
        text = _MARKERS.sub(b"", lines).replace(b"\r\n", b"\n")
        if not self._color:
            text = _STYLES.sub(b"", text)
        prefix = self._prefix(number)
        self._put(prefix + text.replace(b"\n", b"\n" + prefix) + b"\n" if prefix else text + b"\n")

    def _prefix(self, number: str) -> bytes:
        if not self._many:
            return b""
        color = _COLORS[int(number.rpartition(".")[2]) % len(_COLORS)]
        return self._styled(f"{number} |", color) + b" "

    def _end(self, result: JobResult) -> None:
        rest = self._rest.pop(result.number, b"")
        if _MARKERS.sub(b"", rest):
            self._show(result.number, rest)
        told = f"-- job {result.number} {result.state}"
        told += f": {result.because}" if result.because else f" in {result.seconds:.1f} s"
        self._put(self._styled(told, _STATES[result.state]) + b"\n")

    def _styled(self, text: str, color: str) -> bytes:
        shown = printable(text)
        return (f"\x1b[{color}m{shown}\x1b[0m" if self._color else shown).encode("utf-8", "replace")


_LONGEST = 1 << 20


class Events:
    """Prints one JSON object a line for everything that happens."""

    def __init__(self, put: Put) -> None:
        self._put = put
        # What jobs print comes in pieces, whose ends may be inside of a character.
        self._decoders: dict[str, codecs.IncrementalDecoder] = {}

    def __call__(self, happening: Happening) -> None:
        """Take in what happens."""
        match happening:
            case StageStarted(stage):
                self._say(event="stage_started", stage=stage)
            case JobStarted(job, log):
                self._say(event="job_started", job=job.number, name=job.name, stage=job.stage, log=log or None)
            case JobMoved(number, now):
                self._say(event="job_moved", job=number, phase=now.phase, command=now.command)
            case JobOutput(number, data):
                self._output(number, self._decoder(number).decode(data))
            case JobEnded(result):
                self._output(result.number, self._decoder(result.number).decode(b"", final=True))
                self._say(event="job_ended", **job_record(result))
            case StageEnded(result):
                self._say(event="stage_ended", stage=result.name, state=result.state)

    def finished(self, result: BuildResult) -> None:
        """Print what came of the whole build."""
        self._say(event="build_ended", result=record(result))

    def _decoder(self, number: str) -> codecs.IncrementalDecoder:
        if number not in self._decoders:
            self._decoders[number] = codecs.getincrementaldecoder("utf-8")("replace")
        return self._decoders[number]

    def _output(self, number: str, text: str) -> None:
        if text:
            self._say(event="output", job=number, text=text)

    def _say(self, **values: object) -> None:
        self._put(json.dumps(values, ensure_ascii=False).encode("utf-8", "replace") + b"\n")


def to_stdout(data: bytes) -> None:
    """Write to standard output at once."""
    out = sys.stdout.buffer
    out.write(data)
    out.flush()
