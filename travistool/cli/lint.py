"""`travistool lint`: read, judge, print, count. On the path of a pre-commit hook: imports stay few and late."""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence

from travistool.cli.files import STDIN, Loaded, find, load, settings_for
from travistool.cli.options import LintOptions, Terms, is_day
from travistool.cli.terminal import style_for, write, write_aside
from travistool.diagnostics import Findings, RuleText, Severity
from travistool.errors import InternalError, UsageError
from travistool.lint.engine import lint, secrets
from travistool.lint.profile import OPTIONS
from travistool.pipeline import read
from travistool.report.formats import output_format
from travistool.report.layout import NOTHING, Format, Style, Summary, count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from travistool.cli.config import Configuration

EXAMPLES = """\b
Examples:
  travistool lint                                the .travis.yml here
  travistool lint services/ app/.travis.yml      folders are searched
  git show HEAD:.travis.yml | travistool lint -  standard input
  travistool lint --format sarif -o travis.sarif
  travistool lint --profile service              exactly what Travis says
  travistool lint --fix                          apply the safe fixes; --diff only shows them

Exit codes: 0 nothing found, 1 findings at or above --fail-on, 2 wrong usage.
"""

FORK_FROM = 400
"""Files from which a second process pays: starting one costs as much as some hundred files (measured)."""
_GARBAGE = 300_000
"""Objects left behind until they are collected: those of some two thousand files, 50 MB. Often is slow, never is costly."""

Rendered = tuple[str, Summary]
Judged = tuple[Findings, Summary]


def run(options: LintOptions) -> int:
    """Check configs: what Travis would say, with exact places."""
    _refuse(options)
    paths = find(options.paths)
    chosen = output_format(options.format)
    aside = options.fix and not options.diff and STDIN in paths
    style = style_for(options.color, options.quiet, to_file=bool(options.output) or aside)
    standards = Standards(options)
    if options.fix or options.diff:
        # Imported late: a hook fixes nothing.
        from travistool.cli.fix import render_fixed  # noqa: PLC0415

        rendered, chosen = render_fixed(paths, options, chosen, style, standards.of, judge)
    else:
        rendered = _share(paths, options, chosen, style, standards)
    summary = NOTHING
    for _, counted in rendered:
        summary += counted
    summary = standards.finish(summary)
    text = chosen.whole((text for text, _ in rendered), summary, style, describe)
    if aside and not options.output:
        # Standard output has the fixed text.
        write_aside(text)
    else:
        write(text, options.output)
    if summary.crashes:
        return InternalError.exit_code
    return 1 if summary.failing else 0


def _refuse(options: LintOptions) -> None:
    """Raise UsageError for options that do not go together."""
    fixes = options.fix or options.diff
    if options.unsafe_fixes and not fixes:
        raise UsageError("--unsafe-fixes goes with --fix or --diff")
    if options.write_baseline and fixes:
        raise UsageError("--write-baseline does not go with --fix or --diff", "fix first, then write what is left")
    if options.config and options.no_config:
        raise UsageError("--config and --no-config exclude each other")
    if options.as_of and not is_day(options.as_of):
        raise UsageError(f"--as-of takes a day such as 2026-01-31, not '{options.as_of}'")


def _share(
    paths: Sequence[str], options: LintOptions, chosen: Format, style: Style, standards: Standards
) -> list[Rendered]:
    # What goes into a new baseline is gathered in this process.
    processes = 1 if options.write_baseline else _processes(options.jobs, len(paths))
    if processes == 1:
        return _render(paths, options, chosen, style, standards)
    for path in paths:
        # Settings are read once, before the processes part.
        standards.of(path)
    # Imported late: only long lists come here.
    from travistool.cli.parallel import in_processes  # noqa: PLC0415

    return in_processes(processes, paths, lambda share: _render(share, options, chosen, style, standards))


def _processes(wanted: int, files: int) -> int:
    if not hasattr(os, "fork") or files < 2:
        return 1
    if wanted:
        return min(wanted, files)
    if files < FORK_FROM:
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)
    return min(cores, files // (FORK_FROM // 2))


def _render(
    paths: Sequence[str], options: LintOptions, chosen: Format, style: Style, standards: Standards
) -> list[Rendered]:
    # A run makes many objects and few cycles that matter: collecting in between costs a third of the time.
    gc.disable()
    rendered = []
    for path in paths:
        terms = standards.of(path)
        findings, counted = judge(load(path, options.stdin_filename), terms)
        rendered.append((chosen.file(findings, style), counted))
        if gc.get_count()[0] > _GARBAGE:
            gc.collect()
    return rendered


class Standards:
    """What holds for each file: the options alone, or the settings of its project under them."""

    def __init__(self, options: LintOptions) -> None:
        lowest = Severity[options.show.upper()]
        self._options = options
        self._plain = Terms(options.profile or "default", options.fail_on or "warning", lowest, as_of=options.as_of)
        if options.shell:
            # Imported late: it starts programs, which few runs want.
            from travistool.cli.tools import runner  # noqa: PLC0415

            self._plain = self._plain._replace(run=runner())
        self._known: dict[str, str] = {}
        self._configuration: Configuration | None = None
        if options.select or options.extend_select or options.ignore or options.baseline or options.write_baseline:
            self._load()

    def of(self, path: str) -> Terms:
        """Return what holds for a file. Raises UsageError for settings that make no sense."""
        options = self._options
        if path == STDIN:
            path = options.stdin_filename
        file = options.config
        if not file and not options.no_config:
            file = settings_for(path, self._known)
        if not file and self._configuration is None:
            return self._plain
        return self._load().terms(path, file)

    def finish(self, summary: Summary) -> Summary:
        """Write the baseline that is asked for, and count what is gone from those that were used."""
        if self._configuration is None:
            return summary
        self._configuration.save()
        return summary._replace(gone=summary.gone + self._configuration.gone())

    def _load(self) -> Configuration:
        if self._configuration is None:
            # Imported late: most projects have no settings.
            from travistool.cli.config import Configuration  # noqa: PLC0415

            self._configuration = Configuration(self._options, self._plain)
        return self._configuration


def judge(loaded: Loaded, terms: Terms) -> Judged:
    """Return what is to be reported of one file, and count it."""
    source, problem = loaded
    if source is None:
        assert problem is not None
        findings = Findings(problem.span.source.name, None, (problem,), problem)
        return findings, _counted(findings, terms)
    reading = read(source, OPTIONS)
    found = lint(reading, terms.profile, problem, terms.choice, terms.as_of, terms.run)
    if terms.lowest > Severity.INFO:
        found = tuple(diagnostic for diagnostic in found if diagnostic.severity >= terms.lowest)
    old = gone = 0
    if terms.leave_out is not None:
        found, old, gone = terms.leave_out(source.name, found)
        if reading.normal is None:
            gone = 0  # what hides behind the fault is not gone
    broken = reading.broken()
    if broken is not None and all((one.rule, one.span) != (broken.rule, broken.span) for one in found):
        broken = None
    findings = Findings(source.name, source, found, broken, secrets(reading) if found or broken else ())
    return findings, _counted(findings, terms)._replace(old=old, gone=gone)


def _counted(findings: Findings, terms: Terms) -> Summary:
    counted = count(findings)
    return counted._replace(failing=exit_code(counted, terms.fail_on))


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
