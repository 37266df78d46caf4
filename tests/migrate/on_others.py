"""What other systems make of their files: which jobs run is asked of our evaluators, their scripts are really run.

Each script gets the shell and the variables that its system documents for it: circleci.com/docs "Configuration reference"
(`shell`), learn.microsoft.com "Bash@3", buildkite.com/docs "Docker plugin", support.atlassian.com "Variables and secrets",
woodpecker-ci.org/docs "Environment variables", jenkins.io/doc "sh" and "Using environment variables", docs.gitlab.com "Shells supported by GitLab Runner".
"""

import base64
import re
import shlex
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from tests.migrate import checkouts, shells
from tests.migrate.cases import REPO, Outcome, Place, Ran, marks
from tests.migrate.checkouts import Asked
from travistool.document.plain import load_plain
from travistool.migrate.azure import jobs as azure
from travistool.migrate.circleci import jobs as circleci
from travistool.migrate.circleci.expressions import values
from travistool.migrate.gitlab.evaluate import predefined as gitlab_variables
from travistool.migrate.jenkins.groovy import inside, quoted, read, texts_in
from travistool.migrate.target import File, together
from travistool.migrate.targets import target
from travistool.migrate.verify import Found
from travistool.migrate.woodpecker.evaluate import predefined
from travistool.migrate.woodpecker.workflow import unescaped
from travistool.plan.model import Event

_TOLD = ", which is allowed."
"""What jobs say in the end that pass whatever happens."""

_MERGE = """\
base=$(git commit-tree HEAD^{tree} -m Base)
git reset --quiet --soft "$(git commit-tree HEAD^{tree} -p "$base" -p HEAD -m Merge)\""""
"""Azure fetches a commit that merges the two branches of a pull request."""

_HERE = "."
"""Stands for the folder of a job."""

_URL = f"https://git.example.com/{REPO}.git"


class Script(NamedTuple):
    """The commands of a job, in order, its variables, and how it fetches the repository.

    `secrets` are those that have other names in the job, by these; None where every job gets all of them.
    """

    commands: Sequence[Sequence[str]]
    environment: Mapping[str, str]
    asked: Asked
    secrets: Mapping[str, str] | None = None


Files = Mapping[str, dict[str, Any]]
Scripts = Callable[[Files, Found, Event], Script]


def run(name: str, files: Sequence[File], place: Place, event: Event, secrets: Mapping[str, str]) -> Outcome:
    """Return what comes of the files of a system for an event."""
    chosen = target(name)
    assert chosen is not None
    assert chosen.evaluator is not None
    data = {file.path: _read(file) for file in files if file.has_jobs}
    jobs: dict[str, Ran] = {}
    stopped: set[str] = set()
    failed = False
    for number, row in enumerate(_latest_first(chosen.evaluator(together(files))(event))):
        if stopped.intersection(row.before):
            stopped.add(row.job)
            continue
        folder = place.scratch / f"{name}-{number}" / "demo"
        script = _SCRIPTS[name](data, row, event)
        checkouts.check_out(place, folder, script.asked)
        if event.type == "pull_request" and name == "azure":
            subprocess.run(["bash", "-c", _MERGE], cwd=folder, check=True)
        given = {key: str(folder) if value is _HERE else value for key, value in script.environment.items()}
        own = secrets if script.secrets is None else {key: secrets[name] for key, name in script.secrets.items()}
        given = {key: value for key, value in given.items() if key not in own or value != f"$({key})"}
        environment = {**place.environment(folder.parent.name), "CI": "true", **own, **given}
        output, status = "", 0
        for command in script.commands:
            finished = shells.run(command, environment, folder)
            shells.end(finished.group)
            output, status = output + finished.output, finished.status
            if status:
                break
        jobs[row.title] = Ran("failed" if status or _TOLD in output else "passed", marks(output))
        if status and not row.tolerated:
            failed = True
            stopped.add(row.job)
    return Outcome("failed" if failed else "passed", jobs)


def _read(file: File) -> dict[str, Any]:
    if file.path == "Jenkinsfile":
        return {"blocks": read(file.text)}
    found = load_plain(file.text)
    assert isinstance(found, dict)
    return found


def _latest_first(rows: Sequence[Found]) -> Iterator[Found]:
    """Yield rows behind all that they wait for; of those that may start the last one, so that no order is by chance."""
    left = list(rows)
    while left:
        waiting = {row.job for row in left}
        row = [row for row in left if not waiting.intersection(row.before)][-1]
        left.remove(row)
        yield row


def _circleci(files: Files, row: Found, event: Event) -> Script:
    (config,) = files.values()
    (workflow,) = config["workflows"].values()
    calls = [(job, call) for one in workflow["jobs"] for job, call in one.items()]
    ((job, call),) = [one for one in calls if circleci.unescaped(one[1].get("name", one[0])) == row.title]
    known = {f"parameters.{key}": str(value) for key, value in call.items()}
    known |= {key: str(value) for key, value in values(event).items()}
    known |= {"pipeline.event.github.pull_request.number": "1"} if event.type == "pull_request" else {}

    def filled(text: str) -> str:
        return circleci.unescaped(re.sub(r"(?<!\\)<< ([\w.]+) >>", lambda found: known.get(found[1], ""), text))

    data = config["jobs"][job]
    texts = [filled(step["run"]["command"]) for step in data["steps"] if isinstance(step, dict) and "run" in step]
    owner, name = REPO.split("/")
    variables = {
        "CIRCLE_BRANCH": "" if event.tag else event.head_branch or event.branch or "",
        "CIRCLE_TAG": event.tag or "",
        "CIRCLE_JOB": row.title,
        "CIRCLE_PROJECT_USERNAME": owner,
        "CIRCLE_PROJECT_REPONAME": name,
        **{key: filled(value) for key, value in data.get("environment", {}).items()},
    }
    return Script([("bash", "-eo", "pipefail", "-c", text) for text in texts], variables, checkouts.on_circleci(data))


def _azure(files: Files, row: Found, event: Event) -> Script:
    (config,) = files.values()
    stages = config.get("stages") or [{"jobs": config["jobs"]}]
    (job,) = [job for stage in stages for job in stage["jobs"] if job["job"] == row.job]
    (step,) = [step for step in job["steps"] if "bash" in step]
    legs = job.get("strategy", {}).get("matrix", {})
    leg: Mapping[str, str] = next((one for one in legs.values() if azure.unescaped(one[azure.TITLE]) == row.title), {})
    given = {key: azure_filled(value, leg) for key, value in step.get("env", {}).items()}
    pull = event.type == "pull_request"
    source = f"refs/tags/{event.tag}" if event.tag else f"refs/heads/{event.branch}"
    reasons = {"push": "IndividualCI", "pull_request": "PullRequest", "cron": "Schedule", "api": "Manual"}
    variables = {
        "BUILD_REASON": reasons[event.type],
        "BUILD_SOURCEBRANCH": "refs/pull/1/merge" if pull else source,
        "BUILD_SOURCESDIRECTORY": _HERE,
        "BUILD_REPOSITORY_NAME": REPO,
        **{key.upper(): azure.unescaped(value) for key, value in leg.items()},
        **({"SYSTEM_PULLREQUEST_PULLREQUESTNUMBER": "1"} if pull else {}),
        **({"SYSTEM_PULLREQUEST_TARGETBRANCH": f"refs/heads/{event.branch}"} if pull else {}),
        **({"SYSTEM_PULLREQUEST_SOURCEBRANCH": f"refs/heads/{event.head_branch}"} if pull else {}),
        # A name that nothing is known of is handed over as it is written.
        **given,
    }
    text = azure_filled(step["bash"], leg)
    return Script([("bash", "--noprofile", "--norc", "-c", text)], variables, checkouts.on_azure(job))


def azure_filled(text: str, leg: Mapping[str, str]) -> str:
    """Return a text as Azure hands it over, with the variables of a leg of a matrix in it, whatever their case."""
    known = {f"$({key})".lower(): azure.unescaped(value) for key, value in leg.items()}
    return re.sub(r"\$\(\w+\)", lambda found: known.get(found[0].lower(), found[0]), azure.unescaped(text))


def _buildkite(files: Files, row: Found, event: Event) -> Script:
    (config,) = files.values()
    (step,) = [step for step in config["steps"] if isinstance(step, dict) and step["key"] == row.job]
    pull = event.type == "pull_request"
    sources = {"cron": "schedule", "api": "api"}
    variables = {
        "BUILDKITE_BRANCH": (event.head_branch if pull else event.branch) or "",
        "BUILDKITE_TAG": event.tag or "",
        "BUILDKITE_REPO": _URL,
        "BUILDKITE_LABEL": row.title,
        "BUILDKITE_MESSAGE": event.commit_message or "",
        "BUILDKITE_SOURCE": sources.get(event.type, "webhook"),
        "BUILDKITE_PULL_REQUEST": "1" if pull else "false",
        "BUILDKITE_PULL_REQUEST_BASE_BRANCH": (event.branch or "") if pull else "",
        "BUILDKITE_PULL_REQUEST_REPO": _URL if pull else "",
        **step.get("env", {}),
    }
    return Script([("bash", "-c", step["command"])], variables, checkouts.on_buildkite(step))


def _bitbucket(files: Files, row: Found, event: Event) -> Script:
    (config,) = files.values()
    (step,) = [one["step"] for one in config["definitions"]["steps"] if one["step"]["name"] == row.title]
    pull = event.type == "pull_request"
    variables = {
        **({"BITBUCKET_PR_ID": "1", "BITBUCKET_PR_DESTINATION_BRANCH": event.branch or ""} if pull else {}),
        **({"BITBUCKET_TAG": event.tag} if event.tag else {}),
        **({} if event.tag else {"BITBUCKET_BRANCH": (event.head_branch if pull else event.branch) or ""}),
        "BITBUCKET_REPO_FULL_NAME": REPO,
        "BITBUCKET_CLONE_DIR": _HERE,
        **({"TRAVIS_EVENT_TYPE": event.type} if event.type in ("cron", "api") else {}),
    }
    return Script([("bash", "-e", "-c", "\n".join(step["script"]))], variables, checkouts.on_bitbucket(step))


def _woodpecker(files: Files, row: Found, event: Event) -> Script:
    found = [
        (config, step, values)
        for config in files.values()
        for values in config.get("matrix", {}).get("include", [{}])
        for step in config["steps"]
        if values.get("JOB_TITLE", unescaped(step["name"])) == row.title
    ]
    config, step, values = found[0]
    script = "set -e\n" + "\n".join(f"echo + {shlex.quote(one)}\n{one}" for one in map(unescaped, step["commands"]))
    environment = {key: unescaped(one) for key, one in step.get("environment", {}).items() if isinstance(one, str)}
    pull = {"CI_COMMIT_PULL_REQUEST": "1"} if event.type == "pull_request" else {}
    variables = {**predefined(event), **pull, "CI_WORKSPACE": _HERE, **values, **environment}
    variables |= {"CI_SCRIPT": base64.b64encode(script.encode()).decode()}
    return Script([step["entrypoint"]], variables, checkouts.on_woodpecker(config))


def _gitlab(files: Files, row: Found, event: Event) -> Script:
    (config,) = files.values()
    job = config[row.job]
    shape = config[job["extends"]] if "extends" in job else job
    pull = {"CI_MERGE_REQUEST_IID": "1"} if event.type == "pull_request" else {}
    own = {**shape.get("variables", {}), **job.get("variables", {})}
    variables = {**gitlab_variables(event), **pull, **{key: value.replace("$$", "$") for key, value in own.items()}}
    return Script(
        [("bash", "-eo", "pipefail", "-c", text) for text in shape["script"]], variables, checkouts.on_gitlab(own)
    )


def _jenkins(files: Files, row: Found, event: Event) -> Script:
    """Jenkins takes what starts with `#!` for a program of its own; everything else is read by our reader of Groovy."""
    (file,) = files.values()
    functions = {one.head.removeprefix("def ").partition("(")[0]: one for one in file["blocks"]}
    (stage,) = [
        one for one in inside(file["blocks"]) if one.head == f"stage({quoted(row.title)})" and one.named("steps")
    ]
    pull = event.type == "pull_request"
    variables: dict[str, str] = {
        "BRANCH_NAME": "PR-1" if pull else event.tag or event.branch or "",
        **({"TAG_NAME": event.tag} if event.tag else {}),
        **(
            {"CHANGE_ID": "1", "CHANGE_TARGET": event.branch or "", "CHANGE_BRANCH": event.head_branch or ""}
            if pull
            else {}
        ),
        "WORKSPACE": _HERE,
    }
    secrets: dict[str, str] = {}
    for one in inside(stage.named("environment")):
        name, _, value = one.head.partition(" = ")
        if value.startswith("credentials("):
            secrets[name] = texts_in(value)[0]
        else:
            variables[name] = event.type if value == "eventType()" else texts_in(value)[0]
    called = [
        one.head.partition("(")[0] for one in inside(stage.named("steps")) if one.head.partition("(")[0] in functions
    ]
    steps = [step.head for name in called for step in inside((functions[name],)) if step.head.startswith("sh ")]
    commands = [("bash", "-c", "".join(texts_in(step))) for step in steps]
    asked = checkouts.on_jenkins(tuple([one.head for one in inside(stage.named("options"))]))
    return Script(commands, variables, asked, secrets)


_SCRIPTS: Mapping[str, Scripts] = {
    "jenkins": _jenkins,
    "gitlab": _gitlab,
    "circleci": _circleci,
    "azure": _azure,
    "buildkite": _buildkite,
    "bitbucket": _bitbucket,
    "woodpecker": _woodpecker,
}
