"""Julia: Pkg."""

from __future__ import annotations

import re

from travistool.catalog.check import AllOf, Check, Configured, Shell, any_file
from travistool.catalog.language import SOURCE, Export, Images, Language
from travistool.catalog.rule import Choice, always, when
from travistool.catalog.settings import Settings


def _package(settings: Settings) -> str:
    """Return the package's name: the repository's without `.jl`."""
    if not settings.repo:
        return '$(basename "$TRAVIS_REPO_SLUG" .jl)'
    found = re.search(r"\w+?/(\w+?)(?:\.jl)?$", settings.repo)
    return found[1] if found else ""


def _coverage(service: str, check: Check, start: str) -> Choice:
    ending = f'Pkg.add(\\"Coverage\\"); using Coverage; {service}.submit(process_folder())"'
    return (
        when(AllOf((check, _PROJECT)), f'julia --color=yes -e "{_OLD} {_FOLDER}; else using Pkg; end; {ending}'),
        when(check, f'julia --color=yes -e "{start} && using Pkg; {_FOLDER}; {ending}'),
    )


_PROJECT = any_file("Project.toml", "JuliaProject.toml")
_SHALLOW = Shell("[[ -e .git/shallow ]]", "the clone is shallow")
_FOLDER = 'cd(Pkg.dir(\\"${JL_PKG}\\"))'
_OLD = 'if VERSION < v\\"0.7.0-DEV.5183\\";'
_NEW = 'VERSION >= v\\"0.7.0-DEV.5183\\"'
_VERBOSE = 'VERSION >= v\\"1.1.0-rc1\\"'

LANGUAGE = Language(
    name="julia",
    source=SOURCE.format("julia"),
    versions=("julia",),
    unlisted=("codecov", "coveralls"),
    defaults={"julia": "1"},
    names={"package": _package},
    exports=(Export("TRAVIS_JULIA_VERSION", "{julia}"), Export("JULIA_PROJECT", "@.", echo=True)),
    announce=(
        (always('julia --color=yes -e "VERSION >= v\\"0.7.0-DEV.3630\\" && using InteractiveUtils; versioninfo()"'),),
    ),
    script=(
        (always("export JL_PKG={package}", message="Executing the default test script"),),
        (when(_SHALLOW, "git fetch --unshallow"),),
        (
            when(
                _PROJECT,
                f'julia --color=yes -e "{_OLD} Pkg.clone(pwd()); Pkg.build(\\"${{JL_PKG}}\\"); else using Pkg; '
                f'if {_VERBOSE}; Pkg.build(verbose=true); else Pkg.build(); end; end"',
                f'julia --check-bounds=yes --color=yes -e "{_OLD} Pkg.test(\\"${{JL_PKG}}\\", coverage=true); '
                'else using Pkg; Pkg.test(coverage=true); end"',
                asserted=True,
            ),
            always(
                f'julia --color=yes -e "{_NEW} && using Pkg; Pkg.clone(pwd()); if {_VERBOSE}; '
                'Pkg.build(\\"${JL_PKG}\\"; verbose=true); else Pkg.build(\\"${JL_PKG}\\"); end"',
                f'julia --check-bounds=yes --color=yes -e "{_NEW} && using Pkg; '
                'Pkg.test(\\"${JL_PKG}\\", coverage=true)"',
                asserted=True,
            ),
        ),
        _coverage("Codecov", Configured("codecov"), _NEW),
        _coverage("Coveralls", Configured("coveralls"), _NEW),
    ),
    images=Images(
        image="julia:{julia}",
        default="julia:1",
        versions={"nightly": "julialang/julia:nightly", "1": "julia:1"},
    ),
    notes=("a failing test run of the default script ends the job as errored, not failed",),
)
