"""What the suite asks of itself in CI: every test is tried, and none leaves anything in the project."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HEAD = "import pathlib, pytest\n\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with our `conftest.py`, and with git."""
    (tmp_path / "tests").mkdir()
    shutil.copy(Path(__file__).with_name("conftest.py"), tmp_path / "tests")
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    return tmp_path


def run(project: Path, text: str, **environ: str) -> tuple[int, str]:
    (project / "tests" / "test_one.py").write_text(HEAD + text)
    environment = {name: value for name, value in os.environ.items() if name != "CI"} | environ
    call = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", "tests"]
    found = subprocess.run(call, cwd=project, env=environment, capture_output=True, text=True, check=False)
    return found.returncode, found.stdout


@pytest.mark.processes
@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("def test():\n    pass\n", 0, id="none"),
        pytest.param("def test():\n    pytest.skip('no engine')\n", 1, id="in the test"),
        pytest.param("@pytest.mark.skip(reason='no engine')\ndef test():\n    pass\n", 1, id="by a mark"),
        pytest.param("pytest.skip('no engine', allow_module_level=True)\n", 2, id="a module"),
        pytest.param("def test():\n    pytest.skip('root may read all files')\n", 0, id="allowed"),
        pytest.param("@pytest.mark.xfail\ndef test():\n    assert 0\n", 0, id="a known failure"),
    ],
)
def test_skips(project: Path, text: str, code: int) -> None:
    returned, out = run(project, text, CI="true")
    assert (returned, "Skipped: no engine, but in CI nothing may be" in out) == (code, code > 0), out
    assert run(project, text)[0] in (0, 5)


@pytest.mark.processes
@pytest.mark.parametrize(
    ("made", "told"),
    [
        pytest.param("left/schema", "?? left/schema/file", id="a folder"),
        pytest.param("tests/kept", "!! tests/kept/", id="what git ignores"),
        pytest.param("tests/__pycache__", "", id="a cache"),
    ],
)
def test_what_is_left(project: Path, made: str, told: str) -> None:
    (project / ".gitignore").write_text("kept/\n__pycache__/\n")
    text = f"def test():\n    folder = pathlib.Path({made!r})\n    folder.mkdir(parents=True, exist_ok=True)\n"
    returned, out = run(project, text + "    (folder / 'file').touch()\n", CI="true")
    assert (returned, f"changed while the tests ran: {told}" in out) == (1 if told else 0, bool(told)), out
    shutil.rmtree(project / made)
    returned, out = run(project, text + "    (folder / 'file').touch()\n")
    assert (returned, f"changed while the tests ran: {told}" in out) == (0, bool(told)), out
