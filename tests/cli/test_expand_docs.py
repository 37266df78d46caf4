"""docs/expand.md: each output is what the tool prints, written by `pytest --update-golden`; each option is there."""

import re
import shlex
from pathlib import Path

from tests.cli.conftest import Call
from tests.cli.test_git import git
from travistool.cli.expand import FORMATS

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "expand.md"
CONFIG = ROOT / "fixtures" / "plans" / "matrix" / "config.yml"
_BLOCK = re.compile(r"```console\n\$ travistool (?P<call>[^\n]*)\n.*?```", re.DOTALL)
_CONFIG = re.compile(r"<!-- config -->\n(?:\n```yaml\n.*?```\n)?", re.DOTALL)


def test_outputs(folder: Path, travistool: Call, update_golden: bool) -> None:
    (folder / ".travis.yml").write_bytes(CONFIG.read_bytes())
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "remote", "add", "origin", "https://github.com/acme/demo.git")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "Update")

    def run(found: re.Match[str]) -> str:
        ran = travistool(*shlex.split(found["call"]))
        assert (ran.code, ran.err) == (0, "")
        return f"```console\n$ travistool {found['call']}\n{ran.out}```"

    page = PAGE.read_text()
    expected = _BLOCK.sub(run, _CONFIG.sub(lambda _: f"<!-- config -->\n\n```yaml\n{CONFIG.read_text()}```\n", page))
    if update_golden:
        PAGE.write_text(expected)
    assert PAGE.read_text() == expected
    assert len(_BLOCK.findall(page)) == 5


def test_options_are_documented(travistool: Call) -> None:
    options = set(re.findall(r"(?<![\w-])--[a-z-]+", travistool("expand", "--help").out))
    documented = (ROOT / "docs" / "cli.md").read_text()
    assert options - {"--help"} <= set(re.findall(r"(?<![\w-])--[a-z-]+", documented))
    assert all(f"`{name}`" in documented for name in FORMATS)
