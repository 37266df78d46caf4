"""The totals of an audit for people: what there is, what comes of each target, what is left to do. Made with rich."""

import io
from collections import Counter
from collections.abc import Iterator, Mapping

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from travistool.audit.row import STATE_TITLES, STATES, State
from travistool.audit.totals import OfTarget, Totals, ranked
from travistool.migrate.targets import target
from travistool.migrate.tasks import KINDS, TITLES
from travistool.report.layout import Style, plural, printable

_LOOKS = {
    "ready": ("green", "█"),
    "values": ("cyan", "▓"),
    "work": ("yellow", "▒"),
    "stopped": ("red", "░"),
    "crashed": ("magenta", "!"),
}
_FEW = 8
_WIDEST = 140
_SHARE = 24


def as_table(totals: Totals, style: Style) -> str:
    """Return the totals as text for a terminal."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(60, min(style.width, _WIDEST)),
        force_terminal=style.color,
        color_system="standard" if style.color else None,
        highlight=False,
        legacy_windows=False,
        emoji=False,
    )
    for part in _parts(totals):
        console.print(part)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n")) if not style.color else out.getvalue()


def _parts(totals: Totals) -> Iterator[RenderableType]:
    yield _head(totals)
    if totals.targets:
        yield from ("", _title("Migration"), _targets(totals), _legend(totals))
        tasks = _tasks(totals)
        if tasks is not None:
            yield from ("", _title("Files with tasks that are left, by kind"), tasks)
    yield from ("", _title("What they use"), _uses(totals))
    if totals.rules:
        yield from ("", _title("Most frequent findings"), _counts(totals.rules, totals.findings.total()))
    if totals.problems:
        yield from ("", _title("Why there is no build"), _counts(totals.problems, 0))
    if totals.stops:
        yield from ("", _title("Why builds are not migrated"), _counts(totals.stops, 0))
    if totals.crashes:
        yield from ("", Text("Bugs of travistool, please report them", style="bold red"), _counts(totals.crashes, 0))


def _title(text: str) -> Text:
    return Text(text, style="bold")


def _head(totals: Totals) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_row(Text("repositories", style="dim"), f"{totals.files:,}")
    left = totals.files - totals.planned
    built = f"{totals.planned:,}, with {totals.jobs:,} jobs; {plural(totals.staged, 'file')} with stages"
    grid.add_row(Text("can be built", style="dim"), built)
    if left:
        grid.add_row(Text("cannot", style="dim"), Text(f"{left:,}", style="red"))
    words = (("errors", "error", "red"), ("warnings", "warning", "yellow"), ("infos", "note", "blue"))
    lint = Text(", ").join(
        [
            Text(f"{plural(totals.findings[key], word)} in {plural(totals.files_with[key], 'file')}", style=color)
            for key, word, color in words
        ]
    )
    grid.add_row(Text("lint", style="dim"), lint)
    return grid


def _targets(totals: Totals) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    table.add_column("target")
    table.add_column("", no_wrap=True)
    shown = _occurring(totals)
    for state in STATES:
        if state in shown:
            table.add_column(STATE_TITLES[state], justify="right", style=_LOOKS[state][0])
    table.add_column("tasks", justify="right")
    table.add_column("rows change", justify="right")
    compared = any(one.compared for one in totals.targets.values())
    if compared:
        table.add_column("compared equal", justify="right")
    for one in totals.targets.values():
        known = target(one.name)
        cells = [f"{one.states[state]:,}" for state in shown]
        numbers = [f"{one.tasks.total():,}", f"{one.changed:,}"]
        equal = [f"{one.equal:,} of {one.compared:,}"] if compared else []
        table.add_row(known.title if known else one.name, _bar(one), *cells, *numbers, *equal)
    return table


def _occurring(totals: Totals) -> list[State]:
    """Return the states that some file has."""
    return [state for state in STATES if any(one.states[state] for one in totals.targets.values())]


def _bar(one: OfTarget) -> Text:
    """Return the shares of the states as one bar; each that occurs is seen."""
    total = one.states.total() or 1
    bar = Text()
    for state in STATES:
        number = one.states[state]
        color, sign = _LOOKS[state]
        bar.append(sign * (max(1, round(_SHARE * number / total)) if number else 0), style=color)
    return bar[:_SHARE]


def _legend(totals: Totals) -> RenderableType:
    parts = [Text(f"{_LOOKS[state][1]} {STATE_TITLES[state]}", style=_LOOKS[state][0]) for state in _occurring(totals)]
    return Padding(Text("  ").join(parts), (0, 0, 0, 1))


def _tasks(totals: Totals) -> Table | None:
    kinds = [kind for kind in KINDS if any(one.files[kind] for one in totals.targets.values())]
    if not kinds:
        return None
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    table.add_column("")
    for name in totals.targets:
        table.add_column(name, justify="right")
    for kind in kinds:
        table.add_row(
            TITLES[kind], *[f"{one.files[kind]:,}" if one.files[kind] else "" for one in totals.targets.values()]
        )
    return table


def _uses(totals: Totals) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    titles = {"languages": "languages", "os": "systems", "services": "services", "providers": "deploy with"}
    for key, title in titles.items():
        counter = totals.names[key]
        if counter:
            grid.add_row(Text(title, style="dim"), _listed(counter))
    return Padding(grid, (0, 0, 0, 1))


def _listed(counter: Mapping[str, int]) -> Text:
    first = ranked(counter)[:_FEW]
    text = Text(", ").join([Text(f"{printable(name)} ") + Text(f"{number:,}", style="cyan") for name, number in first])
    more = len(counter) - len(first)
    return text + Text(f" and {more} more", style="dim") if more > 0 else text


def _counts(counter: Counter[str], total: int) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(justify="right", style="cyan")
    grid.add_column(overflow="fold")
    first = ranked(counter)[:_FEW]
    for name, number in first:
        grid.add_row(f"{number:,}", printable(name))
    rest = total - sum(number for _, number in first)
    if total and rest:
        grid.add_row(f"{rest:,}", Text(f"of {len(counter) - _FEW} other rules", style="dim"))
    return Padding(Group(grid), (0, 0, 0, 1))
