"""Options of commands, each declared once: as a field of the class of values that the command gets.

    class SchemaOptions(Options):
        output: str = text("--output", "-o", help="Write to a file instead.", metavar="FILE")

The quick parser (here) and the full command line (parameters.py) are both made from that.
"""

from __future__ import annotations

from travistool.errors import UsageError
from travistool.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any, ClassVar, Self, TypeVar

    Kind = TypeVar("Kind", bound="Options")

_DIGITS = 9
"""How many digits any number may have."""
_MANY = 4
"""How many a number of processes, jobs and the like may have."""


class Option(Record):
    """One option, or what is given by its place where there are no `flags`.

    The default has the type of the value: bool is a switch, int a number that is `least` or more, a tuple may be given
    several times; None is a text, too. A switch may be on by default: its flags are `--name/--no-name` then. `choices`
    is empty when any text will do; `complete` then says how a text may go on. `needed`: a call without it is none.
    """

    name: str
    flags: tuple[str, ...]
    help: str
    metavar: str = ""
    default: Any = ""
    choices: tuple[str, ...] = ()
    least: int = 0
    complete: Callable[[str], list[str]] | None = None
    needed: bool = False

    @property
    def is_switch(self) -> bool:
        """Tell whether it takes no value."""
        return isinstance(self.default, bool)

    def taken(self, given: Any) -> Any:
        """Return the value for what is given: a text, or a list of them. Raises UsageError."""
        if isinstance(self.default, tuple):
            return tuple(given or ())
        if self.is_switch:
            return given
        if given is None or given == self.default:
            return self.default
        if self.choices and given not in self.choices:
            raise UsageError(f"{self.flags[0]} takes one of {', '.join(self.choices)}, not '{given}'")
        return self._number(str(given)) if isinstance(self.default, int) else given

    def _number(self, given: str) -> int:
        if not is_number(given, _DIGITS) or int(given) < self.least:
            least = f" from {self.least}" if self.least else ""
            raise UsageError(f"{self.flags[0]} takes a number{least}, not '{given}'")
        return int(given)


def text(
    *flags: str,
    help: str,  # noqa: A002  # as the libraries of command lines have it
    metavar: str,
    default: str = "",
    choices: tuple[str, ...] = (),
) -> str:
    """Declare an option with a text; the last one given counts."""
    return Option("", flags, help, metavar, default, choices)  # type: ignore[return-value]  # the field has the value


def maybe(*flags: str, help: str, metavar: str, choices: tuple[str, ...] = ()) -> str | None:  # noqa: A002
    """Declare an option with a text that differs from an empty one when it is not given."""
    return Option("", flags, help, metavar, None, choices)  # type: ignore[return-value]


def texts(
    *flags: str,
    help: str,  # noqa: A002
    metavar: str,
    complete: Callable[[str], list[str]] | None = None,
) -> tuple[str, ...]:
    """Declare an option that may be given several times."""
    return Option("", flags, help, metavar, (), complete=complete)  # type: ignore[return-value]


def switch(*flags: str, help: str, default: bool = False) -> bool:  # noqa: A002
    """Declare a switch."""
    return Option("", flags, help, default=default)  # type: ignore[return-value]


def number(*flags: str, help: str, metavar: str, least: int = 0) -> int:  # noqa: A002
    """Declare an option with a number. It is 0 when it is not given."""
    return Option("", flags, help, metavar, 0, least=least)  # type: ignore[return-value]


def argument(
    help: str,  # noqa: A002
    metavar: str = "",
    default: str = "",
    *,
    needed: bool = False,
    complete: Callable[[str], list[str]] | None = None,
) -> str:
    """Declare a text that is given by its place."""
    return Option("", (), help, metavar, default, complete=complete, needed=needed)  # type: ignore[return-value]


def arguments(help: str, metavar: str = "") -> tuple[str, ...]:  # noqa: A002
    """Declare any number of texts that are given by their place."""
    return Option("", (), help, metavar, ())  # type: ignore[return-value]


class Options(Record):
    """Base of the values that commands get. A field is an option, or options of another class, declared by its value.

    The order is that of the help.
    """

    _declared: ClassVar[Mapping[str, Option | Options]]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls._declared = declared = {name: _named(name, value) for name, value in cls._defaults.items()}
        cls._defaults = {name: one.default if isinstance(one, Option) else one for name, one in declared.items()}

    @classmethod
    def all(cls) -> Iterator[Option]:
        """Yield all options, those of other classes in their place."""
        for one in cls._declared.values():
            if isinstance(one, Option):
                yield one
            else:
                yield from one.all()

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Make the values from those of all options, by name; what is not there has its default."""
        return cls(
            **{
                name: values.get(name, one.default) if isinstance(one, Option) else type(one).of(values)
                for name, one in cls._declared.items()
            }
        )


def _named(name: str, value: Option | Options) -> Option | Options:
    return value._replace(name=name) if isinstance(value, Option) else value


COLOR: str = text(
    "--color", help="When to use colors.", metavar="WHEN", default="auto", choices=("auto", "always", "never")
)
OUTPUT: str = text("--output", "-o", help="Write to a file instead.", metavar="FILE")

AS_TRAVIS: bool = switch("--as-travis", help="With both 'matrix' and 'jobs' in a file: take the one that Travis takes.")


def formats(names: tuple[str, ...]) -> str:
    """Declare the option for a format, the first one by default."""
    return text("--format", "-f", help="How to print it.", metavar="FORMAT", default=names[0], choices=names)


def parse_quickly(kind: type[Kind], given: list[str]) -> Kind | None:
    """Read the arguments of a command; None for anything but a plain correct call, which the full command line takes.

    Understands `--name value`, `--name=value`, `-n value`, switches, `--`, and what is given by its place.
    """
    options = tuple(kind.all())
    rows = {flag: option for option in options for flag in option.flags if "/" not in flag}
    values: dict[str, Any] = {}
    places: list[str] = []
    rest = iter(given)
    for one in rest:
        if one == "--":
            places.extend(rest)
            continue
        if one == "-" or not one.startswith("-"):
            places.append(one)
            continue
        flag, joined, value = one.partition("=")
        option = rows.get(flag)
        if option is None or (joined and (option.is_switch or not flag.startswith("--"))):
            return None
        if option.is_switch:
            values[option.name] = True
            continue
        following = value if joined else next(rest, None)
        if following is None or not _add(values, option, following):
            return None
    return kind.of(values) if _put(values, places, options) else None


def _add(values: dict[str, Any], option: Option, given: str) -> bool:
    if isinstance(option.default, tuple):
        values[option.name] = (*values.get(option.name, ()), given)
        return True
    try:
        values[option.name] = option.taken(given)
    except UsageError:
        return False
    return True


def _put(values: dict[str, Any], places: list[str], options: tuple[Option, ...]) -> bool:
    """Give what has no flags to the options that have none; tell whether that comes out even."""
    for option in options:
        if option.flags:
            continue
        if isinstance(option.default, tuple):
            values[option.name], places = tuple(places), []
        elif places:
            values[option.name], *places = places
        elif option.needed:
            return False
    return not places


def completing(names: tuple[str, ...]) -> Callable[[str], list[str]]:
    """Return what completes one of some names."""
    return lambda incomplete: [name for name in names if name.startswith(incomplete)]


def is_number(given: str, digits: int = _MANY) -> bool:
    """Tell whether a text is a whole number of so many digits at most."""
    return given.isascii() and given.isdigit() and len(given) <= digits
