"""docs/configuration.md says what the code does."""

import re
from pathlib import Path
from tomllib import loads

from travistool.cli import container_settings
from travistool.cli.options import PROFILE_NAMES
from travistool.lint.engine import lint
from travistool.lint.profile import PROFILES
from travistool.lint.settings import KEYS, settings
from travistool.pipeline import read
from travistool.source import Source

_ROW = re.compile(r"^\| `([\w-]+)` \|", re.MULTILINE)
PAGE = (Path(__file__).resolve().parents[1] / "docs" / "configuration.md").read_text(encoding="utf-8")


def block(language: str, number: int = 0) -> str:
    found = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[number]
    assert isinstance(found, str)
    return found


def test_every_key_is_in_the_table() -> None:
    profiles, _, rest = PAGE.partition("## Settings")
    assert sorted(re.findall(_ROW, rest)) == sorted(KEYS)
    assert set(re.findall(_ROW, profiles)) == set(PROFILES) == set(PROFILE_NAMES)


def test_the_settings_are_right() -> None:
    table = loads(block("toml"))["tool"]["travistool"]
    assert settings(table, "docs").per_path
    assert set(table) <= set(KEYS)


def test_the_settings_of_containers_are_right() -> None:
    table = loads(block("toml", 1))["tool"]["travistool"]["simulate"]
    found = container_settings.read(table, "docs")
    assert found.images[1] == "python:3.9=python:3.9-slim"
    _, _, rest = PAGE.partition("### Containers")
    listed = re.findall(r"`([\w-]+)`[,:]", "".join(re.findall(r"^- .*?:", rest, re.MULTILINE)))
    assert sorted(listed) == sorted(container_settings.KEYS)


def test_the_comments_are_understood() -> None:
    """Each suppresses something or would say that it does not; none is misspelled."""
    found = lint(read(Source("docs", block("yaml"))))
    assert [(one.rule, one.message) for one in found] == [
        ("unused-suppression", "'find-key' is not found here, so this suppresses nothing"),
        ("unused-suppression", "'alias-key' is not found in this file, so this suppresses nothing"),
    ]
