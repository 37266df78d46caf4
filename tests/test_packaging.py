"""The built package: what is in it, what it brings along, and that it lints in a clean environment."""

import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.imports import BUDGET, SLOW, loaded, named, ours
from travistool import __version__

pytestmark = pytest.mark.packaging

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = 10
SIZE_MB = 25
NAME = f"travistool-{__version__}"


def run(*command: str | Path, cwd: Path, code: int = 0) -> str:
    """Run a command outside of any environment of ours and return what it printed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    found = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, check=False, cwd=cwd, env=kept
    )
    assert found.returncode == code, f"{command}\n{found.stdout}\n{found.stderr}"
    return found.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the sdist and the wheel that is made from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    assert sorted(path.name for path in folder.iterdir()) == [f"{NAME}-py3-none-any.whl", f"{NAME}.tar.gz"]
    return folder


@pytest.fixture(scope="module")
def environment(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel in it."""
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", folder, cwd=folder)
    run(folder / "bin" / "pip", "install", "--quiet", built / f"{NAME}-py3-none-any.whl", cwd=folder)
    return folder


def site_packages(environment: Path) -> Path:
    (found,) = environment.glob("lib/python3*/site-packages")
    return found


def sources(folder: str) -> Iterator[str]:
    for path in (ROOT / folder).rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(ROOT).as_posix()


def test_wheel(built: Path) -> None:
    with zipfile.ZipFile(built / f"{NAME}-py3-none-any.whl") as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
        metadata = wheel.read(f"{NAME}.dist-info/METADATA").decode()
        table = wheel.read("travistool/schema/table.bin")
    schemas = {f"travistool/{name}" for name in sources("schemas")}
    assert names == {*sources("travistool"), *schemas, "travistool/schema/table.bin"}
    assert "travistool/py.typed" in names
    assert table.startswith(b"travistool table ")
    assert "Requires-Python: >=3.11" in metadata
    assert (ROOT / "README.md").read_text(encoding="utf-8") in metadata


def test_sdist(built: Path) -> None:
    with tarfile.open(built / f"{NAME}.tar.gz") as sdist:
        names = {name.removeprefix(f"{NAME}/") for name in sdist.getnames()}
    wanted = {*sources("travistool"), *sources("schemas"), *sources("tests"), *sources("fixtures")}
    assert sorted(wanted - names) == []
    assert {"LICENSE", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "pyproject.toml"} <= names
    assert [name for name in names if name.endswith((".pyc", ".bin")) or name.startswith((".git/", "dist/"))] == []


def test_it_lints(environment: Path, tmp_path: Path) -> None:
    travistool = environment / "bin" / "travistool"
    assert run(travistool, "--version", cwd=tmp_path) == f"travistool {__version__}\n"
    fixture = ROOT / "fixtures" / "example-project"
    assert run(travistool, "lint", fixture, cwd=tmp_path) == "checked 1 file, nothing found\n"
    (tmp_path / ".travis.yml").write_text("language: pythn\n")
    said = ".travis.yml:1:11: warning: unknown value 'pythn', Travis reads it as 'python' [find-value]\n"
    assert run(travistool, "lint", "-fconcise", "-q", cwd=tmp_path, code=1) == said
    python = environment / "bin" / "python"
    assert run(python, "-m", "travistool", "lint", "-f", "concise", "-q", cwd=tmp_path, code=1) == said


def test_the_other_commands_work(environment: Path, tmp_path: Path) -> None:
    travistool = environment / "bin" / "travistool"
    (tmp_path / ".travis.yml").write_text("language: python\nos: linux\ndist: jammy\n")
    assert run(travistool, "normalize", cwd=tmp_path) == "language: python\nos:\n- linux\ndist: jammy\n"
    assert run(travistool, "explain", "unknown-key", cwd=tmp_path).startswith("unknown-key  (")
    here = run(sys.executable, "-m", "travistool", "schema", cwd=ROOT)
    assert run(travistool, "schema", cwd=tmp_path) == here


def test_it_brings_little(environment: Path) -> None:
    listed = run(environment / "bin" / "pip", "list", "--format", "freeze", cwd=environment).split()
    packages = [row for row in listed if not row.startswith(("pip==", "setuptools==", "wheel=="))]
    assert len(packages) <= PACKAGES, packages
    tools = ("pip", "setuptools", "pkg_resources", "_distutils_hack", "wheel")
    size = sum(
        path.stat().st_size
        for top in site_packages(environment).iterdir()
        if not top.name.startswith(tools)
        for path in (top, *top.rglob("*"))
        if path.is_file()
    )
    assert size <= SIZE_MB * 1024 * 1024


def test_imports(environment: Path, tmp_path: Path) -> None:
    config = tmp_path / ".travis.yml"
    config.write_text("language: python\npython: ['3.12']\nscript: make test\n")
    modules = loaded(str(environment / "bin" / "python"), config)
    assert named(modules, SLOW) == []
    assert sorted(ours(modules)) == sorted(BUDGET)


def test_types_are_found(environment: Path, tmp_path: Path) -> None:
    assert (site_packages(environment) / "travistool" / "py.typed").is_file()
    (tmp_path / "use.py").write_text("from travistool import __version__\nreveal_type(__version__)\n")
    python = environment / "bin" / "python"
    out = run(sys.executable, "-m", "mypy", "--python-executable", python, "use.py", cwd=tmp_path)
    assert 'Revealed type is "str"' in out.replace("builtins.str", "str")


def test_an_unwritable_installation_works(environment: Path, tmp_path: Path) -> None:
    """The table in the wheel is trusted: nothing is compiled, and nothing written beside the package."""
    package = site_packages(environment) / "travistool"
    before = sorted(path for path in package.rglob("*") if path.is_file())
    (tmp_path / ".travis.yml").write_text("language: python\n")
    run(environment / "bin" / "travistool", "lint", cwd=tmp_path)
    assert [path for path in package.rglob("*.bin") if path.name != "table.bin"] == []
    assert sorted(path for path in package.rglob("*") if path.is_file()) == before
