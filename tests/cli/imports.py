"""What `lint` may load for a clean file: it is the start-up time of a hook."""

import os
import subprocess
from pathlib import Path

HEAVY = frozenset(
    ("asyncio", "click", "docker", "jsonschema", "multiprocessing", "pydantic", "rich", "typer", "typer._click")
)
"""Never, wherever it runs from."""

SLOW = HEAVY | frozenset(
    (
        "argparse",
        "ast",
        "concurrent",
        "dataclasses",
        "decimal",
        "email",
        "hashlib",
        "importlib.metadata",
        "importlib.resources",
        "inspect",
        "json",
        "locale",
        "logging",
        "pathlib",
        "pickle",
        "platform",
        "random",
        "selectors",
        "shutil",
        "signal",
        "socket",
        "subprocess",
        "tempfile",
        "textwrap",
        "threading",
        "tomllib",
        "traceback",
        "unicodedata",
        "unittest",
        "urllib",
        "xml",
        "zipfile",
    )
)
"""Never from an installed package. A checkout needs some of them to compile its schemas."""

BUDGET = frozenset(
    (
        "travistool",
        "travistool.cli",
        "travistool.cli.commands",
        "travistool.cli.files",
        "travistool.cli.lint",
        "travistool.cli.main",
        "travistool.cli.option",
        "travistool.cli.options",
        "travistool.cli.terminal",
        "travistool.diagnostics",
        "travistool.document",
        "travistool.document.clean",
        "travistool.document.decode",
        "travistool.document.dialect",
        "travistool.document.events",
        "travistool.document.fault",
        "travistool.document.lean",
        "travistool.document.nodes",
        "travistool.document.parse",
        "travistool.document.scalars",
        "travistool.document.values",
        "travistool.errors",
        "travistool.grammar",
        "travistool.grammar.similar",
        "travistool.lint",
        "travistool.lint.engine",
        "travistool.lint.extra",
        "travistool.lint.profile",
        "travistool.lint.index",
        "travistool.lint.service",
        "travistool.pipeline",
        "travistool.record",
        "travistool.report",
        "travistool.report.formats",
        "travistool.report.layout",
        "travistool.report.text",
        "travistool.schema",
        "travistool.schema.cast",
        "travistool.schema.change",
        "travistool.schema.elements",
        "travistool.schema.fits",
        "travistool.schema.judge",
        "travistool.schema.keys",
        "travistool.schema.maps",
        "travistool.schema.normalize",
        "travistool.schema.run",
        "travistool.schema.select",
        "travistool.schema.shape",
        "travistool.schema.shorthand",
        "travistool.schema.stopwords",
        "travistool.schema.store",
        "travistool.schema.support",
        "travistool.schema.words",
        "travistool.source",
    )
)
"""Our modules that a plain clean file may load. A row more is some 0.2 ms more at every start: think first."""

UNUSED = frozenset(
    (
        *("concurrent", "dataclasses", "getpass", "importlib.resources", "inspect", "logging"),
        *("bz2", "queue", "shutil", "socket", "tempfile", "tomllib", "traceback", "uuid", "zipfile"),
        "travistool.audit",
        "travistool.cli.again",
        "travistool.cli.app",
        "travistool.cli.config",
        "travistool.cli.live",
        "travistool.cli.parameters",
        "travistool.lint.rules",
        "travistool.migrate",
        "travistool.simulate.docker.client",
        "travistool.simulate.docker.engine",
        "travistool.simulate.keys",
        "travistool.simulate.reports.html",
        "travistool.simulate.reports.junit",
    )
)
"""What `simulate --engine host` does not load beside the heavy ones, when nobody looks on from a terminal."""

COMPILING = frozenset(
    (
        "travistool.schema.compiler",
        "travistool.schema.sources",
        "travistool.schema.reference",
        "travistool.schema.spelling",
    )
)
"""Loaded beside these by a checkout only."""

MARK = "-- modules\n"
"""What stands before them on standard error."""

# What the console script does, between two looks at what is loaded.
_CODE = """\
import sys
before = set(sys.modules)
from travistool.cli.main import main
code = main()
sys.stderr.write("-- modules\\n" + "\\n".join(sorted(set(sys.modules) - before)))
sys.exit(code)
"""


def loaded(python: str, config: Path, **environ: str) -> frozenset[str]:
    """Return the names of all modules that linting the clean file `config` loads on top of a bare start."""
    out, modules = called(python, ["lint", str(config)], config.parent, **environ)
    assert out == "checked 1 file, nothing found\n"
    return modules


def called(python: str, arguments: list[str], folder: Path, **environ: str) -> tuple[str, frozenset[str]]:
    """Return what a call that succeeds prints, and the names of all modules that it loads."""
    found = subprocess.run(
        [python, "-c", _CODE, *arguments],
        capture_output=True,
        check=False,
        text=True,
        cwd=folder,
        env={**{name: value for name, value in os.environ.items() if name != "PYTHONPATH"}, **environ},
    )
    assert found.returncode == 0, found.stderr
    return found.stdout, frozenset(found.stderr.rpartition(MARK)[2].split("\n"))


def named(modules: frozenset[str], names: frozenset[str]) -> list[str]:
    """Return the modules that are in `names`, or below one of them."""
    return sorted(
        module for module in modules if any(module == name or module.startswith(f"{name}.") for name in names)
    )


def ours(modules: frozenset[str]) -> frozenset[str]:
    return frozenset(named(modules, frozenset(("travistool",))))
