"""An audit as one page: totals, a chart of the targets, and a list to filter and sort. Needs no network and no server."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape
from importlib.resources import files

from travistool import __version__
from travistool.audit.row import STATE_TITLES, STATES, Row
from travistool.audit.totals import OfTarget, Totals, ranked
from travistool.migrate.targets import target
from travistool.migrate.tasks import KINDS, TITLES
from travistool.report.layout import printable

_PLACE = re.compile(r"@([A-Z]+)@")
_FEW = 10
_BAR = 46
"""The height of a target in the chart: its name and its bar."""

_READABLE = 4.5
"""The share, in percent, from which on a number fits into its part of a bar."""

_USUAL = "/.travis.yml"
"""What is left out of paths: most end so."""

_NAMES = {"languages": "Languages", "os": "Systems", "services": "Services", "providers": "Deploy with"}


def as_page(totals: Totals, rows: Iterable[Row]) -> Iterator[str]:
    """Yield the page part by part."""
    script = "\n" + _template("page.js")
    parts = {
        # The browser runs this script only, whatever a path may hold.
        "CSP": f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}",
        "COUNT": _repositories(totals.files),
        "VERSION": __version__,
        "TILES": "".join(_tiles(totals)),
        "MIGRATION": _migration(totals) if totals.targets else "",
        "LISTS": _lists(totals),
        "SCRIPT": script,
    }
    before, _, after = _template("page.html").partition("@DATA@")
    yield _PLACE.sub(lambda found: parts[found[1]], before)
    yield from _data(totals, rows)
    yield _PLACE.sub(lambda found: parts[found[1]], after)


def _template(name: str) -> str:
    return files("travistool.audit").joinpath(name).read_text(encoding="utf-8")


def _repositories(number: int) -> str:
    return f"{number:,} {'repository' if number == 1 else 'repositories'}"


def _tiles(totals: Totals) -> Iterator[str]:
    findings = totals.findings
    for number, words in (
        (totals.planned, "can be built"),
        (totals.files - totals.planned, "cannot"),
        (totals.jobs, "jobs"),
        (findings["errors"], "errors"),
        (findings["warnings"], "warnings"),
        (findings["infos"], "notes"),
    ):
        yield f'<div class="tile"><b>{number:,}</b>{words}</div>'


def _migration(totals: Totals) -> str:
    made = list(totals.targets.values())
    height = _BAR * len(made)
    bars = "".join(_bar(one, _BAR * number) for number, one in enumerate(made))
    states = [state for state in STATES if any(one.states[state] for one in made)]
    legend = "".join(f'<li class="{state}"><i></i>{STATE_TITLES[state]}</li>' for state in states)
    return (
        '<section id="targets"><h2>What comes of each target</h2>'
        f'<svg height="{height}" role="img" aria-label="Files by target and by what comes of them">{bars}</svg>'
        f'<ul class="legend">{legend}</ul></section>{_tasks(made)}'
    )


def _bar(one: OfTarget, top: int) -> str:
    """Return the name of a target and its files as parts of one bar, in percent of the width."""
    total = one.states.total() or 1
    drawn = [f'<text x="0" y="{top + 14}">{_title(one.name)}</text>']
    start = 0.0
    for state in STATES:
        number = one.states[state]
        if not number:
            continue
        share = 100 * number / total
        said = f"{_title(one.name)}: {number:,} {STATE_TITLES[state]} ({share:.1f}%)"
        drawn.append(
            f'<rect class="{state}" x="{start:.3f}%" y="{top + 20}" width="{share:.3f}%" height="20"><title>{said}</title></rect>'
        )
        if share >= _READABLE:
            drawn.append(f'<text class="in" x="{start:.3f}%" dx="6" y="{top + 34}">{number:,}</text>')
        start += share
    return "".join(drawn)


def _title(name: str) -> str:
    known = target(name)
    return escape(known.title if known is not None else name)


def _tasks(made: list[OfTarget]) -> str:
    kinds = [kind for kind in KINDS if any(one.files[kind] for one in made)]
    heads = "".join(f'<th class="number">{escape(one.name)}</th>' for one in made)
    lines = [f"<tr><td>{TITLES[kind]}</td>{''.join(_number(one.files[kind]) for one in made)}</tr>" for kind in kinds]
    lines.append(f"<tr><td>Other rows run until it is done</td>{''.join(_number(one.changed) for one in made)}</tr>")
    if any(one.compared for one in made):
        unequal = "".join(_number(one.compared - one.equal) for one in made)
        lines.append(f"<tr><td>Compared, and not equal</td>{unequal}</tr>")
    return (
        '<section id="tasks"><h2>Files with tasks that are left, by kind</h2><div class="scroll"><table>'
        f"<thead><tr><th></th>{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table></div></section>"
    )


def _number(number: int) -> str:
    return f'<td class="number">{number:,}</td>' if number else '<td class="number"></td>'


def _lists(totals: Totals) -> str:
    uses = [_list(title, totals.names[key]) for key, title in _NAMES.items()]
    rest = [
        _list("Rules with most findings", totals.rules),
        _list("Why there is no build", totals.problems),
        _list("Why builds are not migrated", totals.stops),
        _list("Bugs of travistool, please report them", totals.crashes),
    ]
    found = "".join([*uses, *rest])
    return f'<section id="uses"><h2>What they use, and what is wrong</h2><div class="lists">{found}</div></section>'


def _list(title: str, counter: Counter[str]) -> str:
    first = ranked(counter)[:_FEW]
    if not first:
        return ""
    most = first[0][1]
    items = [
        f'<li style="--part: {100 * number / most:.1f}%"><span>{_text(name)}</span><b>{number:,}</b></li>'
        for name, number in first
    ]
    more = len(counter) - len(first)
    left = f'<p class="dim">and {more:,} more</p>' if more else ""
    return f'<div><h3>{title}</h3><ul class="bars">{"".join(items)}</ul>{left}</div>'


def _text(text: str) -> str:
    return escape(printable(text)).encode("utf-8", "replace").decode()


def _data(totals: Totals, rows: Iterable[Row]) -> Iterator[str]:
    """Yield what the script shows, as JSON that cannot end its element."""
    head = {
        "targets": [[name, known.title if (known := target(name)) else name] for name in totals.targets],
        "states": [[name, STATE_TITLES[name]] for name in STATES],
        "kinds": list(KINDS),
    }
    yield f'{_json(head)[:-1]},"rows":['
    for number, row in enumerate(rows):
        yield f"{',' if number else ''}\n{_json(_entry(row))}"
    yield "\n]}"


def _entry(row: Row) -> list[object]:
    linted, planned = row["lint"], row["plan"]
    uses: list[str] = []
    if planned is not None:
        systems = [name for name in planned["os"] if name != "linux"]
        uses = [*planned["languages"], *systems, *planned["services"], *planned["providers"]]
    made = [
        [
            STATES.index(one["state"]),
            printable(one["why"]),
            one["changes_rows"],
            [[KINDS.index(kind), number] for kind in KINDS if (number := one["tasks"].get(kind, 0))],
            one["equal"],
        ]
        for one in row["targets"]
    ]
    findings = [linted["errors"], linted["warnings"], linted["infos"]] if linted is not None else []
    jobs = planned["jobs"] if planned is not None else None
    return [
        printable(row["path"]).removesuffix(_USUAL),
        " ".join(uses),
        jobs,
        findings,
        printable(row["problem"]),
        made,
    ]


def _json(data: object) -> str:
    text = json.dumps(data, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
