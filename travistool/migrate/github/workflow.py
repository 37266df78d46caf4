"""A build as a GitHub workflow: rows that share a shape become one job with a matrix, stages an order by `needs`."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from travistool.document.layout import Inline, Remark, layout
from travistool.migrate.conditions import FALSE, TRUE, Condition, attributes, both, tests
from travistool.migrate.data.facts import facts
from travistool.migrate.github.caches import with_key
from travistool.migrate.github.deploy import permissions
from travistool.migrate.github.evaluate import evaluator
from travistool.migrate.github.expressions import GATE, Gate, attribute_text, expression, in_parentheses, variable_name
from travistool.migrate.github.matrix import Grouped, grouped
from travistool.migrate.github.notify import NOTIFY, named
from travistool.migrate.github.notify import job as notify_job
from travistool.migrate.github.services import served
from travistool.migrate.github.setup import language, machine, note_dist
from travistool.migrate.github.slots import escaped, slot, unescaped
from travistool.migrate.github.steps import steps
from travistool.migrate.github.triggers import on
from travistool.migrate.github.variables import row_variables, secret_name, workflow_variables
from travistool.migrate.model import Build, Row
from travistool.migrate.notifications import rooms
from travistool.migrate.target import File, Target
from travistool.migrate.tasks import Tasks

PATH = ".github/workflows/ci.yml"


class _Job(NamedTuple):
    """A job of the workflow: its stage by number, the condition of its rows, what it is made of, what people say of it."""

    id: str
    stage: int
    when: Condition
    data: dict[Any, Any]
    comments: tuple[str, ...] = ()


def render(build: Build, tasks: Tasks) -> tuple[File, ...]:
    """Return the workflow file."""
    gate = Gate()
    start = on(build.triggers)
    jobs = _jobs(build, start.when, gate, tasks)
    data: dict[Any, Any] = {}
    if build.comments:
        data[Remark("\n".join(build.comments))] = None
    data["name"] = build.name
    data[Remark(" ")] = None
    data["on"] = start.events
    data[Remark("  ")] = None
    data["permissions"] = {"contents": "read"}
    env = workflow_variables(build.rows)
    if env:
        data[Remark("   ")] = None
        data["env"] = env
    if any(row.os == "windows" for row in build.rows) and all(row.os == "windows" for row in build.rows):
        data["defaults"] = {"run": {"shell": "bash"}}
    data[Remark("    ")] = None
    data["jobs"] = _with_order(jobs, gate)
    _add_messages(build, [job.id for job in jobs], data["jobs"], tasks)
    _note(build, tasks)
    return (File(PATH, layout(data)),)


def _add_messages(build: Build, names: list[str], jobs: dict[Any, Any], tasks: Tasks) -> None:
    """Add the job that tells Slack about the results of all others."""
    told = list(rooms(build, tasks))
    places = [one.place for one in build.notifications if one.kind == "slack"]
    for room, secret in named(told):
        reason = f"messages to {f'#{room.name}' if room.name else 'Slack'} need a webhook, as Travis's token is its own"
        tasks.add(
            "secret", reason, f"make an incoming webhook in Slack, and enter it as the secret {secret}", places[0]
        )
    if named(told):
        jobs[Remark("      ")] = None
        jobs[NOTIFY] = notify_job(told, names)


def _note(build: Build, tasks: Tasks) -> None:
    used = {name for row in build.rows for test in tests(row.when) for name in attributes(test)}
    if "commit_message" in used:
        tasks.add(
            "condition",
            "a condition asks for the commit message, which GitHub tells only for pushes",
            "look at what should happen for pull requests: their message counts as empty",
        )
    settings = sorted(name[4:] for name in used if name.startswith("env:"))
    for name in settings:
        reason = f"a condition asks for the variable {name}, which the file does not set"
        tasks.add("variable", reason, f"set it as a variable of the repository: gh variable set {name}")


def _jobs(build: Build, started: Condition, gate: Gate, tasks: Tasks) -> list[_Job]:
    found: list[_Job] = []
    names: set[str] = {GATE, NOTIFY}
    stages = list(build.stages) or [None]  # type: ignore[list-item]
    for number, stage in enumerate(stages):
        rows = build.of_stage(stage)
        shapes = [(row, both(started, row.when), _shape(row, gate, tasks)) for row in rows if row.when != FALSE]
        groups = grouped([(row, (when, data)) for row, when, data in shapes])
        for group in groups:
            when, data = group.key
            name = _id(stage, group, groups, names)
            names.add(name)
            comments = group.rows[0].comments if len(group.rows) == 1 else ()
            found.append(_Job(name, number, when, data, comments))
    return found


def _id(stage: str | None, group: Grouped, groups: list[Grouped], taken: set[str]) -> str:
    base = _slug(stage or "") or ("build" if group.rows[0].job.name or len(groups) > 1 else "test")
    if len(groups) > 1:
        base = (
            _slug(group.rows[0].title)[:40].strip("-") or base
            if len(group.rows) == 1
            else f"{base}{_apart(group, groups)}"
        )
    base = base if re.match(r"[A-Za-z_]", base) else f"job-{base}"
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name


def _apart(group: Grouped, groups: list[Grouped]) -> str:
    """Return what tells a matrix from others where it is that: the system of its rows, else their language."""
    others = [row for other in groups if other is not group and len(other.rows) > 1 for row in other.rows]
    for told in (_system, _language):
        own = {told(row) for row in group.rows}
        if len(own) == 1 and others and not own & {told(row) for row in others}:
            return f"-{_slug(own.pop())}"
    return ""


def _system(row: Row) -> str:
    return row.os.replace("osx", "macos")


def _language(row: Row) -> str:
    return row.language.name


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _shape(row: Row, gate: Gate, tasks: Tasks) -> dict[Any, Any]:
    """Return one row as a job, with slots for what may differ from row to row."""
    where = machine(row, tasks)
    needed = language(row, where.runner, tasks)
    container = needed.container or where.container
    note_dist(row, needed.runner or where.runner, container, tasks)
    serving = served(row, tasks, bool(container))
    tolerated, text = _tolerated(row, gate)
    data: dict[Any, Any] = {"name": slot("name", escaped(row.title))}
    data["runs-on"] = slot("os", needed.runner or where.runner)
    if container:
        data["container"] = container
    data["timeout-minutes"] = row.timeout
    if text:
        data["continue-on-error"] = text
    allowed = permissions(row)
    if allowed:
        data["permissions"] = allowed
    env = _environment(row, tolerated, tasks, bare=bool(container)) | dict(needed.env) | dict(serving.env)
    if env:
        data["env"] = env
    if row.os == "windows":
        data["defaults"] = {"run": {"shell": "bash"}}
    elif container:
        data["defaults"] = {"run": {"shell": "bash -e {0}"}}
    if serving.services:
        data["services"] = serving.services
    made = steps(row, needed._replace(container=container), serving, gate, tasks)
    data["steps"] = _ended(_without_pipefail(made, row))
    data["steps"] = with_key(data["steps"], row, data)
    return data


def _without_pipefail(found: list[dict[Any, Any]], row: Row) -> list[dict[Any, Any]]:
    """Turn `pipefail` off where GitHub's own Bash has it on: Travis never has it."""
    if row.os != "windows":
        return found
    return [{**step, "run": f"set +o pipefail\n{step['run']}"} if "run" in step else step for step in found]


def _ended(found: list[dict[Any, Any]]) -> list[dict[Any, Any]]:
    """End scripts of several lines with a line break, as people write them."""
    return [{**step, "run": f"{step['run']}\n"} if "\n" in step.get("run", "") else step for step in found]


def _tolerated(row: Row, gate: Gate) -> tuple[str, str]:
    if row.tolerated == TRUE:
        return "true", slot("experimental", "true")
    if row.tolerated == FALSE:
        return "false", slot("experimental", "false")
    text = expression(row.tolerated, gate)
    return f"${{{{ {text} }}}}", f"${{{{ {text} }}}}"


def _environment(row: Row, tolerated: str, tasks: Tasks, *, bare: bool) -> dict[str, str]:
    env: dict[str, str] = {}
    if row.language.name == "ruby" and "rails" in row.texts.lower():
        env |= {"RAILS_ENV": "test", "RACK_ENV": "test"}
    number = f"${{{{ github.run_number }}}}.{slot('job', row.job.number.split('.')[1])}"
    env |= row_variables(row, number, tolerated, tasks, bare=bare)
    for variable in row.variables:
        if variable.kind == "plain":
            env[variable.name] = slot(_key(variable.name), escaped(variable.value))
        elif variable.kind == "secret":
            env[variable.name] = f"${{{{ secrets.{secret_name(variable.value)} }}}}"
    return env


def _key(name: str) -> str:
    taken = (
        "name",
        "os",
        "python",
        "node",
        "ruby",
        "go",
        "php",
        "java",
        "rust",
        "job",
        "gemfile",
        "include",
        "exclude",
    )
    return f"{name}_" if name.lower() in taken else name


def _with_order(jobs: list[_Job], gate: Gate) -> dict[Any, Any]:
    """Return the jobs with `needs` and `if`: a stage waits for the one before, and one that is dropped blocks nothing."""
    found: dict[Any, Any] = {}
    numbers = sorted({job.stage for job in jobs})
    expressions = {job.id: expression(job.when, gate) for job in jobs}
    uncertain = False
    before: list[_Job] = []
    for number in numbers:
        own = [job for job in jobs if job.stage == number]
        for job in own:
            found[job.id] = _ordered(job, expressions[job.id], [one.id for one in before], uncertain)
        uncertain = uncertain or any(expressions[job.id] for job in own)
        before = own
    if gate.questions:
        found = {GATE: _gate(gate), **found}
    comments = {job.id: job.comments for job in jobs}
    spaced: dict[Any, Any] = {}
    for index, (name, data) in enumerate(found.items()):
        if index:
            spaced[Remark(" " * (index + 10))] = None
        if comments.get(name):
            # The same lines may stand above two jobs.
            spaced[Remark("\n".join(comments[name]) + " " * index)] = None
        spaced[name] = data
    return spaced


def _ordered(job: _Job, text: str, before: list[str], uncertain: bool) -> dict[Any, Any]:
    asks = f"needs.{GATE}." in repr((text, job.data))
    needed = [*([GATE] if asks else []), *before]
    data = dict(job.data)
    head: dict[Any, Any] = {"name": data.pop("name")} if "name" in data else {}
    if needed:
        head["needs"] = Inline(needed) if len(needed) > 1 else needed[0]
    if before and uncertain:
        around = in_parentheses(text)
        head["if"] = f"${{{{ !cancelled() && !failure(){f' && {around}' if text else ''} }}}}"
    elif text:
        head["if"] = f"${{{{ {text} }}}}" if text.startswith("!") else text
    return {**head, **data}


def _gate(gate: Gate) -> dict[Any, Any]:
    asked = list(gate.questions.values())
    env = {variable_name(one.attribute): f"${{{{ {attribute_text(one.attribute)} }}}}" for one in asked}
    lines = ['answer() { if "${@:2}"; then echo "$1=true"; else echo "$1=false"; fi >> "$GITHUB_OUTPUT"; }']
    if any(not one.is_glob for one in asked):
        lines.append('matches() { [ -n "$1" ] && grep -qP -e "$2" <<< "$1"; }')
    if any(one.is_glob for one in asked):
        lines.append('fits() { [[ -n "$1" && "$1" == $2 ]]; }')
    for one in asked:
        test = "fits" if one.is_glob else "matches"
        pattern = "'" + one.pattern.replace("'", "'\\''") + "'"
        lines.append(f'answer {one.output} {test} "${variable_name(one.attribute)}" {pattern}')
    return {
        "name": "Conditions",
        "runs-on": facts("github")["runners"]["default"],
        "outputs": {one.output: f"${{{{ steps.{GATE}.outputs.{one.output} }}}}" for one in asked},
        "steps": [{"id": GATE, "name": "Answer what expressions cannot", "env": env, "run": "\n".join(lines) + "\n"}],
    }


TARGET = Target(
    "github",
    "GitHub Actions",
    PATH,
    render,
    evaluator,
    ("gh secret set {name}",),
    unescaped,
    secret_name=secret_name,
    sends=("slack",),
    installs=True,
)
