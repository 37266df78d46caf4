"""Rows of the lifecycle recordings as jobs and builds, and what their logs show."""

import json
import re
from typing import Any

from tests.plan.plans import normal
from travistool.plan.expand import expand
from travistool.plan.model import Event, Job, Origin
from travistool.simulate.masking import StreamMask
from travistool.simulate.result import job_state
from travistool.simulate.script.compile import Script, compile_job
from travistool.simulate.script.facts import Build, Means, Setting

_INTERNAL = re.compile(
    r"system_info|apt|snap|services|hosts|git\.\w+|cache\.\d+|tarball\.\d+|ssh_known_hosts\.\d+|workspaces_\w+|\w+\.versions"
)
_COLORS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def job_of(row: dict[str, Any], commits: dict[str, str]) -> tuple[Job, Build, Script]:
    """Return a recorded job and its script. `commits` are the commits of the fixture repository by ref."""
    git = row["git"]
    is_pull = git["event"] == "pull_request"
    event = Event(
        type=git["event"],
        branch=git["tag"] or git["branch"],
        tag=git["tag"],
        repo=git["slug"],
        head_branch="pr" if is_pull else None,
        head_repo=(git["slug"] if git.get("same_repo") else "fork/widget") if is_pull else None,
        default_branch=git["default_branch"],
    )
    ref = f"refs/pull/{git['pull_request']}/merge" if is_pull else git["tag"] or git["branch"]
    build = Build(
        event=event,
        repo=git["slug"],
        commit=git.get("commit") or commits.get(ref, "0" * 40),
        commit_range="aaaa111...bbbb222",
        message="a commit message",
        number=5,
        build_id=11,
        pull_request=git.get("pull_request") or 1,
        settings=tuple(
            Setting(one["name"], one["value"], one["public"], one.get("branch")) for one in row.get("settings_env", ())
        ),
        secrets=row.get("decrypted", {}),
    )
    job = _job(row, event)
    return job, build, compile_job(job, build, Means(deploy="script"))


def _job(row: dict[str, Any], event: Event) -> Job:
    config = row["config"]
    if row.get("level") == "payload":
        # Such values never get through the normalizer.
        origins: dict[str, Origin] = {}
        job = Job("1.1", None, None, False, config, origins)
    else:
        job = expand(normal(json.dumps(config)), event).jobs[0]
    return job._replace(
        name=row.get("job_name"), stage=row.get("stage_name"), allow_failure=bool(row.get("allow_failure"))
    )


def seen(exit_code: int | None, output: bytes, script: Script) -> dict[str, Any]:
    """Return what the recordings tell of a run: order, exit, state, closing line, folds; and the log."""
    mask = StreamMask(script.hidden)
    log = (mask.feed(output) + mask.flush()).decode("utf-8", "replace")
    plain = _COLORS.sub("", log)
    lines = re.split(r"[\r\n]+", plain)
    folds = re.findall(r"travis_fold:start:(\S+?)\r", plain)
    return {
        "order": [line.removeprefix("MARK ") for line in lines if line.startswith("MARK ")],
        "exit": exit_code,
        "state": "errored" if exit_code is None else job_state(exit_code),
        "done_line": "Done. Your build exited" in plain,
        "folds": [name for name in folds if not _INTERNAL.fullmatch(name)],
        "log": plain,
    }


def compare(row: dict[str, Any], found: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """Return what we have and what was recorded, in a comparable form."""
    expect = row["expect"]
    keys = [key for key in ("order", "exit", "state", "done_line", "folds") if key in expect]
    wanted, unwanted = expect.get("log_contains", []), expect.get("log_excludes", [])
    ours = [[key, found[key]] for key in keys]
    ours += [["contains", [text for text in wanted if text in found["log"]]]]
    ours += [["excludes", [text for text in unwanted if text in found["log"]]]]
    return ours, [*[[key, expect[key]] for key in keys], ["contains", wanted], ["excludes", []]]
