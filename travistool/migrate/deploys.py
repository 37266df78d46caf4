"""The deployments of a job: what `on` asks of the event, and what it asks of the job's shell.

Source of the rules: travis-build lib/travis/build/addons/deploy/script.rb at 2812e526, as in `plan.deployments`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from travistool.catalog.settings import as_text
from travistool.migrate.conditions import FALSE, TRUE, Condition, Equals, Fits, Not, Present, both, either
from travistool.migrate.model import Deployment, Variable
from travistool.plan.deployments import DEFAULT_BRANCH
from travistool.plan.deployments import deployments as planned
from travistool.plan.model import Event, Job
from travistool.plan.phases import SKIP_WORDS

_GLOB = re.compile(r"[*?\[]")
_SHELL = re.compile(r"\$[A-Za-z_{(]|`")
_RUNTIMES = (
    *("d", "dart", "elm", "elixir", "ghc", "go", "haxe", "jdk", "julia", "mono", "node", "otp_release", "perl", "php"),
    *("python", "r", "ruby", "rust", "scala", "smalltalk"),
)
_RUNTIME_OF: Mapping[str, str] = {**{name: name for name in _RUNTIMES}, "node_js": "node", "rvm": "ruby"}
_NO_OPTIONS = frozenset(("provider", "on", "if", "true", "allow_failure", "edge", "dpl_version", "skip_cleanup"))


def deployments(job: Job, exported: tuple[Variable, ...]) -> tuple[Deployment, ...]:
    """Return the deployments of a job that some event may cause. `exported` are the variables of its language."""
    value = job.config.get("deploy")
    entries = [entry for entry in (value if isinstance(value, list) else [value]) if isinstance(entry, dict)]
    if not entries or job.config.get("after_success") in (*SKIP_WORDS, *([word] for word in SKIP_WORDS)):
        return ()
    places = [one.span for one in planned(job, Event())]
    providers = [as_text(entry.get("provider")) for entry in entries]
    found = [
        _deployment(job, number, entry, place, exported)._replace(
            repeats=providers.count(as_text(entry.get("provider"))) > 1
        )
        for number, (entry, place) in enumerate(zip(entries, places, strict=True), 1)
    ]
    return tuple([one for one in found if one.when != FALSE])


def ignored(job: Job) -> Iterator[tuple[str, str]]:
    """Yield what stands under `on` but asks for nothing, as Travis does not know it: the provider and the key."""
    known = {"repo", "branch", "condition", "all_branches", "tags", *_RUNTIME_OF}
    value = job.config.get("deploy")
    for entry in value if isinstance(value, list) else [value]:
        options = entry if isinstance(entry, dict) else {}
        on = options.get("on")
        for key in on if isinstance(on, dict) else ():
            if key not in known:
                yield as_text(options.get("provider")), as_text(key)


def _deployment(
    job: Job, number: int, entry: Mapping[str, Any], place: Any, exported: tuple[Variable, ...]
) -> Deployment:
    when, tests = _asked(job, entry, exported)
    options = {key: value for key, value in entry.items() if key not in _NO_OPTIONS and value is not None}
    if _is_old_tool(entry) and entry.get("skip_cleanup") is not True:
        options["cleanup"] = True
    return Deployment(
        number,
        as_text(entry.get("provider")),
        options,
        both(Not(Equals("type", "pull_request")), when),
        tests,
        entry.get("allow_failure") is True,
        place,
    )


def _is_old_tool(entry: Mapping[str, Any]) -> bool:
    """Tell whether a deployment asks for version 1 of Travis's tool, which cleans up unless told otherwise."""
    return re.match(r"[01](\.|$)", as_text(entry.get("dpl_version") or "")) is not None


def _asked(job: Job, entry: Mapping[str, Any], exported: tuple[Variable, ...]) -> tuple[Condition, tuple[str, ...]]:
    """Return what an entry asks of the event and of the shell."""
    if job.config.get("os") == "windows" and not _is_old_tool(entry):
        return FALSE, ()
    key = next((key for key in ("if", "on", "true") if entry.get(key) not in (None, False)), "on")
    on = entry.get(key)
    if isinstance(on, str):
        return _branches([on])
    if on is not None and not isinstance(on, dict):
        return FALSE, ()
    on = on or {}
    asked = (_repo(on), _branch(on, entry), _versions(on, exported))
    when = both(*[part for part, _ in asked], _tags(on))
    return when, (*[test for _, tests in asked for test in tests], *_conditions(on))


def _repo(on: Mapping[str, Any]) -> tuple[Condition, tuple[str, ...]]:
    wanted = on.get("repo")
    if wanted in (None, False):
        return TRUE, ()
    text = as_text(wanted)
    return (TRUE, (f'$TRAVIS_REPO_SLUG = "{text}"',)) if _SHELL.search(text) else (Equals("repo", text), ())


def _branch(on: Mapping[str, Any], entry: Mapping[str, Any]) -> tuple[Condition, tuple[str, ...]]:
    if any(on.get(key) not in (None, False) for key in ("all_branches", "tags")):
        return TRUE, ()
    written = on.get("branch")
    if written in (None, False):
        return _branches(_of_options(entry) or [DEFAULT_BRANCH])
    return _branches(list(_names(written)))


def _names(written: Any) -> Iterator[str]:
    if isinstance(written, list | dict):
        for item in written:
            yield from _names(item)
    else:
        yield as_text(written)


def _of_options(entry: Mapping[str, Any]) -> list[str]:
    """Return the branches that options name, as in `app: {master: one, staging: two}`."""
    skipped = ("edge", "allow_failure", "on", "if", "true")
    maps = [
        value
        for key, value in entry.items()
        if key not in skipped and isinstance(value, dict) and "secure" not in value
    ]
    return list(dict.fromkeys(as_text(key) for value in maps for key in value))


def _branches(names: list[str]) -> tuple[Condition, tuple[str, ...]]:
    if any(_SHELL.search(name) for name in names):
        return TRUE, (" || ".join(f"$TRAVIS_BRANCH = {name}" for name in names),)
    return either(*[Fits("branch", name) if _GLOB.search(name) else Equals("branch", name) for name in names]), ()


def _versions(on: Mapping[str, Any], exported: tuple[Variable, ...]) -> tuple[Condition, tuple[str, ...]]:
    """Compare versions of the language: the job has one, so most are known here."""
    known = {variable.name: variable for variable in exported}
    found: Condition = TRUE
    tests = []
    for key, runtime in _RUNTIME_OF.items():
        wanted = on.get(key)
        if wanted in (None, False):
            continue
        name = f"TRAVIS_{runtime.upper()}_VERSION"
        variable = known.get(name)
        if variable is not None and variable.kind == "shell":
            tests.append(f'${name} = "{as_text(wanted)}"')
        elif variable is None or variable.value != as_text(wanted):
            found = FALSE
    return found, tuple(tests)


def _conditions(on: Mapping[str, Any]) -> Iterator[str]:
    value = on.get("condition")
    for text in value if isinstance(value, list) else [value]:
        if text not in (None, False):
            yield as_text(text)


def _tags(on: Mapping[str, Any]) -> Condition:
    wanted = on.get("tags")
    if wanted is True:
        return Present("tag")
    return Not(Present("tag")) if wanted is False else TRUE
