"""From a file and options to its plan: reading, imports, the event; for every command that works on a plan."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from travistool.cli.event import check, default_branch, event_for
from travistool.cli.event_options import EventOptions
from travistool.cli.files import STDIN, find_one, load, read_as
from travistool.cli.git import Repositories, Repository
from travistool.cli.imports import LocalFiles, import_roots
from travistool.diagnostics import Diagnostic, Findings, Official, Severity
from travistool.errors import FileError, UsageError
from travistool.grammar.similar import suggest
from travistool.lint.service import service_rule
from travistool.pipeline import REFUSED
from travistool.plan.expand import expand
from travistool.plan.import_notes import UNKNOWN_REPOSITORY
from travistool.plan.imports import Request, gather
from travistool.plan.limits import too_big
from travistool.plan.model import BuildPlan, Event, Job
from travistool.plan.starts import Starts, starts
from travistool.record import Record
from travistool.report.masking import mask_for
from travistool.report.plan_view import PlanView
from travistool.schema.run import Message
from travistool.source import Source

_REFUSALS = {
    "file-not-found": "a file that it imports is missing",
    "unreadable": "a file that it imports cannot be read",
    "unknown-merge-mode": "it has a merge mode that does not exist",
}


class Read(Record):
    """A file that could be read. `path` is the one given; `inside` its path in the repository, or just its name.

    `folder` is what imports of the same repository are relative to.
    """

    path: str
    source: Source
    folder: str
    inside: str
    git: Repository | None


class Planner:
    """Plans files for one call's options. Folders and events are found out once. Raises UsageError for bad options.

    With `commit`, a file that this commit has is read as it was there, and the message is that commit's. `repositories`
    may have been asked already.
    """

    def __init__(
        self,
        options: EventOptions,
        roots: tuple[str, ...] = (),
        commit: str = "",
        repositories: Repositories | None = None,
    ) -> None:
        check(options)
        self.commit = commit
        self.options = options
        self.roots = import_roots(roots)
        self.repositories = repositories or Repositories()
        self._events: dict[Repository | None, Event] = {}

    def read(self, path: str) -> Read | Findings:
        """Read a file; findings that say why when that cannot be."""
        name = "<stdin>" if path == STDIN else path
        full = os.path.realpath(path) if path != STDIN else os.path.join(os.getcwd(), ".travis.yml")
        folder = os.path.dirname(full)
        git = self.repositories.around(folder)
        root = git.folder if git is not None else folder
        inside = os.path.relpath(full, root).replace(os.sep, "/")
        then = git.file(self.commit, inside) if git is not None and self.commit and path != STDIN else None
        source, problem = load(path) if then is None else read_as(name, then)
        if source is None:
            assert problem is not None
            return Findings(name, None, (problem,), problem)
        return Read(name, source, root, inside, git)

    def plan(self, read: Read, event: Event | None = None) -> PlanView | Findings:
        """Plan a file for an event, that of the options unless another one is given."""
        if event is None:
            event = self.event(read.git)
        request = self.request(read, event)
        broken = _broken(request, read.source)
        if broken is not None or request.normal is None:
            assert broken is not None
            return Findings(read.path, read.source, (broken,), broken)
        plan = expand(request.normal, event)
        started = _refused(request, plan) or _started(request, plan, starts(request.normal, event))
        return PlanView(read.path, request, plan, started, mask_for(plan, request.normal.messages))

    def request(self, read: Read, event: Event) -> Request:
        """Return a file with all that it imports for an event."""
        own = event.repo or ""  # without a name it is just not another one
        files = LocalFiles(own, read.folder, read.git, self.roots, event.default_branch)
        return gather(read.source, files, event, repo=own, path=read.inside)

    def event(self, git: Repository | None) -> Event:
        """Return the event that the options ask for, in a repository."""
        found = self._events.get(git)
        if found is None:
            options = self.options
            if self.commit and options.message is None and git is not None:
                options = options._replace(message=git.message_of(self.commit))
            found = self._events[git] = event_for(options, git)
        return found

    def default_branch(self, git: Repository | None) -> str:
        """Return the default branch of a repository."""
        return default_branch(self.options, git)


def planned(file: str, planner: Planner) -> tuple[Read, PlanView]:
    """Return a file and its plan. Raises FileError for one that cannot be read or has no build."""
    read = planner.read(find_one(file))
    found = planner.plan(read) if isinstance(read, Read) else read
    if isinstance(found, Findings):
        reason = found.broken.message if found.broken is not None else "it is no config"
        raise FileError(f"{found.path}: {reason}", "travistool lint says more")
    assert isinstance(read, Read)
    return read, found


def _broken(request: Request, root: Source) -> Diagnostic | None:
    """Return the finding for which the file itself is no config; None when it is one."""
    own = [one for one in request.diagnostics if one.span.source is root]
    if request.normal is None or (request.error == "unreadable" and any(_stops(one) for one in own)):
        return next((one for one in (*own, *request.diagnostics) if one.severity == Severity.ERROR), None)
    return next((one for one in own if one.rule in REFUSED), None)


def _stops(diagnostic: Diagnostic) -> bool:
    """Tell whether a finding is the reader's: those about imports are official, or have rules of their own."""
    is_of_imports = diagnostic.rule in (
        *("unknown-import", "invalid-ref", "too-many-imports", "unknown-merge-mode", UNKNOWN_REPOSITORY),
    )
    return diagnostic.severity == Severity.ERROR and not is_of_imports


def _refused(request: Request, plan: BuildPlan) -> Starts | None:
    """Return why Travis refuses to build this at all; None when it does not."""
    # What is not known here is no reason for Travis.
    errors = [one for one in request.diagnostics if one.severity == Severity.ERROR and one.rule != UNKNOWN_REPOSITORY]
    if request.error is not None:
        reason = _REFUSALS.get(request.error, request.error)
        return Starts(False, f"Travis refuses the config: {reason}", errors[0].span if errors else None)
    big = too_big(plan)
    if big is not None:
        return Starts(False, big.message, big.span)
    bad = next((one for one in request.normal.messages if _is_unreadable(one)), None) if request.normal else None
    if bad is not None:
        reason = f"Travis refuses the config: the condition '{bad.args['condition']}' cannot be read"
        return Starts(False, reason, service_rule(bad.code).place(bad))
    return None


def _started(request: Request, plan: BuildPlan, found: Starts) -> Starts:
    """Return whether a build starts, once its jobs and what is not known here are considered."""
    if not found.build:
        return found
    unknown = next((one for one in request.diagnostics if one.rule == UNKNOWN_REPOSITORY), None)
    if unknown is not None:
        return Starts(True, f"{found.because}, as far as is known here: {unknown.message}", unknown.span)
    return found if plan.jobs else Starts(False, "no job is left")


def _is_unreadable(message: Message) -> bool:
    return message.code == "invalid_condition"


def _conditions(messages: Iterable[Message]) -> Iterator[Diagnostic]:
    """Yield the findings of conditions that cannot be read, as `lint` words and places them."""
    for one in filter(_is_unreadable, messages):
        rule = service_rule(one.code)
        official = Official(one.level, one.key, one.code, one.args)
        yield Diagnostic(rule.name, Severity.ERROR, rule.say(one), rule.place(one), None, official)


def diagnostics(view: PlanView) -> tuple[Diagnostic, ...]:
    """Return what there is to say about imports and plan, and conditions that stop it; the rest is for `lint`."""
    told = [one for one in view.request.diagnostics if one.severity == Severity.ERROR or one.rule == "import-cycle"]
    normal = view.request.normal
    return (*told, *(_conditions(normal.messages) if normal is not None else ()), *view.plan.diagnostics)


def find_job(plan: BuildPlan, wanted: str) -> Job:
    """Return the job with a number (`1.3`, or `3`) or an exact name. Raises UsageError for none, or several."""
    found = [job for job in plan.jobs if wanted in (job.number, job.number.removeprefix("1."))]
    found = found or [job for job in plan.jobs if job.name == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        numbers = ", ".join(job.number for job in found)
        raise UsageError(f"{len(found)} jobs are named '{wanted}': {numbers}", "name the job by its number")
    if any(one.kind == "job" and one.what == wanted for one in plan.skipped):
        raise UsageError(f"the job '{wanted}' does not run for this event", "--why says the reason")
    if not plan.jobs:
        raise UsageError(f"there is no job '{wanted}': the build has no jobs")
    similar = suggest([job.name for job in plan.jobs if job.name], wanted)
    hint = f"did you mean '{similar}'?" if similar else "jobs are named by number (1.3 or 3) or by their exact name"
    numbers = "only 1.1" if len(plan.jobs) == 1 else f"1.1 to {plan.jobs[-1].number}"
    raise UsageError(f"there is no job '{wanted}': the build has {numbers}", hint)


def by_source(path: str, found: Iterable[Diagnostic], root: Source) -> list[Findings]:
    """Return diagnostics file by file, the root's first, as reports take them."""
    sources: dict[Source, list[Diagnostic]] = {root: []}
    for one in found:
        sources.setdefault(one.span.source, []).append(one)
    return [
        Findings(path if source is root else source.name, source, tuple(rows))
        for source, rows in sources.items()
        if rows
    ]
