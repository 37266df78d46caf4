"""What Travis makes of a case: our simulator runs it on this machine."""

import json
import subprocess
import sys
from pathlib import Path

from tests.migrate.cases import REPO, Case, Outcome, Place, Ran, marks
from travistool.migrate.build import title_of
from travistool.plan.expand import expand
from travistool.plan.model import Event

_RAN = ("passed", "failed", "errored")


def run(case: Case, place: Place, event: Event) -> Outcome:
    """Return what comes of a case for an event."""
    report = place.scratch / "report.json"
    secrets = [f"--secret={name}={value}" for name, value in case.secrets.items()]
    call = [sys.executable, "-m", "travistool", "simulate", "--engine", "host", "--deploy", "script", "--jobs", "1"]
    call += ["--progress", "none", "--report", f"json={report}", "--logs", str(place.scratch / "logs"), *secrets]
    environment = place.environment() | {"PYTHONPATH": str(Path(__file__).parents[2])}
    ran = subprocess.run(
        [*call, *_asked(event)], cwd=place.repository, env=environment, capture_output=True, text=True, check=False
    )
    assert report.is_file(), ran.stdout + ran.stderr
    found = json.loads(report.read_text(encoding="utf-8"))
    titles = {job.number: title_of(job) for job in expand(case.normal(), event).jobs}
    jobs = {}
    for job in found["jobs"]:
        if job["state"] in _RAN:
            log = Path(place.repository, job["log"]).read_text(encoding="utf-8")
            jobs[titles[job["number"]]] = Ran(job["state"], marks(log))
    return Outcome(found["state"], jobs)


def _asked(event: Event) -> list[str]:
    words = ["--event", "tag" if event.tag else event.type, "--repo", REPO, "--message", event.commit_message or ""]
    if event.tag:
        return [*words, "--tag", event.tag]
    words += ["--branch", event.branch or "", "--default-branch", "master"]
    return [*words, "--head-branch", event.head_branch] if event.head_branch else words
