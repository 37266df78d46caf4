"""`travistool lint`: read, judge, print, count. On the path of a pre-commit hook: imports stay few and late."""

import gc
import os
from collections.abc import Sequence

from travistool.cli.files import find, load
from travistool.cli.options import LintOptions
from travistool.cli.terminal import style_for, write
from travistool.diagnostics import Findings, RuleText, Severity
from travistool.lint.engine import lint, secrets
from travistool.pipeline import read
from travistool.report.formats import output_format
from travistool.report.layout import NOTHING, Format, Style, Summary, count

FORK_FROM = 400
"""Files from which a second process pays: starting one costs as much as some hundred files (measured)."""
_COLLECT_EVERY = 256

Rendered = tuple[str, Summary]


def run(options: LintOptions) -> int:
    """Lint what the options name, print the report, and return the exit code."""
    paths = find(options.paths)
    chosen = output_format(options.format)
    style = style_for(options.color, options.quiet, to_file=bool(options.output))
    processes = _processes(int(options.jobs), len(paths))
    if processes > 1:
        # Imported late: only long lists come here.
        from travistool.cli.parallel import in_processes  # noqa: PLC0415

        rendered = in_processes(processes, paths, lambda share: _render(share, options, chosen, style))
    else:
        rendered = _render(paths, options, chosen, style)
    summary = NOTHING
    for _, counted in rendered:
        summary += counted
    text = chosen.whole((text for text, _ in rendered), summary, style, describe)
    write(text, options.output)
    return exit_code(summary, options.fail_on)


def _processes(wanted: int, files: int) -> int:
    if not hasattr(os, "fork") or files < 2:
        return 1
    if wanted:
        return min(wanted, files)
    if files < FORK_FROM:
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)
    return min(cores, files // (FORK_FROM // 2))


def _render(paths: Sequence[str], options: LintOptions, chosen: Format, style: Style) -> list[Rendered]:
    # A run makes many objects and few cycles that matter: collecting in between costs a third of the time.
    gc.disable()
    lowest = Severity[options.show.upper()]
    rendered = []
    for number, path in enumerate(paths, 1):
        findings = check(path, options.profile, options.stdin_filename, lowest)
        rendered.append((chosen.file(findings, style), count(findings)))
        if number % _COLLECT_EVERY == 0:
            gc.collect()
    return rendered


def check(path: str, profile: str, stdin_name: str, lowest: Severity = Severity.INFO) -> Findings:
    """Return the findings of one file that are at least as severe as `lowest`."""
    source, problem = load(path, stdin_name)
    name = stdin_name if path == "-" else path
    if source is None:
        assert problem is not None
        return Findings(name, None, (problem,), problem)
    reading = read(source)
    found = lint(reading, profile, problem)
    if lowest > Severity.INFO:
        found = tuple(diagnostic for diagnostic in found if diagnostic.severity >= lowest)
    return Findings(name, source, found, reading.broken(), secrets(reading))


def exit_code(summary: Summary, fail_on: str) -> int:
    """Return 1 when there is a finding at or above the severity, else 0."""
    failing = {
        "error": summary.errors,
        "warning": summary.errors + summary.warnings,
        "info": summary.errors + summary.warnings + summary.infos,
        "never": 0,
    }
    return 1 if failing[fail_on] else 0


def describe(name: str) -> RuleText:
    """Return what a report says about a rule."""
    # Imported late: only reports with rule texts need it.
    from travistool.lint.catalog import find as find_rule  # noqa: PLC0415

    rule = find_rule(name)
    if rule is None:
        return RuleText(name, name.replace("-", " "), "")
    return RuleText(rule.name, rule.summary, rule.why)
