"""A clean file is linted without loading what it does not need. The strict list is for the wheel: test_packaging.py."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.imports import BUDGET, COMPILING, HEAVY, loaded, named, ours

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    config = tmp_path_factory.mktemp("clean") / ".travis.yml"
    config.write_text("language: python\npython: ['3.12']\nscript: make test\n")
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    return loaded(sys.executable, config, PYTHONPATH=path.rstrip(os.pathsep))


def test_nothing_heavy(modules: frozenset[str]) -> None:
    assert named(modules, HEAVY) == []


def test_budget_of_our_own_modules(modules: frozenset[str]) -> None:
    assert sorted(ours(modules) - BUDGET - COMPILING) == []
    assert sorted(BUDGET - modules) == []


def test_the_list_is_a_real_one(modules: frozenset[str]) -> None:
    """What must be there is there: the test looks at the right process."""
    assert {"travistool.cli.lint", "ruamel.yaml.events", "re"} <= modules


def test_rules_are_cheap_to_load() -> None:
    """A file that is fine may hold the words of many rules."""
    load = "from travistool.lint.index import ROWS; from travistool.lint.rules import load; import sys\n"
    load += "for row in ROWS: load(row[1], row[0])\nprint(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", load], capture_output=True, check=True, text=True, cwd=ROOT)
    modules = frozenset(found.stdout.split())
    assert named(modules, HEAVY) == []
    assert "travistool.lint.subject" in modules
    assert [name for name in modules if name.startswith(("travistool.plan", "travistool.report"))] == []
