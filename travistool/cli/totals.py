"""The totals of an audit for people: what there is, what comes of each target, what is left to do. Made with rich."""

from __future__ import annotations

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
from travistool.migrate.tasks import KINDS, TITLES, Kind
from travistool.report.layout import Style, printable

_LOOKS = {
    "ready": ("green", "█"),
    "values": ("cyan", "▓"),
    "work": ("yellow", "▒"),
    "stopped": ("red", "░"),
    "crashed": ("magenta", "!"),
}
_FEW = 8
_WIDEST = 140
_NARROWEST = 80
_SHARES = (24, 10, 0)
"""How wide a bar may be."""

_ENDLESS = 1000
_KIND = 37
"""The width of the kinds of tasks, with the space around them."""


def as_table(totals: Totals, style: Style) -> str:
    """Return the totals as text for a terminal."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(_NARROWEST, min(style.width, _WIDEST)),
        force_terminal=style.color,
        color_system="standard" if style.color else None,
        highlight=False,
        legacy_windows=False,
        emoji=False,
    )
    for part in _parts(totals, console):
        console.print(part)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n")) if not style.color else out.getvalue()


def _parts(totals: Totals, console: Console) -> Iterator[RenderableType]:
    yield _head(totals)
    if totals.targets:
        yield from ("", _title("Migration"), _targets(totals, console), _legend(totals))
        tasks = _tasks(totals, console.width)
        if tasks:
            yield from ("", _title("Files with tasks that are left, by kind"))
            yield from tasks
    if totals.planned:
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
    built = f"{totals.planned:,}, with {totals.jobs:,} jobs; {_counted(totals.staged, 'file')} with stages"
    grid.add_row(Text("can be built", style="dim"), built)
    if left:
        grid.add_row(Text("cannot", style="dim"), Text(f"{left:,}", style="red"))
    words = (("errors", "error", "red"), ("warnings", "warning", "yellow"), ("infos", "note", "blue"))
    lint = Text(", ").join(
        [
            Text(f"{_counted(totals.findings[key], word)} in {_counted(totals.files_with[key], 'file')}", style=color)
            for key, word, color in words
        ]
    )
    grid.add_row(Text("lint", style="dim"), lint)
    return grid


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def _targets(totals: Totals, console: Console) -> Table:
    """Return what comes of each target, with the widest bars for which there is room."""
    made = [_with_bars(totals, share) for share in _SHARES]
    endless = console.options.update(max_width=_ENDLESS)
    return next((one for one in made if console.measure(one, options=endless).maximum <= console.width), made[-1])


def _with_bars(totals: Totals, share: int) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1 if share else 0))
    table.add_column("target", no_wrap=True, vertical="bottom")
    if share:
        table.add_column("", no_wrap=True)
    shown = _occurring(totals)
    compared = any(one.compared for one in totals.targets.values())
    for state in shown:
        table.add_column(_stacked(STATE_TITLES[state]), justify="right", no_wrap=True, style=_LOOKS[state][0])
    for title in ("tasks", "rows change", *(["compared equal"] if compared else [])):
        table.add_column(_stacked(title), justify="right", no_wrap=True)
    for one in totals.targets.values():
        known = target(one.name)
        bar = [_bar(one, share)] if share else []
        cells = [f"{one.states[state]:,}" for state in shown]
        numbers = [f"{one.tasks.total():,}", f"{one.changed:,}"]
        equal = [f"{one.equal:,} of {one.compared:,}"] if compared else []
        table.add_row(known.title if known else one.name, *bar, *cells, *numbers, *equal)
    return table


def _stacked(title: str) -> str:
    """Return a title on two lines, the second one for what is a single word, too."""
    first, _, rest = title.rpartition(" ")
    return f"{first}\n{rest}"


def _occurring(totals: Totals) -> list[State]:
    """Return the states that some file has."""
    return [state for state in STATES if any(one.states[state] for one in totals.targets.values())]


def _bar(one: OfTarget, share: int) -> Text:
    """Return the shares of the states as one bar; each that occurs is seen."""
    total = one.states.total() or 1
    cells = {state: max(1, round(share * one.states[state] / total)) for state in STATES if one.states[state]}
    if cells:
        cells[max(cells, key=lambda state: cells[state])] += share - sum(cells.values())
    return Text().join([Text(_LOOKS[state][1] * number, style=_LOOKS[state][0]) for state, number in cells.items()])


def _legend(totals: Totals) -> RenderableType:
    parts = [Text(f"{_LOOKS[state][1]} {STATE_TITLES[state]}", style=_LOOKS[state][0]) for state in _occurring(totals)]
    return Padding(Text("  ").join(parts), (0, 0, 0, 1))


def _tasks(totals: Totals, width: int) -> list[Table]:
    """Return the numbers by kind, in as many tables as it takes for all targets to fit."""
    made = list(totals.targets.values())
    kinds = [kind for kind in KINDS if any(one.files[kind] for one in made)]
    tables = []
    while made and kinds:
        left = width - _KIND
        few: list[OfTarget] = []
        while made and (not few or left >= _needed(made[0], totals)):
            left -= _needed(made[0], totals)
            few.append(made.pop(0))
        tables.append(_of_kinds(kinds, few))
    return tables


def _needed(one: OfTarget, totals: Totals) -> int:
    """Return the width of a target's numbers, with the space around them."""
    return max(len(one.name), len(f"{totals.files:,}")) + 3


def _of_kinds(kinds: list[Kind], made: list[OfTarget]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    table.add_column("", no_wrap=True)
    for one in made:
        table.add_column(one.name, justify="right", no_wrap=True)
    for kind in kinds:
        table.add_row(TITLES[kind], *[f"{one.files[kind]:,}" if one.files[kind] else "" for one in made])
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
