"""`nuget`: packages for a registry, by the client of .NET."""

from __future__ import annotations

from travistool.migrate.deploy.options import Options, glob_word


def commands(options: Options) -> list[str]:
    """Return the command."""
    key = options.secret("api_key", "NUGET_API_KEY")
    flags = options.switch("no_symbols") + options.switch("skip_duplicate")
    files = glob_word(options.text("src", "*.nupkg"))
    return [f"dotnet nuget push {files} --api-key {key} --source {options.word('registry')}{flags}"]
