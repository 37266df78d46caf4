"""The options of `lint`, as rows. The quick parser and the full command line are both made from them."""

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


class Option(Record):
    """One option. `metavar` is "" for a switch; `choices` is empty when any text will do.

    `repeats`: it may be given several times; its value is the values with commas between them.
    """

    name: str
    flags: tuple[str, ...]
    help: str
    metavar: str = ""
    default: str = ""
    choices: tuple[str, ...] = ()
    repeats: bool = False


_DIGITS = 4

PROFILE_NAMES = ("default", "strict", "security", "modernize", "pedantic", "service")
SEVERITIES = ("error", "warning", "info")

LINT = (
    Option("format", ("--format", "-f"), "How to print findings.", "FORMAT", "text", FORMATS),
    Option(
        "profile",
        ("--profile", "-p"),
        "Which findings to show; `service` is exactly what Travis itself says.",
        "PROFILE",
        choices=PROFILE_NAMES,
    ),
    Option(
        "fail_on",
        ("--fail-on",),
        "Exit with 1 for findings of this severity or worse; `warning` if not set.",
        "SEVERITY",
        choices=(*SEVERITIES, "never"),
    ),
    Option("show", ("--show",), "Leave out findings below this severity.", "SEVERITY", "info", SEVERITIES),
    Option("select", ("--select",), "Only these rules or groups, or ALL.", "RULES", repeats=True),
    Option("extend_select", ("--extend-select",), "These rules or groups too.", "RULES", repeats=True),
    Option("ignore", ("--ignore",), "Leave out these rules or groups.", "RULES", repeats=True),
    Option("fix", ("--fix",), "Apply the fixes that cannot change the build."),
    Option("unsafe_fixes", ("--unsafe-fixes",), "With --fix or --diff: the other fixes too."),
    Option("diff", ("--diff",), "Show what --fix would change; write nothing."),
    Option("baseline", ("--baseline",), "Leave out the known findings that this file lists.", "FILE"),
    Option("write_baseline", ("--write-baseline",), "Write all findings to this file as known ones.", "FILE"),
    Option("as_of", ("--as-of",), "Judge dates as of this day, such as 2026-01-31; without it, today.", "DATE"),
    Option("shell", ("--shell",), "Ask bash and shellcheck about the commands, too (extra travistool[shell])."),
    Option("config", ("--config",), "Read the settings from this file.", "FILE"),
    Option("no_config", ("--no-config",), "Read no settings from pyproject.toml or .travistool.toml."),
    Option("output", ("--output", "-o"), "Write the report to a file instead.", "FILE"),
    Option("stdin_filename", ("--stdin-filename",), "The name to report for `-`.", "NAME", "<stdin>"),
    Option("color", ("--color",), "When to use colors.", "WHEN", "auto", ("auto", "always", "never")),
    Option("jobs", ("--jobs", "-j"), "Processes to use; 0 chooses as many as are worth it.", "N", "0"),
    Option("quiet", ("--quiet", "-q"), "Leave out the summary line of text reports."),
)


class LintOptions(Record):
    """The values of one call; names as in the rows of LINT. Those of `profile` and `fail_on` are "" when not given."""

    paths: tuple[str, ...] = ()
    format: str = "text"
    profile: str = ""
    fail_on: str = ""
    show: str = "info"
    select: str = ""
    extend_select: str = ""
    ignore: str = ""
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    baseline: str = ""
    write_baseline: str = ""
    as_of: str = ""
    shell: bool = False
    config: str = ""
    no_config: bool = False
    output: str = ""
    stdin_filename: str = "<stdin>"
    color: str = "auto"
    jobs: str = "0"
    quiet: bool = False


class Terms(Record):
    """What holds for one file, by the options and its project's settings. `lowest` is the least severity to show.

    `choice` turns rules on and off, `leave_out` is what a baseline does with the findings of a path; None for neither.
    `as_of` is the day for rules with dates, "" is today. `run` runs programs for the
    rules of the shell layer, None where they are off.
    """

    profile: str = "default"
    fail_on: str = "warning"
    lowest: Severity = Severity.INFO
    choice: "Choice | None" = None
    leave_out: "LeaveOut | None" = None
    as_of: str = ""
    run: "Run | None" = None


def parse_quickly(arguments: list[str]) -> LintOptions | None:
    """Read the arguments of `lint`; None for anything but a plain correct call, which the full command line takes.

    Understands `--name value`, `--name=value`, `-n value`, switches, `--` and paths.
    """
    rows = {flag: option for option in LINT for flag in option.flags}
    values: dict[str, str | bool] = {}
    paths: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            paths.extend(rest)
        elif argument == "-" or not argument.startswith("-"):
            paths.append(argument)
        else:
            flag, joined, value = argument.partition("=")
            option = rows.get(flag)
            if option is None or (joined and not (option.metavar and flag.startswith("--"))):
                return None
            if not option.metavar:
                values[option.name] = True
                continue
            if not joined:
                following = next(rest, None)
                if following is None:
                    return None
                value = following
            if (option.choices and value not in option.choices) or (option.name == "jobs" and not is_number(value)):
                return None
            if option.repeats and option.name in values:
                value = f"{values[option.name]},{value}"
            values[option.name] = value
    return LintOptions(tuple(paths), **values)  # type: ignore[arg-type]


def is_number(text: str) -> bool:
    """Tell whether a text can be a number of processes."""
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS


def is_day(text: str) -> bool:
    """Tell whether a text has the form of a day: `2026-01-31`."""
    year, month, day = text[:4], text[5:7], text[8:]
    is_formed = len(text) == 10 and text[4] == text[7] == "-" and all(map(is_number, (year, month, day)))
    return is_formed and "01" <= month <= "12" and "01" <= day <= "31"
