"""Versions of languages on GitHub: what a container has, and what nothing there has."""

import pytest

from travistool.migrate.migrate import migrate
from travistool.migrate.targets import target
from travistool.pipeline import read
from travistool.source import Source


@pytest.mark.parametrize(
    ("version", "line", "told"),
    [
        pytest.param("3.9", "python-version: '3.9'", False, id="on the machine"),
        pytest.param("2.7.6", "container: python:2.7", False, id="a patch whose image is too old"),
        pytest.param("3.6", "container: python:3.6", False, id="in a container"),
        pytest.param("3.4", "container: python:3.4", True, id="nowhere"),
        pytest.param("2.7_with_system_site_packages", "container: python:2.7", False, id="what only Travis has"),
    ],
)
def test_python(version: str, line: str, told: bool) -> None:
    normal = read(Source(".travis.yml", f"language: python\npython: '{version}'\nscript: make\n")).normal
    wanted = target("github")
    assert normal is not None
    assert wanted is not None
    made = migrate(normal, wanted)
    assert f"{line}\n" in made.files[0].text.replace('"', "'")
    assert any(task.kind == "version" for task in made.tasks) == told


def test_the_number_of_a_job() -> None:
    text = "script: echo $TRAVIS_JOB_NUMBER\nenv: [A=1, A=2]"
    normal = read(Source(".travis.yml", text)).normal
    wanted = target("github")
    assert normal is not None
    assert wanted is not None
    made = migrate(normal, wanted).files[0].text
    assert "TRAVIS_JOB_NUMBER: ${{ github.run_number }}.${{ matrix.job }}\n" in made
    assert "A: ${{ matrix.A }}\n" in made
