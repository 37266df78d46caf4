"""The report of a migration: what people have to do, numbered, and the comparison event by event.

Formats: text for a terminal, Markdown, JSON, and one HTML page that needs nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any, NamedTuple

from travistool.migrate.names import told
from travistool.migrate.target import Migration
from travistool.migrate.tasks import KINDS, TITLES, LeftOut, ManualTask
from travistool.migrate.verify import Checked

FORMATS = ("md", "json", "html")


class Outside(NamedTuple):
    """What a checker outside this package says: its name, and its complaints."""

    name: str
    complaints: tuple[str, ...]


class Reported(NamedTuple):
    """One migration with its checks. `path` is the config's; `checked` is empty where nothing was compared."""

    path: str
    migration: Migration
    checked: tuple[Checked, ...] = ()
    outside: tuple[Outside, ...] = ()

    @property
    def is_equal(self) -> bool:
        """Tell whether nothing speaks against the result."""
        differs = any(one.differences for one in self.checked)
        return not differs and not any(one.complaints for one in self.outside)


def render(reports: Sequence[Reported], format: str) -> str:  # noqa: A002
    """Return the report in one of FORMATS."""
    match format:
        case "json":
            return json.dumps([record(one) for one in reports], ensure_ascii=False, indent=2) + "\n"
        case "html":
            return _html(reports)
        case _:
            return "\n".join(line for one in reports for line in _markdown(one)) + "\n"


def summary(one: Reported) -> str:
    """Return what a terminal shows beside the files."""
    tasks = one.migration.tasks
    title = one.migration.target.title
    files = ", ".join(file.path for file in one.migration.files) or "no file"
    lines = [f"{title}: {files}, {_plural(len(tasks), 'manual task')}"]
    lines += [f"  {task.number}. {_place(one.path, task)}{task.reason}: {task.do}" for task in tasks]
    lines += [f"  left out: {_left(left)}" for left in one.migration.left]
    lines += [f"  {line}" for line in _table(one.checked)]
    lines += [f"  {check.name}: {_plural(len(check.complaints), 'complaint')}" for check in one.outside]
    lines += [f"    {complaint}" for check in one.outside for complaint in check.complaints]
    return "\n".join(lines) + "\n"


def record(one: Reported) -> dict[str, Any]:
    """Return plain data."""
    return {
        "path": one.path,
        "target": one.migration.target.name,
        "files": [file.path for file in one.migration.files],
        "tasks": [
            {
                "number": task.number,
                "kind": task.kind,
                "line": None if task.place is None else task.place.first().line,
                "reason": task.reason,
                "do": task.do,
                "commands": list(task.commands),
                "changes_rows": task.changes_rows,
            }
            for task in one.migration.tasks
        ],
        "left": [{"what": list(left.what), "lines": list(left.lines), "why": left.why} for left in one.migration.left],
        "equal": one.is_equal,
        "events": [
            {
                "event": check.event,
                "rows": check.rows,
                "differences": [{"row": item.title, "what": item.what} for item in check.differences],
            }
            for check in one.checked
        ],
        "checks": [{"name": check.name, "complaints": list(check.complaints)} for check in one.outside],
    }


def _left(one: LeftOut) -> str:
    """Return what is left out as a line: what, where and why."""
    what = told([f"'{what}'" for what in one.what], most=len(one.what))
    lines = f" (line{'s' if len(one.lines) > 1 else ''} {told([str(line) for line in one.lines])})" if one.lines else ""
    return f"{what}{lines}: {one.why}"


def _plural(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _place(path: str, task: ManualTask) -> str:
    return f"{path}:{task.place.first().line}: " if task.place is not None else ""


def _table(checked: Sequence[Checked]) -> Iterator[str]:
    width = max((len(one.event) for one in checked), default=0)
    for one in checked:
        same = "equal" if not one.differences else _plural(len(one.differences), "difference")
        yield f"{one.event.ljust(width)}  {_plural(one.rows, 'job').rjust(8)}  {same}"
        for item in one.differences:
            yield f"{' ' * width}  {item.title}: {item.what}"


def _by_kind(tasks: Sequence[ManualTask]) -> Iterator[tuple[str, list[ManualTask]]]:
    for kind in KINDS:
        found = [task for task in tasks if task.kind == kind]
        if found:
            yield TITLES[kind], found


def _markdown(one: Reported) -> Iterator[str]:
    migration = one.migration
    yield f"# {one.path} on {migration.target.title}"
    yield ""
    yield f"Written: {', '.join(f'`{file.path}`' for file in migration.files) or 'nothing'}. {_outcome(one)}"
    yield ""
    for title, tasks in _by_kind(migration.tasks):
        yield f"## {title}"
        yield ""
        for task in tasks:
            line = f" (line {task.place.first().line})" if task.place is not None else ""
            yield f"- [ ] {task.number}.{line} {_marked(task.reason)}: {_marked(task.do)}."
            if task.commands:
                yield from ("", "  ```sh", *[f"  {command}" for command in task.commands], "  ```", "")
        yield ""
    if migration.left:
        yield from ("## Left out, and not missing", "")
        yield from [f"- {_marked(_left(left))}." for left in migration.left]
        yield ""
    if one.checked:
        yield from ("## What runs", "", "| event | jobs on Travis | migrated |", "| --- | --- | --- |")
        for check in one.checked:
            told = "; ".join(f"{item.title}: {item.what}" for item in check.differences) or "equal"
            yield f"| {check.event} | {check.rows} | {told.replace('|', '&#124;')} |"
        yield ""
    for outside in one.outside:
        yield f"{outside.name}: {'; '.join(outside.complaints) or 'nothing to complain about'}"
        yield ""


def _outcome(one: Reported) -> str:
    """Return the result in a sentence: how much is left to do, and how many events start the same jobs."""
    left = f"{_plural(len(one.migration.tasks), 'task')} left for people"
    same = sum(not check.differences for check in one.checked)
    return (
        f"{left}; {same} of {len(one.checked)} events start the same jobs as on Travis." if one.checked else f"{left}."
    )


def _marked(text: str) -> str:
    return text.replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")


_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top}"
    "pre{overflow:auto}code,pre{background:#f4f4f4;padding:.1rem .3rem}.no{background:#fdd}.yes{background:#dfd}"
)


def _html(reports: Sequence[Reported]) -> str:
    parts = [part for one in reports for part in _html_parts(one)]
    head = f"<meta charset='utf-8'><title>Migration report</title><style>{_STYLE}</style>"
    return f"<!doctype html><html lang='en'><head>{head}</head><body>{''.join(parts)}</body></html>\n"


def _html_parts(one: Reported) -> Iterator[str]:
    yield f"<h1>{escape(one.path)} on {escape(one.migration.target.title)}</h1><p>{escape(_outcome(one))}</p>"
    for title, tasks in _by_kind(one.migration.tasks):
        yield f"<h2>{escape(title)}</h2><table><tr><th>#<th>line<th>what<th>what to do</tr>"
        for task in tasks:
            line = task.place.first().line if task.place is not None else ""
            commands = f"<pre>{escape(chr(10).join(task.commands))}</pre>" if task.commands else ""
            yield f"<tr><td>{task.number}<td>{line}<td>{escape(task.reason)}<td>{escape(task.do)}{commands}</tr>"
        yield "</table>"
    if one.migration.left:
        told_left = "".join(f"<li>{escape(_left(left))}</li>" for left in one.migration.left)
        yield f"<h2>Left out, and not missing</h2><ul>{told_left}</ul>"
    if one.checked:
        yield "<h2>What runs</h2><table><tr><th>event<th>jobs on Travis<th>migrated</tr>"
        for check in one.checked:
            told = "<br>".join(escape(f"{item.title}: {item.what}") for item in check.differences) or "equal"
            name = "no" if check.differences else "yes"
            yield f"<tr><td>{escape(check.event)}<td>{check.rows}<td class={name}>{told}</tr>"
        yield "</table>"
    for outside in one.outside:
        yield f"<p>{escape(outside.name)}: {escape('; '.join(outside.complaints) or 'nothing to complain about')}</p>"
    for file in one.migration.files:
        yield f"<h2>{escape(file.path)}</h2><pre>{escape(file.text)}</pre>"
