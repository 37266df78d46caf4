"""Checkers of other projects, run where they are installed: the target's schema, and actionlint for GitHub."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec

from travistool.migrate.report import Outside
from travistool.migrate.target import Migration

SCHEMAS = {
    "github": ("vendor.github-workflows",),
    "gitlab": ("vendor.gitlab-ci", "--data-transform", "gitlab-ci"),
    "circleci": ("vendor.circle-ci",),
    "azure": ("vendor.azure-pipelines", "--regex-variant", "nonunicode"),
    "bitbucket": ("vendor.bitbucket-pipelines",),
    "buildkite": ("vendor.buildkite",),
    "woodpecker": ("vendor.woodpecker-ci",),
}
"""For each target, what check-jsonschema is told of its schema."""

_SECONDS = 60
_SHOWN = 20


def outside_checks(migration: Migration) -> tuple[Outside, ...]:
    """Return what the checkers that are installed say about the files of a migration."""
    return tuple(_checks(migration)) if migration.files else ()


def _checks(migration: Migration) -> Iterator[Outside]:
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for file in migration.files:
            path = os.path.join(folder, file.path.replace("/", "_"))
            with open(path, "w", encoding="utf-8") as out:
                out.write(file.text)
            paths.append(path)
        schema = SCHEMAS.get(migration.target.name)
        if schema is not None and find_spec("check_jsonschema") is not None:
            command = (sys.executable, "-m", "check_jsonschema", "--builtin-schema", *schema, paths[0])
            yield Outside("schema", _complaints(command, folder))
        program = _program("actionlint")
        if migration.target.name == "github" and program:
            yield Outside(
                "actionlint", _complaints((program, "-oneline", "-no-color", "-shellcheck=", paths[0]), folder)
            )


def _program(name: str) -> str | None:
    """Return where a program is: beside this Python, where a virtual environment has it, or on the PATH."""
    return shutil.which(name, path=os.path.dirname(sys.executable)) or shutil.which(name)


def _complaints(command: tuple[str, ...], folder: str) -> tuple[str, ...]:
    try:
        found = subprocess.run(  # noqa: S603  # fixed programs with arguments, no shell
            command, cwd=folder, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError) as error:
        return (f"it could not be run: {error}",)
    if found.returncode == 0:
        return ()
    lines = [line.replace(folder + os.sep, "").strip() for line in (found.stdout or found.stderr).splitlines()]
    return tuple([line for line in lines if line][:_SHOWN])
