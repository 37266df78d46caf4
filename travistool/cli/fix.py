"""`lint --fix` and `--diff`: fixed texts, each written back in one step, or shown as a difference."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from difflib import unified_diff

from travistool.cli.files import STDIN, Loaded, load
from travistool.cli.options import LintOptions, Terms
from travistool.cli.terminal import write, write_aside
from travistool.diagnostics import Findings, RuleText
from travistool.errors import FileError, OutputError
from travistool.grammar.secrets import Mask
from travistool.lint.engine import secrets
from travistool.lint.fixing import Fixed, fix
from travistool.pipeline import read
from travistool.report.layout import NOTHING, Format, Style, Summary, fixed, paint, printable
from travistool.report.text import headline
from travistool.source import Source

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_COLORS = {"+": "32", "-": "31", "@": "36"}
_NO_END = "\n\\ No newline at end of file\n"

Rendered = tuple[str, Summary]
Judge = Callable[[Loaded, Terms], tuple[Findings, Summary]]


def render_fixed(
    paths: Sequence[str],
    options: LintOptions,
    chosen: Format,
    style: Style,
    terms_of: Callable[[str], Terms],
    judge: Judge,
) -> tuple[list[Rendered], Format]:
    """Fix files, or show how; return what is to be printed of each, and the format to join that with.

    With `--fix`, that is the report of what is left, and the fixed text of standard input goes to standard output.
    """
    rendered = []
    for path in paths:
        terms, loaded = terms_of(path), load(path, options.stdin_filename)
        outcome = _outcome(loaded, terms, judge, unsafe=options.unsafe_fixes)
        if options.diff:
            rendered.append(_shown(loaded, outcome, terms, style, judge))
        else:
            findings, counted = _saved(path, loaded, outcome, terms, judge)
            rendered.append((chosen.file(findings, style), counted))
    if not options.diff:
        return rendered, chosen
    if not options.quiet:
        total = sum((counted for _, counted in rendered), NOTHING)
        write_aside(f"{fixed(total, 'would fix') if total.fixed else 'nothing to fix'}\n")
    return rendered, _DIFF


def difference(before: Source, after: Source, style: Style) -> str:
    """Return a unified diff, "" for equal texts. Secrets in plain text are starred out in it."""
    name = printable(before.name)
    if before.text == after.text:
        return ""
    old, new = (_LINE.findall(_starred(source)) for source in (before, after))
    lines = [line if line.endswith(("\n", "\r")) else line + _NO_END for line in unified_diff(old, new, name, name)]
    return "".join(paint(style, _COLORS[line[0]], line) if line[0] in _COLORS else line for line in lines)


def _starred(source: Source) -> str:
    text = source.text
    spans = secrets(read(source))
    for span in spans:
        text = text[: span.start] + re.sub(r"[^\r\n]", "*", text[span.start : span.end]) + text[span.end :]
    mask = Mask(span.text.strip("\"'") for span in spans)
    return _LINE.sub(lambda line: _without(line[0], mask), text)


def _without(line: str, mask: Mask) -> str:
    for start, end in mask.ranges(line):
        line = line[:start] + "*" * (end - start) + line[end:]
    return line


def _outcome(loaded: Loaded, terms: Terms, judge: Judge, *, unsafe: bool) -> Fixed | None:
    """Return the fixed text; None when there is no text, or fixing it would lose bytes that are not UTF-8."""
    source, problem = loaded
    if source is None:
        return None
    outcome = fix(source, lambda text: judge(Loaded(text, problem), terms)[0].diagnostics, unsafe=unsafe)
    if problem is None:
        return outcome
    if outcome.fixes:
        _complain(source.name, "its bytes are not UTF-8")
    return None


def _complain(name: str, why: str) -> None:
    write_aside(f"travistool: {printable(name)} is not fixed: {printable(why)}\n")


def _shown(loaded: Loaded, outcome: Fixed | None, terms: Terms, style: Style, judge: Judge) -> Rendered:
    """Return what would change. What cannot be read is said aside: it has no difference to show."""
    findings, _ = judge(loaded, terms)
    said = () if outcome is None else outcome.withheld
    if findings.broken is not None:
        said = (findings.broken, *said)
    write_aside("".join(f"{headline(findings, one, Style())}\n" for one in said))
    failing = int(bool(said))
    if loaded.source is None or outcome is None or not outcome.fixes:
        return "", NOTHING._replace(files=1, failing=failing)
    text = difference(loaded.source, outcome.source, style)
    return text, NOTHING._replace(files=1, failing=1, fixed=outcome.fixes, fixed_files=1)


def _saved(path: str, loaded: Loaded, outcome: Fixed | None, terms: Terms, judge: Judge) -> tuple[Findings, Summary]:
    """Write the fixed text where it came from; return what is left, or all when it could not be written."""
    source = loaded.source
    if path == STDIN:
        if source is None or outcome is None:
            raise FileError("standard input is not fixed: it is not UTF-8 text that could be written back")
        write(outcome.source.text)
    elif source is not None and outcome is not None and outcome.fixes:
        why = save(path, source, outcome.source)
        if why:
            _complain(path, why)
            findings, counted = judge(loaded, terms)
            return findings, counted._replace(failing=1)
    if outcome is None:
        return judge(loaded, terms)
    findings, counted = judge(Loaded(outcome.source), terms)
    return _with(findings, counted, outcome)


def _with(findings: Findings, counted: Summary, outcome: Fixed) -> tuple[Findings, Summary]:
    """Add what was withheld to what is left, and count what was fixed."""
    counted = counted._replace(fixed=outcome.fixes, fixed_files=int(outcome.fixes > 0))
    if not outcome.withheld:
        return findings, counted
    listed = sorted((*findings.diagnostics, *outcome.withheld), key=lambda one: (one.span.start, one.span.end))
    number = len(outcome.withheld)
    return findings._replace(diagnostics=tuple(listed)), counted._replace(warnings=counted.warnings + number, failing=1)


def save(path: str, before: Source, after: Source) -> str:
    """Replace a file; return why that was not done, "" when it was."""
    try:
        if not os.path.isfile(path):
            return "it is no regular file"
        if not os.access(path, os.W_OK):
            return "permission denied"
        with open(path, "rb") as file:
            if file.read() != before.text.encode():
                return "it has changed meanwhile"
        write(after.text, path)
    except OSError as error:
        return (error.strerror or str(error)).lower()
    except OutputError as error:
        return error.message
    return ""


def _joined(files: Iterable[str], summary: Summary, style: Style, describe: Callable[[str], RuleText]) -> str:  # noqa: ARG001
    return "".join(files)


_DIFF = Format("diff", lambda findings, style: "", _joined)  # noqa: ARG005  # files are rendered above
