"""A clean file is linted without loading what it does not need. The strict list is for the wheel: test_packaging.py."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.imports import BUDGET, COMPILING, HEAVY, UNUSED, called, loaded, named, ours
from tests.cli.test_git import git

ROOT = Path(__file__).resolve().parents[2]

PATH = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    config = tmp_path_factory.mktemp("clean") / ".travis.yml"
    config.write_text("language: python\npython: ['3.12']\nscript: make test\n")
    return loaded(sys.executable, config, PYTHONPATH=PATH)


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


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repository")
    (folder / ".travis.yml").write_text("language: shell\nscript: echo hello\nsudo: false\n")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "Start")
    return folder


@pytest.mark.processes
def test_the_host_engine_loads_what_it_needs(repository: Path, tmp_path: Path) -> None:
    call = ["simulate", "--engine", "host"]
    out, modules = called(sys.executable, call, repository, PYTHONPATH=PATH, XDG_CACHE_HOME=str(tmp_path))
    assert "build passed" in out
    assert named(modules, HEAVY | UNUSED) == []
    assert {"travistool.simulate.host", "subprocess"} <= modules


@pytest.mark.processes
@pytest.mark.parametrize(
    "call",
    [
        pytest.param(["expand", "--why"], id="expand"),
        pytest.param(["compile", "1.1"], id="compile"),
        pytest.param(["migrate", "--to", "gitlab"], id="migrate"),
        pytest.param(["normalize"], id="normalize"),
        pytest.param(["explain", "alias-key"], id="explain"),
        pytest.param(["simulate", "--list", "--engine", "host"], id="simulate"),
    ],
)
def test_correct_calls_do_without_the_full_command_line(call: list[str], repository: Path) -> None:
    out, modules = called(sys.executable, call, repository, PYTHONPATH=PATH)
    assert out
    assert named(modules, HEAVY) == []
