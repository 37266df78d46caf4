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

COMPILING = frozenset(
    (
        "travistool.schema.compiler",
        "travistool.schema.sources",
        "travistool.schema.reference",
        "travistool.schema.spelling",
    )
)
"""Loaded beside these by a checkout only."""

# What the console script does, between two looks at what is loaded.
_CODE = """\
import sys
before = set(sys.modules)
from travistool.cli.main import main
code = main()
sys.stderr.write("\\n".join(sorted(set(sys.modules) - before)))
sys.exit(code)
"""


def loaded(python: str, config: Path, **environ: str) -> frozenset[str]:
    """Return the names of all modules that linting the clean file `config` loads on top of a bare start."""
    found = subprocess.run(
        [python, "-c", _CODE, "lint", str(config)],
        capture_output=True,
        check=False,
        text=True,
        cwd=config.parent,
        env={**{name: value for name, value in os.environ.items() if name != "PYTHONPATH"}, **environ},
    )
    assert found.stdout == "checked 1 file, nothing found\n", found.stderr
    assert found.returncode == 0
    return frozenset(found.stderr.split("\n"))


def named(modules: frozenset[str], names: frozenset[str]) -> list[str]:
    """Return the modules that are in `names`, or below one of them."""
    return sorted(
        module for module in modules if any(module == name or module.startswith(f"{name}.") for name in names)
    )


def ours(modules: frozenset[str]) -> frozenset[str]:
    return frozenset(named(modules, frozenset(("travistool",))))
