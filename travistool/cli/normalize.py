"""`travistool normalize`: what Travis makes of a config."""

from __future__ import annotations

import sys
from typing import Any

from travistool.cli.files import find, load
from travistool.cli.option import OUTPUT, Options, arguments, formats
from travistool.cli.terminal import write
from travistool.diagnostics import Findings
from travistool.pipeline import Reading, read
from travistool.report.layout import printable
from travistool.report.record import dump, error_record, span_record

FORMATS = ("yaml", "json", "jsonl")


class NormalizeOptions(Options):
    """The options of the command line."""

    files: tuple[str, ...] = arguments("Files, folders to search for .travis.yml, or - for standard input.")
    format: str = formats(FORMATS)
    output: str = OUTPUT


def normalize(options: NormalizeOptions) -> int:
    """Print a config as Travis has it after filling in defaults and repairing what it can.

    With json and jsonl, the official messages come along; json is one object for one file, a list for several.

    Example: travistool normalize --format json .travis.yml
    """
    format = options.format  # noqa: A001
    paths = find(options.files)
    parts: list[str] = []
    failed = False
    rows: list[dict[str, Any]] = []
    for path in paths:
        name = "<stdin>" if path == "-" else path
        found = _read(path, name)
        if isinstance(found, Findings):
            failed = True
            rows.append(error_record(found))
            if format == "yaml":
                _complain(found)
        elif format == "yaml":
            parts.append(_as_yaml(found, name, many=len(paths) > 1))
        else:
            rows.append(_row(found, name))
        if format == "jsonl":
            parts.append(dump(rows.pop()) + "\n")
    if format == "json":
        parts.append(dump(rows if len(paths) > 1 else rows[0], indent=2) + "\n")
    write("".join(parts), options.output)
    return 1 if failed else 0


def _read(path: str, name: str) -> Reading | Findings:
    source, problem = load(path)
    if source is None:
        assert problem is not None
        return Findings(name, None, (problem,), problem)
    reading = read(source)
    broken = reading.broken()
    return reading if broken is None else Findings(name, source, (broken,), broken)


def _row(reading: Reading, name: str) -> dict[str, Any]:
    # Imported late: the YAML form needs no wording.
    from travistool.lint.service import service_rule  # noqa: PLC0415

    assert reading.normal is not None
    messages = [
        {
            "level": message.level,
            "key": message.key,
            "code": message.code,
            "args": dict(message.args),
            "message": service_rule(message.code).say(message),
            "span": span_record(message.span),
        }
        for message in reading.normal.messages
    ]
    return {"path": name, "config": reading.normal.config(), "messages": messages}


def _as_yaml(reading: Reading, name: str, *, many: bool) -> str:
    from travistool.document.emit import emit  # noqa: PLC0415

    assert reading.normal is not None
    head = f"---\n# {printable(name)}\n" if many else ""
    return head + emit(reading.normal.config())


def _complain(findings: Findings) -> None:
    broken = findings.broken
    assert broken is not None
    place = findings.path
    if findings.source is not None:
        position = broken.span.first()
        place = f"{place}:{position.line}:{position.column}"
    print(f"{printable(place)}: error: {printable(broken.message)} [{broken.rule}]", file=sys.stderr)
