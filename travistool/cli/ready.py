"""What `travistool simulate` has found out before anything runs."""

from __future__ import annotations

from collections.abc import Mapping

from travistool.cli.files import STDIN
from travistool.cli.planning import Read
from travistool.cli.simulate_options import SimulateOptions
from travistool.plan.model import Job
from travistool.record import Record
from travistool.report.layout import Style
from travistool.report.plan_view import PlanView
from travistool.simulate.engine import Engine
from travistool.simulate.given import Resolved
from travistool.simulate.limits import Limits
from travistool.simulate.script.facts import Build
from travistool.simulate.tree import Trees


class Ready(Record):
    """All that a run needs. `jobs` are those chosen; `refused` are reasons, by number, for those that cannot run here.

    `reports` are formats with their files. `is_cut_off`: jobs reach no other machine.
    """

    options: SimulateOptions
    read: Read
    view: PlanView
    build: Build
    secrets: Resolved
    jobs: tuple[Job, ...]
    engine: Engine
    refused: Mapping[str, str]
    trees: Trees
    limits: Limits
    reports: tuple[tuple[str, str], ...]
    style: Style
    is_cut_off: bool

    @property
    def runs(self) -> bool:
        """Whether anything may run: else the jobs are only told."""
        return not (self.options.lists or self.options.dry_run)

    @property
    def lingers(self) -> bool:
        """Whether a shell may open where a job has ended."""
        return bool(self.options.shell) or self.options.shell_on_failure

    @property
    def is_piped(self) -> bool:
        """Whether a report goes to standard output, where nothing else may be then."""
        return any(path == STDIN for _, path in self.reports)
