"""The neutral build: what people know jobs by, and which comments stand above commands."""

import pytest

from tests.migrate.migrated import migrated
from tests.plan.plans import normal
from travistool.migrate.migrate import prepare
from travistool.migrate.model import Build


def _build(text: str) -> Build:
    return prepare(normal(text)).build


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        pytest.param("language: python\npython: [3.8, 3.9]", ["python 3.8", "python 3.9"], id="axis"),
        pytest.param("script: make", ["build"], id="one job"),
        pytest.param(
            "language: go\ngo: 1.20\njobs: {include: [{stage: Lint, script: a}, {stage: Build it, script: b}]}",
            ["Lint", "Build it"],
            id="a stage says more than a version that is taken over",
        ),
        pytest.param(
            "language: go\njobs: {include: [{stage: Lint, go: 1.20, env: A=1}, {stage: Lint, go: 1.21, name: x}]}",
            ["Lint: go 1.20, A=1", "x"],
            id="own values behind the stage",
        ),
        pytest.param(
            "jobs: {include: [{stage: deploy, script: a}, {stage: deploy, script: b}]}",
            ["deploy (1)", "deploy (2)"],
            id="numbers",
        ),
    ],
)
def test_titles(text: str, titles: list[str]) -> None:
    assert [row.title for row in _build(text).rows] == titles


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        pytest.param("a: 1\nscript:\n  # one\n  - x\n  - y\n  # two\n  - z", ("# one", "", "# two"), id="in the list"),
        pytest.param("a: 1\n# why\n# so\nscript:\n  - x\n  - y", ("# why\n# so", ""), id="above the key"),
        pytest.param("a: 1\n# why\nscript: # list\n- x", ("# why",), id="a list that is not indented"),
        pytest.param("a: 1\n# why\nscript:\n  # one\n  - x", ("# one",), id="the nearest"),
        pytest.param("a: 1\n# why\nscript: x", ("# why",), id="one line"),
        pytest.param("# mine\nscript:\n  - x", ("",), id="what starts the file stands above all"),
        pytest.param("# why\ninstall: [y]\nscript: [x]", ("",), id="another key's"),
        pytest.param("a: 1\n# install:\n#   - y\nscript:\n  - x", ("",), id="a key that was"),
        pytest.param("a: 1\n# why\n\nscript:\n  - x", ("",), id="an empty line between"),
    ],
)
def test_comments(text: str, comments: tuple[str, ...]) -> None:
    assert _build(text).rows[0].blocks["script"].comments == comments


def test_a_job_of_jenkins_has_the_name_of_its_stage() -> None:
    text = "jobs: {include: [{stage: Lint, script: a}, {stage: Go, script: a}, {stage: Go, name: Go, script: b}]}"
    made = migrated(text, "jenkins").files[0].text
    names = [line.strip().split("'")[1] for line in made.splitlines() if "stage('" in line]
    assert names == ["Lint", "Go", "Go (1)", "Go (2)"]


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        pytest.param("  # slow\n  # and big\n  - name: x\n    script: y", ("slow", "and big"), id="above the entry"),
        pytest.param("  - name: x\n    # slow\n    script: y", (), id="inside of it"),
        pytest.param("  # - name: old\n  - name: x\n    script: y", (), id="an entry that was"),
        pytest.param("  # slow\n\n  - name: x\n    script: y", (), id="an empty line between"),
    ],
)
def test_comments_above_jobs(text: str, comments: tuple[str, ...]) -> None:
    config = f"a: 1\njobs:\n  include:\n{text}"
    (row,) = _build(config).rows
    assert row.comments == comments
    for name, indent in (("github", "  "), ("gitlab", "")):
        made = migrated(config, name).files[0].text
        assert "".join(f"{indent}# {line}\n" for line in comments) in made
        assert ("# slow" in made) == (comments != () or "    # slow" in text)
