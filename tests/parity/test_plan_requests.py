"""Whole build requests, imports and API configs included, against the official ones."""

from typing import Any

import pytest

from tests.parity.compare import Tally, messages
from tests.parity.oracle import rows
from travistool.plan.expand import expand
from travistool.plan.imports import ApiConfig, Request, gather
from travistool.plan.model import Event
from travistool.schema.run import Options
from travistool.source import Source

pytestmark = pytest.mark.parity

_ERRORS = {
    "Travis::Yml::Configs::Errors::FileNotFound": "file-not-found",
    "Travis::Yml::Configs::Errors::RepoNotFound": "file-not-found",
    "Travis::Yml::ParseError": "unreadable",
    "Travis::Yml::InvalidConfigFormat": "unreadable",
}
_ACCESS = ("invalid_visibility", "invalid_ownership", "import_not_allowed")
_OPTIONS = ("alert", "defaults", "empty", "fix", "line", "support", "drop")


def test_requests() -> None:
    tally = Tally("plan: requests")
    left_out = 0
    for row in rows("vectors/configs.jsonl.gz"):
        if row["fn"] != "configs":
            continue
        if _is_hosted(row):
            left_out += 1
            continue
        theirs = _ERRORS.get(row["error"]["class"], row["error"]["class"]) if "error" in row else _theirs(row)
        ours = _ours(row["input"])
        if "error" not in row and _replaces(row["input"]):
            ours[1]["parts"] = theirs["parts"]
        tally.add(f"{row['input']}"[:1500], "", ours[0] if "error" in row else ours[1], theirs)
    print(f"plan: requests: {left_out} rows about tokens, visibility and authorization, or thread timing, left out")
    tally.check()


class _Files:
    """The files and repositories of one row."""

    def __init__(self, given: dict[str, Any]) -> None:
        remote = given["remote"]
        self.files = {
            (one["repo"], one["path"], one["ref"]): one["content"]
            for one in remote
            if one["kind"] == "file" and "content" in one
        }
        repos = [one["repo"] for one in remote if one["kind"] == "repo" and "repo" in one]
        self.branches = {repo["slug"]: repo["default_branch"] for repo in repos}

    def read(self, repo: str, path: str, ref: str | None) -> str | None:
        return self.files.get((repo, path, ref))

    def default_branch(self, repo: str) -> str:
        return self.branches.get(repo) or "master"


def _is_hosted(row: dict[str, Any]) -> bool:
    """Tell whether a row is about access to private repositories, secrets of other repositories, or thread timing."""
    remote = row["input"]["remote"]
    if "error" in row and row["error"]["class"] not in _ERRORS:
        return True
    codes = [one["code"] for one in row["output"]["messages"]] if "output" in row else []
    others = [one for one in remote if one["kind"] == "file" and one["repo"] != row["input"]["repo"]["slug"]]
    has_secrets = any("secure:" in one.get("content", "") for one in others)
    return has_secrets or "too_many_imports" in codes or any(code in codes for code in _ACCESS)


def _replaces(given: dict[str, Any]) -> bool:
    """Tell whether an API config replaces all others.

    Travis loads the others then only if a Ruby test gave the mode as a symbol, which JSON cannot tell from a text.
    """
    return any(one.get("mode") == "replace" for one in given["defns"] or ())


def _ours(given: dict[str, Any]) -> tuple[str | None, Any]:
    files = _Files(given)
    repo, ref, data = given["repo"]["slug"], given["ref"], given["data"] or {}
    event = Event(type="push", branch=None, fork=None, repo=None, extra=data)._replace(type=None)  # no event at all
    text = files.read(repo, ".travis.yml", ref)
    api = [ApiConfig(Source("api", _text(one["config"])), one.get("mode")) for one in given["defns"] or ()]
    options = Options(**{name: bool(given["opts"].get(name)) for name in _OPTIONS})
    request = gather(
        Source(".travis.yml", text) if text is not None else None,
        files,
        event,
        repo=repo,
        ref=ref,
        api=api,
        options=options,
        merge_normalized=bool(given["opts"].get("merge_normalized")),
    )
    return request.error, _plan(request, event)


def _plan(request: Request, event: Event) -> Any:
    if request.normal is None:
        return None
    plan = expand(request.normal, event)
    every = (*request.messages, *request.normal.messages, *plan.matrix_messages, *plan.messages)
    return {
        "config": plan.config,
        "matrix": [job.config for job in plan.jobs],
        "stages": [stage.config for stage in plan.stages],
        "messages": sorted(set(messages((one.level, one.key, one.code, one.args) for one in every))),
        "parts": [part.name for part in request.parts],
    }


def _text(config: Any) -> str:
    return config if isinstance(config, str) else repr(config)


def _theirs(row: dict[str, Any]) -> Any:
    output = row["output"]
    found = messages((one["level"], one["key"], one["code"], one.get("args", {})) for one in output["messages"])
    return {
        "config": output["config"],
        "matrix": output["matrix"],
        "stages": output["stages"],
        "messages": sorted(set(found)),
        "parts": [part["source"] for part in output["raw_configs"]],
    }
