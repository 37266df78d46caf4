"""Tables, files and docs agree with each other."""

import os
import re
from pathlib import Path

import pytest

from travistool import errors
from travistool.cli.commands import COMMANDS
from travistool.cli.lint import exit_code
from travistool.cli.main import INTERRUPTED
from travistool.cli.normalize import FORMATS as NORMALIZE_FORMATS
from travistool.cli.option import Option
from travistool.cli.options import LintOptions
from travistool.errors import TravistoolError
from travistool.report.formats import FORMATS
from travistool.report.layout import NOTHING

ROOT = Path(__file__).resolve().parents[1]
LINES = 400
PAGES = [
    path.relative_to(ROOT).as_posix()
    for path in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "schemas").rglob("*.md")])
]


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", ["travistool", "benchmarks"])
def test_modules_stay_readable(folder: str) -> None:
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / folder).rglob("*.py")}
    assert {path.relative_to(ROOT).as_posix(): size for path, size in sizes.items() if size > LINES} == {}


_PATH = re.compile(r"(?<![\w/.])(?:travistool|schemas|tests|docs|fixtures|benchmarks|\.ci)/[\w./<>*-]+")
_LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")


def test_paths_we_write_exist() -> None:
    """A part in angle brackets stands for any name."""
    named = {(page, re.sub(r"<[^>]*>", "*", path).rstrip("./")) for page in PAGES for path in _PATH.findall(text(page))}
    ours = [one for one in sorted(named) if not one[1].startswith(("travistool/travistool", "travistool/blob"))]
    assert len(ours) > 50
    assert [(page, path) for page, path in ours if not list(ROOT.glob(path))] == []


def test_links_lead_somewhere() -> None:
    links = [(page, link) for page in PAGES for link in _LINK.findall(text(page))]
    assert len(links) > 50
    assert [(page, link) for page, link in links if not os.path.exists((ROOT / page).parent / link)] == []


def exit_codes() -> list[int]:
    return [
        found.exit_code
        for found in vars(errors).values()
        if isinstance(found, type) and issubclass(found, TravistoolError)
    ]


def test_exit_codes_are_unique() -> None:
    codes = [0, exit_code(NOTHING._replace(errors=1), "error"), *exit_codes(), INTERRUPTED]
    assert sorted(set(codes)) == sorted(codes)


def test_exit_codes_are_in_the_docs() -> None:
    listed = [int(code) for code in re.findall(r"^\| (\d+) \|", text("docs/cli.md"), re.MULTILINE)]
    # The base class is never raised.
    assert listed == sorted({0, 1, *exit_codes(), INTERRUPTED} - {TravistoolError.exit_code})


def test_every_format_has_a_module() -> None:
    modules = {path.stem for path in (ROOT / "travistool" / "report").glob("*.py")}
    assert set(FORMATS) <= modules


def test_every_format_is_in_the_docs() -> None:
    assert re.findall(r"^\| `(\w+)` \|", text("docs/cli.md"), re.MULTILINE) == list(FORMATS)
    assert [name for name in FORMATS if f"`{name}`" not in text("README.md")] == []
    assert [name for name in NORMALIZE_FORMATS if f"`{name}`" not in text("docs/cli.md")] == []


@pytest.mark.parametrize("option", [one for one in LintOptions.all() if one.flags], ids=lambda option: option.name)
def test_every_option_is_in_the_docs(option: Option) -> None:
    flags = ", ".join(sorted(option.flags, key=len))
    written = f"`{flags} {option.metavar}".rstrip()
    section = text("docs/cli.md").split("## `travistool normalize")[0]
    (row,) = (line for line in section.splitlines() if line.startswith(f"| {written}"))
    assert [choice for choice in option.choices if f"`{choice}`" not in row] == []
    if isinstance(option.default, str) and option.default and not option.default.startswith("<"):
        assert re.search(rf"\b{option.default}`? \(default\)|^[^;]*`{option.default}`, or", row)


def test_every_command_is_in_the_docs() -> None:
    commands = sorted(row.name for row in COMMANDS)
    assert sorted(re.findall(r"^## `travistool (\w+)", text("docs/cli.md"), re.MULTILINE)) == commands
    assert sorted(re.findall(r"^\| `travistool (\w+)", text("README.md"), re.MULTILINE)) == commands


def test_the_hook_in_the_readme_is_ours() -> None:
    (hook,) = re.findall(r"^- id: (\S+)$", text(".pre-commit-hooks.yaml"), re.MULTILINE)
    assert f"- id: {hook}\n" in text("README.md")
