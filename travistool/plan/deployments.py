"""Which deployments of a job happen for an event, and why.

Source: travis-build lib/travis/build/addons/deploy/script.rb at 2812e526. All tests must hold; we name the first that
does not. What Bash decides in the job's shell cannot be told here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any, Literal

from travistool.catalog.check import ALWAYS, NEVER, settle
from travistool.catalog.settings import as_text
from travistool.catalog.versions import OTHER_NAMES, RUNTIMES
from travistool.plan import dpl
from travistool.plan.model import Event, Job
from travistool.plan.phases import SKIP_WORDS, language_of
from travistool.record import Record
from travistool.schema.elements import Element
from travistool.source import Span

Answer = Literal["yes", "no", "depends"]

DEFAULT_BRANCH = "master"
"""The branch that is deployed where nothing names one, whatever the repository's default branch is."""

PULL_REQUEST = "Travis never deploys for a pull request"
ON_REPOSITORY = "depends on the repository being"

_TESTED = frozenset((*RUNTIMES, *OTHER_NAMES, "repo", "branch", "all_branches", "tags", "condition"))
_ENDS_WORD = r"[\s()|&;<>]"
_GLOB = r"[*?\[]"
_FILLED_IN = r"\$[A-Za-z_{(]|`"


class Deployment(Record):
    """One entry of a job's `deploy`. `number` is 1-based within the job, `provider` as written.

    `because` is one sentence; `span` the part of the config that decides, None where nothing in it does. `entry` is the
    raw map, secrets included.
    """

    job: Job
    number: int
    provider: str
    answer: Answer
    because: str
    span: Span | None
    entry: Mapping[str, Any]


class _Test(Record):
    answer: Answer
    because: str
    element: Element | None = None


def deployments(job: Job, event: Event) -> tuple[Deployment, ...]:
    """Return the deployments of a job, in their order. They take for granted that `script` passes."""
    value, origin = job.config.get("deploy"), job.origins.get("deploy")
    entries = [entry for entry in (value if isinstance(value, list) else [value]) if isinstance(entry, dict)]
    element = origin.element if origin is not None else None
    places: list[Element | None] = [None] * len(entries)
    if element is not None:
        written = [item for item in element.items if item.kind == "map"] if element.kind == "seq" else [element]
        places = [*written] if len(written) == len(entries) else places
    return tuple(
        [
            _deployment(job, event, number, entry, place)
            for number, (entry, place) in enumerate(zip(entries, places, strict=True), 1)
        ]
    )


def deployment_name(one: Deployment, all_of_job: Sequence[Deployment]) -> str:
    """Return the provider, with its number where the job deploys with it more than once: `script 2`."""
    repeats = sum(other.provider == one.provider for other in all_of_job) > 1
    return f"{one.provider} {one.number}" if repeats else one.provider


def _deployment(job: Job, event: Event, number: int, entry: Mapping[str, Any], place: Element | None) -> Deployment:
    tests = list(_tests(job, event.data(), entry, place))
    decisive = next((test for test in tests if test.answer == "no"), None)
    decisive = decisive or next((test for test in tests if test.answer == "depends"), None)
    because = "; ".join(test.because for test in tests) if decisive is None else decisive.because
    element = decisive.element if decisive is not None else next((test.element for test in tests if test.element), None)
    span = _span(element) or _span(place)
    answer = "yes" if decisive is None else decisive.answer
    return Deployment(job, number, as_text(entry.get("provider")) or "?", answer, because, span, entry)


def _span(element: Element | None) -> Span | None:
    return None if element is None else element.span()


def _tests(job: Job, data: Mapping[str, Any], entry: Mapping[str, Any], place: Element | None) -> Iterator[_Test]:
    """Yield what Travis asks, in its order; what always holds is left out."""
    if data.get("type") == "pull_request":
        yield _Test("no", PULL_REQUEST)
        return
    skipped = job.config.get("after_success")
    if skipped in SKIP_WORDS or (isinstance(skipped, list) and len(skipped) == 1 and skipped[0] in SKIP_WORDS):
        origin = job.origins.get("after_success")
        reason = "after_success is skipped, and deploying is a part of it"
        yield _Test("no", reason, origin.element if origin is not None else None)
        return
    version = _part(place, "dpl_version")
    match dpl.is_second(entry):
        case None:
            wanted = as_text(entry["dpl_version"])
            yield _Test("no", f"'{wanted}' is not the number of a version, Travis stops with an error", version)
            return
        case True if job.config.get("os") == "windows":
            origin = job.origins.get("os")
            reason = (
                "the job runs on Windows, where Travis does not deploy with dpl 2; dpl_version: 1.10.16 asks for dpl 1"
            )
            yield _Test("no", reason, origin.element if origin is not None else None)
            return
    key = next((key for key in ("if", "on", "true") if entry.get(key) not in (None, False)), "on")
    on, element = entry.get(key), place.get(key) if place is not None else None
    if isinstance(on, str):
        yield from _given_text(key, on, data, element)
        return
    if on is not None and not isinstance(on, dict):
        yield _Test("no", f"'{key}' is neither a map nor a branch, Travis stops with an error", element)
        return
    on = on or {}
    yield from _repo(on, data, element)
    yield from _branch(on, entry, data, element)
    yield from _versions(on, job, element)
    yield from _conditions(on, element)
    yield from _tags(on, data, element)


def _given_text(key: str, text: str, data: Mapping[str, Any], element: Element | None) -> Iterator[_Test]:
    if key != "if":
        yield _branches([(text, element)], data, element)
        return
    # Conditions as in jobs are not read here.
    test = _branches([(text, element)], data, element, "it")
    yield test._replace(because=f"Travis takes 'if' of a deployment for the name of a branch: {test.because}")


def _repo(on: Mapping[str, Any], data: Mapping[str, Any], element: Element | None) -> Iterator[_Test]:
    wanted, found = on.get("repo"), data.get("repo")
    if wanted in (None, False):
        return
    place = _part(element, "repo")
    if found is None or "$" in as_text(wanted):
        yield _Test("depends", f"{ON_REPOSITORY} '{as_text(wanted)}'", place)
    elif as_text(wanted) == found:
        yield _Test("yes", f"the repository is '{found}'", place)
    else:
        yield _Test("no", f"on.repo is '{as_text(wanted)}', the repository is '{found}'", place)


def _branch(
    on: Mapping[str, Any], entry: Mapping[str, Any], data: Mapping[str, Any], element: Element | None
) -> Iterator[_Test]:
    for key in ("all_branches", "tags"):
        if on.get(key) not in (None, False):
            if key == "all_branches":
                yield _Test("yes", "on.all_branches is set", _part(element, key))
            return
    written, place = on.get("branch"), _part(element, "branch")
    if written in (None, False):
        names = branches_of_options(entry)
        yield _default(names, data, element) if names else _plain_default(data, element)
        return
    yield _branches(list(branches_named(written, place)), data, place)


def branches_named(written: Any, place: Element | None) -> Iterator[tuple[str, Element | None]]:
    """Yield the branches of `on.branch` with their places: a text, a list, or the keys of a map."""
    if isinstance(written, list):
        items: list[Element | None] = [place] * len(written)
        if place is not None and len(place.items) == len(written):
            items = [*place.items]
        for item, element in zip(written, items, strict=True):
            yield from branches_named(item, element)
    elif isinstance(written, dict):
        yield from [(as_text(name), place) for name in written]
    else:
        yield as_text(written), place


def branches_of_options(entry: Mapping[str, Any]) -> list[str]:
    """Return the branches that options name, as in `app: {master: one, staging: two}`; encrypted values are none."""
    maps = [
        value
        for key, value in entry.items()
        if key not in ("edge", "allow_failure", "on", "if", "true")
        and isinstance(value, dict)
        and "secure" not in value
    ]
    return list(dict.fromkeys(key for value in maps for key in value))


def _default(names: list[str], data: Mapping[str, Any], element: Element | None) -> _Test:
    test = _branches([(name, element) for name in names], data, element)
    return test._replace(because=f"{test.because} (the branches that its options name)")


def _plain_default(data: Mapping[str, Any], element: Element | None) -> _Test:
    branch = data.get("branch")
    if branch == DEFAULT_BRANCH:
        return _Test("yes", "the branch is 'master', which counts where on.branch names none")
    named = f"the tag '{branch}'" if data.get("tag") else f"the branch '{branch}'"
    reason = f"on.branch names none, so only the branch 'master' is deployed, not {named}"
    return _Test("no", f"{reason}; on.tags is not set" if data.get("tag") else reason, element)


def _branches(
    named: list[tuple[str, Element | None]], data: Mapping[str, Any], place: Element | None, key: str = "on.branch"
) -> _Test:
    branch = data.get("branch")
    kind = "tag" if data.get("tag") else "branch"
    if not isinstance(branch, str):
        return _Test("depends", "depends on the branch", place)
    answers = [(_matches(name, branch), name, element) for name, element in named]
    for answer, name, element in answers:
        if answer == "yes":
            fits = "" if name == branch else f", which fits '{name}'"
            return _Test("yes", f"the {kind} is '{branch}'{fits}", element)
    for answer, name, element in answers:
        if answer == "depends":
            return _Test("depends", f"depends on '{name}', which the shell fills in, being '{branch}'", element)
    names = " or ".join(f"'{name}'" for name, _ in named)
    remark = ""
    if any(len(name) > 1 and name.startswith("/") and name.endswith("/") for name, _ in named):
        remark = "; Travis compares text here, it knows no /patterns/"
    aside = "; on a tag Travis compares the tag's name" if kind == "tag" else ""
    return _Test("no", f"{key} is {names or 'empty'}, the {kind} is '{branch}'{remark}{aside}", place)


def _matches(name: str, branch: str) -> Answer:
    """Compare as `[[ $TRAVIS_BRANCH = name ]]` does: without quotes, so that globs and variables count."""
    if name == branch:
        return "yes"
    if re.search(_FILLED_IN, name):
        return "depends"
    if re.search(_ENDS_WORD, name) or not re.search(_GLOB, name):
        return "no"
    return "yes" if fnmatchcase(branch, name.replace("[^", "[!")) else "no"


def _versions(on: Mapping[str, Any], job: Job, element: Element | None) -> Iterator[_Test]:
    for key, wanted in on.items():
        if OTHER_NAMES.get(key, key) in RUNTIMES and wanted is not None:
            yield _version(key, as_text(wanted), job)._replace(element=_part(element, key))


def version_answer(key: str, wanted: Any, job: Job) -> Answer:
    """Tell whether a job has the version that a key of `on` such as `python` asks for."""
    return _version(key, as_text(wanted), job).answer


def _version(key: str, wanted: str, job: Job) -> _Test:
    variable = f"TRAVIS_{OTHER_NAMES.get(key, key).upper()}_VERSION"
    found = _variable(job, variable)
    if found is None:
        return _Test("no", f"on.{key} asks for ${variable}, which this job does not set")
    if "$" in found:
        return _Test("depends", f"depends on ${variable} being '{wanted}'")
    if found == wanted:
        return _Test("yes", f"{key} is '{found}'")
    return _Test("no", f"on.{key} is '{wanted}', the job has '{found}'")


def _variable(job: Job, name: str) -> str | None:
    """Return what the job's language sets a variable to, `$` where only its shell knows; None where it does not."""
    language = language_of(job)
    settings = language.settings(job.config)
    asked = [(export, settle(export.check, settings)) for export in language.exports if export.name == name]
    possible = [(export, check) for export, check in asked if check != NEVER]
    if not possible:
        return None
    export, check = possible[0]
    return settings.fill(export.value) if check == ALWAYS else "$"


def _conditions(on: Mapping[str, Any], element: Element | None) -> Iterator[_Test]:
    value, place = on.get("condition"), _part(element, "condition")
    texts = [as_text(text) for text in (value if isinstance(value, list) else [value]) if text not in (None, False)]
    if texts:
        asked = " and ".join(f"[[ {text} ]]" for text in texts)
        yield _Test("depends", f"depends on what the job's shell says to {asked}", place)


def _tags(on: Mapping[str, Any], data: Mapping[str, Any], element: Element | None) -> Iterator[_Test]:
    wanted, tag, place = on.get("tags"), data.get("tag"), _part(element, "tags")
    if wanted is True:
        yield (
            _Test("yes", f"it is the tag '{tag}'", place)
            if tag
            else _Test("no", "on.tags asks for a tag, and this is none", place)
        )
    elif wanted is False and tag:
        yield _Test("no", f"on.tags is false, and this is the tag '{tag}'", place)
    elif wanted is not None and wanted is not False:
        yield _Test("yes", "on.tags is set, which turns the test of the branch off, but is not true", place)
    ignored = [key for key in on if key not in _TESTED]
    if ignored:
        names = ", ".join(f"'{key}'" for key in ignored)
        yield _Test("yes", f"Travis does not test {names} of 'on'", _part(element, ignored[0]))


def _part(element: Element | None, key: str) -> Element | None:
    return None if element is None else element.get(key)
