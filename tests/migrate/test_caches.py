"""Which jobs share a cache: those with the same machine, versions and variables."""

import pytest

from tests.migrate.migrated import migrated
from tests.plan.plans import normal
from travistool.migrate.migrate import prepare

_STAGES = """\
language: node_js
node_js: 8
cache: {directories: [node_modules]}
jobs:
  include:
    - {stage: warm up, script: npm ci}
    - {stage: test, install: skip, script: npm test}
    - {stage: test, node_js: 10, install: skip, script: npm test}
"""


def _slots(text: str) -> list[str]:
    return [row.slot_name for row in prepare(normal(text)).build.rows]


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        pytest.param(_STAGES, ["linux-8", "linux-8", "linux-10"], id="a later stage has that of the first"),
        pytest.param("cache: [pip]\nlanguage: python\npython: [3.8, 3.9]", ["linux-3-8", "linux-3-9"], id="versions"),
        pytest.param("cache: {directories: [a]}\nos: [linux, osx]", ["linux", "osx"], id="systems"),
        pytest.param("cache: {directories: [a]}\nenv: [A=1, A=2]", ["linux-1", "linux-2"], id="variables"),
        pytest.param("cache: {directories: [a]}\nenv: {global: A=1}", ["linux"], id="what all have tells nobody apart"),
        pytest.param("script: make", [""], id="no cache"),
    ],
)
def test_slots(text: str, slots: list[str]) -> None:
    assert _slots(text) == slots


def test_different_values_never_share_a_name() -> None:
    first, second = _slots("cache: {directories: [a]}\nenv: ['A=x-y', 'A=x+y']")
    assert first.startswith("linux-x-y-")
    assert second.startswith("linux-x-y-")
    assert first != second


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        pytest.param(
            "github", ["key: ${{ runner.os }}-8-run-", "key: ${{ runner.os }}-${{ matrix.node }}-run-"], id="github"
        ),
        pytest.param("gitlab", ["key: linux-8", "key: linux-10"], id="gitlab"),
        pytest.param("circleci", ["key: linux-8-{{", "cache: linux-8", "cache: linux-10"], id="circleci"),
        pytest.param("azure", ['"linux-8" | "1"', "JOB_CACHE: linux-10"], id="azure"),
    ],
)
def test_keys(name: str, keys: list[str]) -> None:
    text = migrated(_STAGES, name).files[0].text
    assert [key for key in keys if key not in text] == []


def test_a_matrix_names_its_rows() -> None:
    text = "cache: {directories: [a]}\nlanguage: python\npython: [3.8, 3.9]\nenv: [A=1, A=2]\nscript: make"
    made = migrated(text).files[0].text
    assert "key: ${{ runner.os }}-${{ matrix.python }}-${{ matrix.A }}-run-${{ github.run_id }}\n" in made
    assert "restore-keys: ${{ runner.os }}-${{ matrix.python }}-${{ matrix.A }}-run-\n" in made
