"""Whose status is lost: commands that something follows which does not ask how they ended."""

from __future__ import annotations

from travistool.lint.shell import call, program
from travistool.lint.shell_text import Simple

ASSERTED = ("before_install", "install", "before_script", "script", "before_deploy")
"""Phases in which the status of a command decides about the job."""

HARMLESS = frozenset(
    (
        *(
            "echo",
            "printf",
            "set",
            "export",
            "source",
            ".",
            "unset",
            "shopt",
            "sleep",
            "true",
            "false",
            ":",
            "cd",
            "pushd",
        ),
        *(
            "popd",
            "pwd",
            "ls",
            "cat",
            "which",
            "kill",
            "alias",
            "wait",
            "rm",
            "mkdir",
            "ulimit",
            "umask",
            "eval",
            "test",
        ),
        *(
            "[",
            "[[",
            "date",
            "env",
            "head",
            "tail",
            "df",
            "free",
            "ps",
            "whoami",
            "uname",
            "exit",
            "return",
            "trap",
            "local",
        ),
        *(
            "declare",
            "travis_fold",
            "travis_time_start",
            "travis_time_finish",
            "grep",
            "killall",
            "pkill",
            "type",
            "command",
        ),
        *(
            "clear",
            "read",
            "let",
            "pgrep",
            "uptime",
            "hostname",
            "id",
            "break",
            "continue",
            "touch",
            "du",
            "printenv",
            "find",
        ),
        *(
            "deactivate",
            "jdk_switcher",
            "nvm",
            "rvm",
            "tput",
            "time",
            "history",
            "stty",
            "lscpu",
            "sync",
            "ccache",
            "jobs",
        ),
        *(
            "codecov",
            "coveralls",
            "egrep",
            "pycodestyle",
            "phpenv",
            "pyenv",
            "rbenv",
            "iconv",
            "sed",
            "awk",
            "chmod",
            "ln",
            "mv",
            "cp",
        ),
    )
)
"""Commands whose failure hardly ever means that something is wrong."""

_ASKING = (
    "--version",
    "-version",
    "-V",
    "version",
    "--help",
    "-v",
    "list",
    "status",
    "config",
    "uninstall",
    "remove",
    "show",
    "clean",
)


DECIDING = frozenset(
    ("grep", "egrep", "test", "[", "[[", "diff", "cmp", "true", ":", "echo", "printf", "exit", "return")
)
"""Commands that, at the end of others, look at what those have left behind, or are meant to set their status aside."""


def is_lost(one: Simple) -> bool:
    """Tell whether nobody asks how a command ends that others follow, and somebody would want to know."""
    if one.inside or one.rescued or one.after_test or program(one) in HARMLESS or not program(one) or one.next == "&":
        return False
    words = call(one)
    return not any(word.text in _ASKING for word in words[1:2])
