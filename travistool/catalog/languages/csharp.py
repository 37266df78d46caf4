"""C#, F# and Visual Basic: Mono or .NET, with a solution file."""

from __future__ import annotations

from travistool.catalog.check import AllOf, AnyOf, ConfigAtLeast, ConfigIs, Configured, Not
from travistool.catalog.language import SOURCE, Export, Images, Language
from travistool.catalog.rule import fails, when
from travistool.catalog.settings import Settings, escaped

_NEW_WORDS = ("latest", "alpha", "beta", "preview", "weekly", "nightly")
_MONO = Not(ConfigIs("mono", ("none",)))
_DOTNET = Not(ConfigIs("dotnet", ("none",)))
_SOLUTION = AllOf((_MONO, Configured("solution")))
_NEW = AnyOf((ConfigIs("mono", _NEW_WORDS), ConfigAtLeast("mono", "5.0")))


def _file(settings: Settings) -> str:
    return escaped(settings.first("solution"))


LANGUAGE = Language(
    name="csharp",
    source=SOURCE.format("csharp"),
    versions=("mono", "dotnet", "solution"),
    defaults={"mono": "latest", "dotnet": "none"},
    names={"file": _file},
    exports=(
        Export("TRAVIS_SOLUTION", "{file}", Configured("solution"), echo=True),
        Export("STANDARD_CI_SOURCE_REVISION_ID", "${TRAVIS_COMMIT}"),
        Export("STANDARD_CI_REPOSITORY_URL", "https://github.com/${TRAVIS_REPO_SLUG}"),
        Export("STANDARD_CI_REPOSITORY_TYPE", "git"),
        Export("DOTNET_SKIP_FIRST_TIME_EXPERIENCE", "1", _DOTNET, echo=True),
        Export("DOTNET_CLI_TELEMETRY_OPTOUT", "1", _DOTNET, echo=True),
    ),
    announce=(
        (when(_MONO, "mono --version"),),
        (when(AllOf((_MONO, _NEW)), "msbuild /version"), when(_MONO, "xbuild /version")),
        (when(_DOTNET, "dotnet --info"),),
    ),
    install=(
        (when(AllOf((_SOLUTION, Not(ConfigIs("mono", ("2.10.8", "3.2.8"))))), "nuget restore {file}", retry=True),),
    ),
    script=(
        (
            when(AllOf((_SOLUTION, _NEW)), "msbuild /p:Configuration=Release {file}"),
            when(_SOLUTION, "xbuild /p:Configuration=Release {file}"),
            fails("No solution or script defined, exiting"),
        ),
    ),
    images=Images(
        image="mono:{mono}",
        default="mono:latest",
        versions={"none": "mcr.microsoft.com/dotnet/sdk:{dotnet}"},
        advice=".NET images are named by two numbers: 2.1, 3.1, 5.0",
    ),
)
