"""The options of `lint`, and what of them holds for a file."""

from __future__ import annotations

from travistool.cli.option import COLOR, Options, arguments, number, switch, text, texts
from travistool.diagnostics import Severity
from travistool.record import Record
from travistool.report.formats import FORMATS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from travistool.diagnostics import Diagnostic
    from travistool.lint.baseline import Left
    from travistool.lint.selection import Choice
    from travistool.lint.tools import Run

    LeaveOut = Callable[[str, Sequence[Diagnostic]], Left]


AS_OF: str = text("--as-of", help="Judge dates as of this day, such as 2026-01-31; without it, today.", metavar="DATE")

PROFILE_NAMES = ("default", "strict", "security", "modernize", "pedantic", "service")
SEVERITIES = ("error", "warning", "info")


class LintOptions(Options):
    """The values of one call of `lint`. Those of `profile` and `fail_on` are "" when not given."""

    paths: tuple[str, ...] = arguments("Files, folders to search for .travis.yml, or - for standard input.")
    format: str = text(
        "--format", "-f", help="How to print findings.", metavar="FORMAT", default="text", choices=FORMATS
    )
    profile: str = text(
        "--profile",
        "-p",
        help="Which findings to show; `service` is exactly what Travis itself says.",
        metavar="PROFILE",
        choices=PROFILE_NAMES,
    )
    fail_on: str = text(
        "--fail-on",
        help="Exit with 1 for findings of this severity or worse; `warning` if not set.",
        metavar="SEVERITY",
        choices=(*SEVERITIES, "never"),
    )
    show: str = text(
        "--show", help="Leave out findings below this severity.", metavar="SEVERITY", default="info", choices=SEVERITIES
    )
    select: tuple[str, ...] = texts("--select", help="Only these rules or groups, or ALL.", metavar="RULES")
    extend_select: tuple[str, ...] = texts("--extend-select", help="These rules or groups too.", metavar="RULES")
    ignore: tuple[str, ...] = texts("--ignore", help="Leave out these rules or groups.", metavar="RULES")
    fix: bool = switch("--fix", help="Apply the fixes that cannot change the build.")
    unsafe_fixes: bool = switch("--unsafe-fixes", help="With --fix or --diff: the other fixes too.")
    diff: bool = switch("--diff", help="Show what --fix would change; write nothing.")
    baseline: str = text("--baseline", help="Leave out the known findings that this file lists.", metavar="FILE")
    write_baseline: str = text(
        "--write-baseline", help="Write all findings to this file as known ones.", metavar="FILE"
    )
    as_of: str = AS_OF
    shell: bool = switch("--shell", help="Ask bash and shellcheck about the commands, too (extra travistool[shell]).")
    config: str = text("--config", help="Read the settings from this file.", metavar="FILE")
    no_config: bool = switch("--no-config", help="Read no settings from pyproject.toml or .travistool.toml.")
    output: str = text("--output", "-o", help="Write the report to a file instead.", metavar="FILE")
    stdin_filename: str = text(
        "--stdin-filename", help="The name to report for `-`.", metavar="NAME", default="<stdin>"
    )
    color: str = COLOR
    jobs: int = number("--jobs", "-j", help="Processes to use; 0 chooses as many as are worth it.", metavar="N")
    quiet: bool = switch("--quiet", "-q", help="Leave out the summary line of text reports.")


class Terms(Record):
    """What holds for one file, by the options and its project's settings. `lowest` is the least severity to show.

    `choice` turns rules on and off, `leave_out` is what a baseline does with the findings of a path; None for neither.
    `as_of` is the day for rules with dates, "" is today. `run` runs programs for the
    rules of the shell layer, None where they are off.
    """

    profile: str = "default"
    fail_on: str = "warning"
    lowest: Severity = Severity.INFO
    choice: Choice | None = None
    leave_out: LeaveOut | None = None
    as_of: str = ""
    run: Run | None = None


def is_day(text: str) -> bool:
    """Tell whether a text is a day of the calendar, in the form `2026-01-31`."""
    if len(text) != 10 or not (text[4] == text[7] == "-"):
        return False
    # Imported late: few runs name a day.
    from datetime import date  # noqa: PLC0415

    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
