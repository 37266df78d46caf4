"""Deploying: conditions as tests of the job's shell, then the provider, really or as a dry run.

Source: travis-build lib/travis/build/addons/deploy/script.rb at 2812e526, and dpl 2 at 8c6eabc.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from travistool.catalog.settings import as_text
from travistool.catalog.versions import OTHER_NAMES, RUNTIMES
from travistool.plan.deployments import DEFAULT_BRANCH, branches_of_options
from travistool.plan.model import Job
from travistool.schema.store import load
from travistool.simulate.script.facts import Build, Means
from travistool.simulate.script.options import PLACE, Secret, entries_of, is_encrypted, of_branch, secrets_of
from travistool.simulate.script.shell import Lines, choose, fold, function, inspected, live, say, word

_NOT_OPTIONS = frozenset(("provider", "on", "if", "true", "allow_failure", "dpl_version"))
_PLAIN = r"(?a)[\w./@%+:,*?^\[\]-]+"
_OPTIONS_OF_SCRIPT = frozenset(("script", "cleanup", "run", "stage", "backtrace", "fold", "edge", "help"))
"""What dpl takes for the provider `script`; for `cleanup: false` it knows the name `skip_cleanup: true`, too."""


def deploy_function(job: Job, build: Build, means: Means) -> Lines:
    """Return the function travis_run_deploy."""
    entries = entries_of(job)
    body: Lines = []
    for number, entry in enumerate(entries):
        body += _provider(number, entry, job, build, means)
    # Errexit is off while deploying, whatever the job had before.
    errexit = ['local errexit="$-"', "set +e"]
    restore = ['if [[ "$errexit" = *e* ]]; then set -e; fi']
    return ["", *function("travis_run_deploy", [*errexit, *body, *restore])]


def checks(job: Job, build: Build) -> Lines:
    """Return what ends a job where Travis's script cannot be read on: at a condition that is none to bash."""
    if build.is_pull_request or job.config.get("os") == "windows":
        return []
    texts = [text for entry in entries_of(job) for text in _written(entry)]
    return [f"_job_reads {' '.join(map(word, dict.fromkeys(texts)))}"] if texts else []


def _written(entry: Mapping[str, Any]) -> Iterator[str]:
    on = _on(entry)
    yield from _texts(on)
    names = _branches(on, entry)
    if names is not None and not _are_plain(names):
        yield _any_of(names)


def has_conditions(job: Job) -> bool:
    """Tell whether there are deployments of a job that depend on something."""
    return any(list(_tests(entry)) for entry in entries_of(job))


def _provider(number: int, entry: Mapping[str, Any], job: Job, build: Build, means: Means) -> Lines:
    name = as_text(entry.get("provider"))
    if build.is_pull_request:
        return _skips(number, name, "the current build is a pull request.")
    if job.config.get("os") == "windows":
        return _skips(number, name, "it cannot run on Windows")
    tests = list(_tests(entry))
    here = ("", build.event.branch)
    encrypted = [one for one in secrets_of(job) if one.deployment == number and one.branch in here]
    secrets = {one: one.text in build.secrets for one in encrypted}
    run = _run(number, of_branch(entry, build.event.branch), job, means, secrets)
    if not tests:
        return run
    missed = [
        line for negated, reason in _reasons(entry, build) for line in choose([(negated, _skips(number, name, reason))])
    ]
    return choose([(" && ".join(tests), run), ("true", missed)])


def _skips(number: int, name: str, reason: str) -> Lines:
    text = f"Skipping a deployment with the {name} provider because {reason}"
    return [say(text, "yellow"), f"_job_note deploy {number} {word(name)} skipped {word(reason)}"]


def _on(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Any = next((entry[key] for key in ("if", "on", "true") if entry.get(key) not in (None, False)), {})
    if isinstance(found, dict):
        return found
    return {"branch": as_text(found)}


def _tests(entry: Mapping[str, Any]) -> Iterator[str]:
    """Yield the tests that must all hold."""
    on = _on(entry)
    for made in (_repo(on), _branch(on, entry), _runtimes(on), _conditions(on), _tags(on)):
        if made:
            yield made


def _reasons(entry: Mapping[str, Any], build: Build) -> Iterator[tuple[str, str]]:
    """Yield tests of what does not hold, each with the reason that the log gives then."""
    on = _on(entry)
    repo = f"this repo's name does not match one specified in .travis.yml's deploy.on.repo: {as_text(on.get('repo'))}"
    # Of several conditions all have to be false before Travis says so.
    untrue = " && ".join(f"! _job_holds {word(text)}" for text in _texts(on))
    rows = (
        (_not(_repo(on)), repo),
        (_not(_branch(on, entry)), f"this branch is not permitted: {build.event.branch or ''}"),
        (_not(_runtimes(on)), "this is not on the required runtime"),
        (untrue, "a custom condition was not met"),
        (_not(_tags(on)), "this is not a tagged commit"),
    )
    yield from [row for row in rows if row[0]]


def _not(test: str) -> str:
    return f"! {{ {test}; }}" if test else ""


def _repo(on: Mapping[str, Any]) -> str:
    wanted = on.get("repo")
    return f'[[ "$TRAVIS_REPO_SLUG" = {live(as_text(wanted))} ]]' if wanted not in (None, False) else ""


def _branch(on: Mapping[str, Any], entry: Mapping[str, Any]) -> str:
    names = _branches(on, entry)
    if names is None:
        return ""
    if not _are_plain(names):
        return f"_job_holds {word(_any_of(names))}"
    # Without quotes, as Travis compares: globs count.
    tests = " || ".join(f'"$TRAVIS_BRANCH" = {name}' for name in names)
    return f"[[ {tests} ]]"


def _branches(on: Mapping[str, Any], entry: Mapping[str, Any]) -> list[str] | None:
    """Return the branches that are deployed as they are written; None for all."""
    if any(on.get(key) not in (None, False) for key in ("all_branches", "tags")):
        return None
    written = on.get("branch")
    if written in (None, False):
        return branches_of_options(entry) or [DEFAULT_BRANCH]
    # A map in a list, as the normalizer leaves `branch: {master: ...}`, is text as Ruby writes it, which bash cannot read.
    items = written if isinstance(written, list) else [*written] if isinstance(written, dict) else [written]
    return [_as_ruby_writes(item) if isinstance(item, dict | list) else as_text(item) for item in items]


def _as_ruby_writes(value: Any) -> str:
    # Imported late: nobody should have such a branch.
    from travistool.grammar.conditions.data import to_text  # noqa: PLC0415

    return to_text(value)


def _are_plain(names: Sequence[str]) -> bool:
    return bool(names) and all(re.fullmatch(_PLAIN, name) for name in names)


def _any_of(names: Iterable[str]) -> str:
    return " || ".join(f"$TRAVIS_BRANCH = {name}" for name in names)


def _runtimes(on: Mapping[str, Any]) -> str:
    tests = [
        f'"${{TRAVIS_{OTHER_NAMES.get(key, key).upper()}_VERSION-}}" = {word(as_text(value))}'
        for key, value in on.items()
        if OTHER_NAMES.get(key, key) in RUNTIMES and value is not None
    ]
    return f"[[ {' && '.join(tests)} ]]" if tests else ""


def _texts(on: Mapping[str, Any]) -> list[str]:
    value = on.get("condition")
    return [as_text(text) for text in (value if isinstance(value, list) else [value]) if text not in (None, False)]


def _conditions(on: Mapping[str, Any]) -> str:
    return " && ".join(f"_job_holds {word(text)}" for text in _texts(on))


def _tags(on: Mapping[str, Any]) -> str:
    if on.get("tags") is True:
        return '[[ -n "$TRAVIS_TAG" ]]'
    return '[[ -z "$TRAVIS_TAG" ]]' if on.get("tags") is False else ""


def _run(number: int, entry: Mapping[str, Any], job: Job, means: Means, secrets: Mapping[Secret, bool]) -> Lines:
    """Return the steps of one deployment; of its encrypted options `secrets` tells which have a value."""
    name = as_text(entry.get("provider"))
    really = means.deploy == "all" or (means.deploy == "script" and name == "script") or name not in providers()
    action = _action(entry, really, [one for one, is_known in secrets.items() if is_known])
    allowed = entry.get("allow_failure") is True
    after = [f"_job_note deploy {number} {word(name)} {'deployed' if really else 'dry'}"]
    stop = [
        f"_job_note deploy {number} {word(name)} {'ignored' if allowed else 'failed'}",
        *([] if allowed else ["_job_failed_to_deploy"]),
    ]
    install = "rvm $(travis_internal_ruby) --fuzzy do ruby -S gem install dpl"
    around = [
        *(["travis_run_before_deploy"] if really and job.config.get("before_deploy") is not None else []),
        "_job_phase deploy",
        *fold(f"dpl_{number}", [f"travis_cmd : --echo --timing --display {word(install)}"]),
        *[_missing(one) for one, is_known in secrets.items() if really and not is_known],
        f"if {action}; then",
        *[f"  {line}" for line in after],
        "else",
        *[f"  {line}" for line in stop],
        "fi",
        *(["travis_run_after_deploy"] if really and job.config.get("after_deploy") is not None else []),
    ]
    if not really:
        hidden = [key for key in ("before_deploy", "after_deploy") if job.config.get(key) is not None]
        around += [say(f"Dry run: {key} is not run.", "yellow") for key in hidden]
    return around


def providers() -> frozenset[str]:
    """Return the names of all providers."""
    deploy = load().root.key("deploy")
    forms = deploy.item.forms if deploy is not None and deploy.item is not None else ()
    names = [form.key("provider") for form in forms]
    return frozenset(str(value) for one in names if one is not None for value in one.values)


def _missing(one: Secret) -> str:
    return say(f"The option '{one.name}' is encrypted and has no value here.", "yellow")


def _action(entry: Mapping[str, Any], really: bool, secrets: Iterable[Secret]) -> str:
    """Return the call that deploys, or says what would be done."""
    name = as_text(entry.get("provider"))
    if not really:
        return f"_job_would_deploy {word(name)} {_arguments(entry)}".rstrip()
    if name not in providers():
        return f"_job_unknown_provider {word(name)}"
    if name != "script":
        secrets = tuple(secrets)
        words = [word(name), *[one.assignment for one in secrets], "--", _arguments(_given(entry, secrets))]
        return f"_job_dpl {' '.join(words)}".rstrip()
    unknown = [option for option in _options(entry) if not _is_option_of_script(option)]
    if unknown:
        return f"_job_unknown_option {word(unknown[0].partition('=')[0])}"
    cleanup = "cleanup" if entry.get("cleanup") is True else "keep"
    scripts = " ".join(_value(text) for text in _listed(entry.get("script")))
    runs = " ".join(_value(text) for text in _listed(entry.get("run")))
    return f"_job_deploy_script {cleanup} {scripts or word('')} {runs}".rstrip()


def _is_option_of_script(option: str) -> bool:
    name = option.partition("=")[0].removeprefix("--")
    return name == "skip_cleanup" or name.removeprefix("no-") in _OPTIONS_OF_SCRIPT


def _given(entry: Mapping[str, Any], secrets: Iterable[Secret]) -> Mapping[str, Any]:
    """Return a deployment without encrypted values; items of lists that are known are named by their variables."""
    named = {(one.option, one.text): f"{PLACE}{one.variable}" for one in secrets if one.item}
    return {
        key: [named.get((key, as_text(one["secure"]))) if is_encrypted(one) else one for one in value]
        if isinstance(value, list)
        else value
        for key, value in entry.items()
        if not is_encrypted(value)
    }


def _options(entry: Mapping[str, Any]) -> Iterator[str]:
    """Yield the options of dpl as Travis writes them for the shell, secrets masked."""
    for key, value in entry.items():
        if key in _NOT_OPTIONS or value is None:
            continue
        if isinstance(value, bool):
            yield f"--{key}" if value else f"--no-{key}"
            continue
        for one in _listed(value):
            if one is not None:
                yield f"--{key}={_value('[secure]' if is_encrypted(one) else one)}"


def _arguments(entry: Mapping[str, Any]) -> str:
    """Return the options as words in which the job's shell expands variables."""
    return " ".join(_options(entry))


def _value(value: Any) -> str:
    return as_text(value) if isinstance(value, int | float) else inspected(as_text(value))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
