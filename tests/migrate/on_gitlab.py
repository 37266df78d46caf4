"""What GitLab makes of a pipeline: `gitlab-ci-local` runs it on this machine with the executor `shell`."""

import re
import subprocess
from collections.abc import Mapping

from tests.migrate.cases import Outcome, Place, Ran
from tests.migrate.checkers import Node
from travistool.migrate.gitlab.evaluate import predefined
from travistool.plan.model import Event

PACKAGE = "gitlab-ci-local"
_SAID = re.compile(r"(?P<job>.+?) +> MARK (?P<text>.*)")
_STARTED = re.compile(r"(?P<job>.+?) +starting shell \(.*\)")
_ENDED = re.compile(r" (?P<sign>PASS|FAIL|WARN)  (?P<job>.+?)(?:  pre_script)?")
_OPTIONS = (
    *("--force-shell-executor", "--shell-isolation", "--no-json-schema-validation", "--no-color"),
    *("--concurrency=1", "--max-job-name-padding=0"),
)


def run(node: Node, place: Place, event: Event, secrets: Mapping[str, str]) -> Outcome:
    """Return what comes of the pipeline in the repository for an event that starts it."""
    given = predefined(event) | ({"CI_MERGE_REQUEST_IID": "1"} if event.type == "pull_request" else {})
    # A dollar in a value is one of GitLab's, unless the variable is raw.
    secrets = {name: value.replace("$", "$$") for name, value in secrets.items()}
    words = [f"--variable={name}={value}" for name, value in {**given, **secrets}.items()]
    if "CI_COMMIT_BRANCH" not in given:
        # It takes the one that is checked out otherwise.
        words.append("--unset-variable=CI_COMMIT_BRANCH")
    call = [node.program, str(node.folder / "node_modules" / PACKAGE / "dist" / "index.js"), *_OPTIONS, *words]
    ran = subprocess.run(
        call, cwd=place.repository, env=place.environment(), stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    output = ran.stdout.decode()
    assert "pipeline finished" in output + ran.stderr.decode(), output + ran.stderr.decode()
    return Outcome("failed" if ran.returncode else "passed", _jobs(output.split("\n")))


def _jobs(lines: list[str]) -> dict[str, Ran]:
    """Return the jobs that the output tells of, in the order in which they have started."""
    said: dict[str, list[str]] = {}
    states: dict[str, str] = {}
    for line in lines:
        if found := _STARTED.fullmatch(line):
            said[found["job"]] = []
        elif (found := _ENDED.fullmatch(line)) and found["job"] in said:
            states[found["job"]] = "passed" if found["sign"] == "PASS" else "failed"
        elif (found := _SAID.fullmatch(line)) and not states:
            said[found["job"]].append(found["text"].rstrip())
    return {job: Ran(states[job], tuple(texts)) for job, texts in said.items()}
