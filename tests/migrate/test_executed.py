"""Migrated files that are really run: what comes of them is what comes of the config on Travis.

What must come of a case is written down by hand, and our simulator must agree: so neither is wrong alone.
"""

from pathlib import Path

import pytest

from tests.migrate import on_github, on_gitlab, on_others, on_travis
from tests.migrate.cases import Case, Expected, Outcome, cases, lay_out, out_of_order
from tests.migrate.checkers import require_node
from travistool.migrate.migrate import migrate_to, prepare
from travistool.migrate.outside import outside
from travistool.migrate.target import File
from travistool.migrate.targets import target

pytestmark = pytest.mark.migrate

_CASES = cases()
_OTHERS = ("circleci", "azure", "buildkite", "bitbucket", "woodpecker", "jenkins")
_FETCHED = frozenset(("git_depth", "git_history", "git_submodules", "git_clone_false"))
"""The local runner of GitLab's pipelines fetches nothing: it takes the folder as it is."""

_BY_THE_SYSTEM = frozenset(("workspaces",))
"""What is not a matter of scripts: these systems hand files from job to job themselves."""


def _params(name: str = "") -> list[object]:
    return [pytest.param(case, one, id=f"{case.name}-{one.title}") for case in _CASES for one in case.expected_on(name)]


def _files(case: Case, name: str) -> tuple[File, ...]:
    chosen = target(name)
    assert chosen is not None
    return migrate_to(chosen, prepare(case.normal(), files=outside(case.files.items()))).files


def _compare(found: Outcome | None, expected: Expected) -> None:
    assert found is not None
    assert found == expected.outcome.without_errored()
    assert out_of_order(found, expected.stages) == []


def test_there_are_enough() -> None:
    assert len(_CASES) >= 30


@pytest.mark.parametrize(("case", "expected"), _params())
def test_travis(case: Case, expected: Expected, tmp_path: Path) -> None:
    assert on_travis.run(case, lay_out(case, tmp_path), expected.event) == expected.outcome


@pytest.mark.parametrize(("case", "expected"), _params("github"))
def test_github(case: Case, expected: Expected, tmp_path: Path) -> None:
    (file,) = _files(case, "github")
    _compare(on_github.run(file.text, lay_out(case, tmp_path), expected.event, case.secrets), expected)


@pytest.mark.parametrize(("case", "expected"), _params("gitlab"))
def test_gitlab(case: Case, expected: Expected, tmp_path: Path) -> None:
    (file,) = files = _files(case, "gitlab")
    place = lay_out(case, tmp_path)
    if case.name in _FETCHED:
        _compare(on_others.run("gitlab", files, place, expected.event, case.secrets), expected)
        return
    node = require_node(on_gitlab.PACKAGE, "rsync")
    (place.repository / file.path).write_text(file.text, encoding="utf-8")
    _compare(on_gitlab.run(node, place, expected.event, case.secrets), expected)


@pytest.mark.parametrize("name", _OTHERS)
@pytest.mark.parametrize(
    "case", [case for case in _CASES if case.name not in _BY_THE_SYSTEM], ids=lambda case: case.name
)
def test_other_shells(case: Case, name: str, tmp_path: Path) -> None:
    files = _files(case, name)
    for number, expected in enumerate(case.expected_on(name)):
        folder = tmp_path / str(number)
        folder.mkdir()
        _compare(on_others.run(name, files, lay_out(case, folder), expected.event, case.secrets), expected)
