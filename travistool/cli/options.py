"""The options of `lint`, as rows. The quick parser and the full command line are both made from them."""

from typing import NamedTuple

from travistool.report.formats import FORMATS


class Option(NamedTuple):
    """One option. `metavar` is "" for a switch; `choices` is empty when any text will do."""

    name: str
    flags: tuple[str, ...]
    help: str
    metavar: str = ""
    default: str = ""
    choices: tuple[str, ...] = ()


_DIGITS = 4

PROFILE_NAMES = ("default", "service")
SEVERITIES = ("error", "warning", "info")

LINT = (
    Option("format", ("--format", "-f"), "How to print findings.", "FORMAT", "text", FORMATS),
    Option(
        "profile",
        ("--profile", "-p"),
        "Which findings to show; `service` is exactly what Travis itself says.",
        "PROFILE",
        "default",
        PROFILE_NAMES,
    ),
    Option(
        "fail_on",
        ("--fail-on",),
        "Exit with 1 from this severity on.",
        "SEVERITY",
        "warning",
        (*SEVERITIES, "never"),
    ),
    Option("show", ("--show",), "Leave out findings below this severity.", "SEVERITY", "info", SEVERITIES),
    Option("output", ("--output", "-o"), "Write the report to a file instead.", "FILE"),
    Option("stdin_filename", ("--stdin-filename",), "The name to report for `-`.", "NAME", "<stdin>"),
    Option("color", ("--color",), "When to use colors.", "WHEN", "auto", ("auto", "always", "never")),
    Option("jobs", ("--jobs", "-j"), "Processes to use; 0 takes as many as pay.", "N", "0"),
    Option("quiet", ("--quiet", "-q"), "Leave out the closing line of text reports."),
)


class LintOptions(NamedTuple):
    """The values of one call; names as in the rows of LINT."""

    paths: tuple[str, ...] = ()
    format: str = "text"
    profile: str = "default"
    fail_on: str = "warning"
    show: str = "info"
    output: str = ""
    stdin_filename: str = "<stdin>"
    color: str = "auto"
    jobs: str = "0"
    quiet: bool = False


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
            values[option.name] = value
    return LintOptions(tuple(paths), **values)  # type: ignore[arg-type]


def is_number(text: str) -> bool:
    """Tell whether a text can be a number of processes."""
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS
