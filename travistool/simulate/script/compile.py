"""From a job to the one bash script that it is. Read this first.

machine ─▶ prepare ─▶ checkout ─▶ variables ─▶ set-up ─▶ caches ─▶ versions ─▶ the phases of the config ─▶ the result
"""

from __future__ import annotations

from travistool import __version__
from travistool.catalog.settings import as_text, escaped
from travistool.plan.model import Job
from travistool.plan.phases import language_of, skipped
from travistool.record import Record
from travistool.simulate.script import addons, cache, defaults, options, variables
from travistool.simulate.script.checkout import announced, checkout
from travistool.simulate.script.facts import Build, Means
from travistool.simulate.script.functions import functions
from travistool.simulate.script.phases import phase_functions
from travistool.simulate.script.shell import Lines, comment, fold, say, word

EXCEPTIONS = (
    "SC1090",  # files that only the job has are sourced
    "SC1091",
    "SC2016",  # entries are in single quotes on purpose: they are evaluated later
    "SC2034",  # variables are for entries to read
    "SC2050",  # conditions of deployments may be constant
    "SC2088",  # `~` in an entry is expanded when it is evaluated
    "SC2154",  # secrets come from a file
    "SC2155",  # the status of what sets a language's variables counts for nothing
    "SC2319",  # the status of whatever ran last is meant
    "SC2317",  # functions that no entry of this job calls
    "SC2329",
)
"""What shellcheck has to overlook in a script, and why."""


class Script(Record):
    """A job as bash. `secrets` is the text of the file that TRAVISTOOL_SECRETS names to it; the script holds none.

    `hidden` are the clear texts of the secrets, as the shell gets them. `unknown` are encrypted texts whose value
    nobody gave. `needs_terminal`: Travis gives a job with secrets a terminal as its output, and others none.
    """

    text: str
    secrets: str = ""
    hidden: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    needs_terminal: bool = False


def compile_job(job: Job, build: Build, means: Means = Means()) -> Script:
    """Return the script of a job. Pure: the same job and build give the same text."""
    found = variables.variables_of(job, build)
    deploying = options.known(job, build, means)
    secrets = variables.secret_assignments(found) + options.assignments(deploying)
    own = [
        "# The phases of the config",
        *phase_functions(job, build, means),
        *_deploy(job, build, means),
        "",
        *_main(job, build, means, found, has_secrets=bool(secrets)),
    ]
    lines = [
        "#!/bin/bash",
        *_title(job, build),
        f"# shellcheck disable={','.join(EXCEPTIONS)}",
        "",
        functions("\n".join(own)),
        "",
        *own,
    ]
    return Script(
        text="\n".join(lines) + "\n",
        secrets=secrets,
        hidden=(*[one.text for one in found.secrets], *[word(text) for text in deploying.values()]),
        unknown=found.unknown,
        needs_terminal=bool(found.secrets),
    )


def _deploy(job: Job, build: Build, means: Means) -> Lines:
    if not options.entries_of(job):
        return []
    # Imported late: most jobs do not deploy.
    from travistool.simulate.script.deploy import deploy_function  # noqa: PLC0415

    return deploy_function(job, build, means)


def _title(job: Job, build: Build) -> Lines:
    name = f" ({job.name})" if job.name else ""
    return [
        comment(f"Job {job.number}{name} of {build.repo}, as Travis CI would run it; made by travistool {__version__}")
    ]


def _main(job: Job, build: Build, means: Means, found: variables.Variables, *, has_secrets: bool) -> Lines:
    """Return the body, one commented block a step."""
    language = language_of(job)
    settings = language.settings(job.config, build.repo)
    kept = cache.folders(job, language, settings)
    steps: tuple[tuple[str, str, Lines], ...] = (
        ("start", "The machine", _start(job, means, has_secrets=has_secrets)),
        (
            "prepare",
            "Packages, services, hosts: before the repository and its variables are there",
            addons.prepare(job, means),
        ),
        ("checkout", "The repository", checkout(job, build, means)),
        (
            "export",
            "Variables: Travis's own, the language's, those of settings and config",
            _variables(job, build, found),
        ),
        (
            "setup",
            "The language",
            [
                *defaults.setup(language, settings, means),
                *defaults.exports(language, settings, "setup"),
                *cache.exports(language, settings),
            ],
        ),
        ("cache", "Caches and workspaces", [*cache.fetch(kept), *cache.use_workspaces(job)]),
        (
            "announce",
            "Versions",
            [*defaults.announce(language, settings, means), *defaults.exports(language, settings, "announce")],
        ),
    )
    lines: Lines = []
    for name, title, body in steps:
        if body:
            lines += [comment(title), f"_job_phase {name}", *body, ""]
    return [*lines, *_phases(job, build, cache.store(kept, language, settings))]


# A profile may set PATH anew, without what the image put there.
_PROFILE = (
    '_job_path="$PATH"',
    "for _job_profile in /etc/profile ~/.bash_profile; do",
    '  if [[ -s "$_job_profile" ]]; then source "$_job_profile"; fi',
    "done",
    'case ":$PATH:" in *":$_job_path:"*) ;; *) PATH="$_job_path:$PATH" ;; esac',
    "unset _job_path _job_profile",
)


def _start(job: Job, means: Means, *, has_secrets: bool) -> Lines:
    secrets = [
        'if [[ -r "${TRAVISTOOL_SECRETS-}" ]]; then',
        '  source "$TRAVISTOOL_SECRETS"',
        '  rm -f "$TRAVISTOOL_SECRETS"',
        "fi",
        "unset TRAVISTOOL_SECRETS",
    ]
    return [
        '_job_marks="${TRAVISTOOL_MARKS-}"',
        '_job_state="${TRAVISTOOL_STATE-}"',
        "unset TRAVISTOOL_MARKS TRAVISTOOL_STATE",
        *(_PROFILE if means.profile == "read" else ()),
        *(secrets if has_secrets else []),
        *variables.machine(job),
        'export TRAVIS_BUILD_DIR="$HOME/build"',
        *fold(
            "system_info",
            [
                say("Build system information", "yellow"),
                say(f"Build language: {as_text(job.config.get('language') or '')}"),
            ],
        ),
        "",
    ]


def _variables(job: Job, build: Build, found: variables.Variables) -> Lines:
    language = language_of(job)
    settings = language.settings(job.config, build.repo)
    extra = [f"export {name}={escaped(value)}" for name, value in build.extra]
    forget = (
        [f"unset {' '.join(f'_job_secret_{number}' for number in range(1, len(found.secrets) + 1))}"]
        if found.secrets
        else []
    )
    return [
        *defaults.exports(language, settings, "before_env"),
        *variables.built_in(job, build),
        *announced(build),
        *variables.exports(found),
        *extra,
        *forget,
        *defaults.exports(language, settings, "env"),
    ]


def _phases(job: Job, build: Build, store: Lines) -> Lines:
    success = ["travis_run_after_success"]
    checks: Lines = []
    if options.entries_of(job) and "after_success" not in skipped(job):
        # Imported late: most jobs do not deploy.
        from travistool.simulate.script.deploy import checks as checks_of  # noqa: PLC0415

        success.append("travis_run_deploy")
        checks = checks_of(job, build)
    return [
        comment("The phases of the config"),
        "travis_run_before_install",
        "travis_run_install",
        "travis_run_before_script",
        "travis_run_script",
        "travis_run_before_cache",
        *cache.create_workspaces(job),
        *(["_job_phase store_cache", *store] if store else []),
        *checks,
        # Behind an entry whose quotes do not end, bash takes the next line for something else.
        ":",
        'if [[ "$TRAVIS_TEST_RESULT" = 0 ]]; then',
        *[f"  {line}" for line in success],
        "fi",
        # Not `else`: after_success may have changed the result.
        'if [[ "$TRAVIS_TEST_RESULT" != 0 ]]; then',
        "  travis_run_after_failure",
        "fi",
        "travis_run_after_script",
        "",
        comment("The result"),
        "_job_phase finish",
        "printf '\\nDone. Your build exited with %s.\\n' \"${TRAVIS_TEST_RESULT:-86}\"",
        'travis_terminate "${TRAVIS_TEST_RESULT:-86}"',
    ]
