"""What Bitbucket's file says in its own words: sections, shared lists of jobs, what is asked of the shell."""

from typing import Any

from tests.migrate.migrated import migrated
from travistool.document.plain import load_plain


def _made(text: str) -> tuple[dict[str, Any], list[str]]:
    made = migrated(text, "bitbucket")
    data: Any = load_plain(made.files[0].text)
    return data, [task.reason for task in made.tasks if task.changes_rows]


def test_branches_by_name_are_sections() -> None:
    data, _ = _made("language: shell\nscript: make\nbranches: {only: [main, stable/1]}\n")
    assert list(data["pipelines"]["branches"]) == ["main", "stable/1"]
    assert "default" not in data["pipelines"]


def test_patterns_of_branches_are_asked_of_the_shell() -> None:
    data, _ = _made("language: shell\nscript: make\nbranches: {only: /^v1/}\n")
    (step,) = data["pipelines"]["default"]
    assert "grep -qP -e '^v1'" in step["step"]["script"][0]


def test_what_a_section_decides_is_not_asked() -> None:
    data, _ = _made("language: shell\nscript: make\nif: type = pull_request\n")
    assert list(data["pipelines"]) == ["pull-requests"]
    (step,) = data["pipelines"]["pull-requests"]["**"]
    assert "exit 0" not in step["step"]["script"][0]


def test_tolerated_failures() -> None:
    text = "language: shell\nscript: make\nenv: [A=1, A=2]\njobs: {allow_failures: [{env: A=2}]}\n"
    (group,) = _made(text)[0]["pipelines"]["default"]
    assert [one["step"].get("on-fail") for one in group["parallel"]] == [None, {"strategy": "ignore"}]


def test_what_nobody_tells_is_a_task() -> None:
    assert _made("language: shell\nscript: make\nif: sender = bot\n")[1] != []


def test_arm_is_there_in_the_cloud_and_other_processors_are_not() -> None:
    data, _ = _made("language: shell\nscript: make\narch: [arm64, s390x]\n")
    arm, other = [one["step"] for one in data["definitions"]["steps"]]
    assert arm["runtime"] == {"cloud": {"arch": "arm"}}
    assert "runs-on" not in arm
    assert other["runs-on"] == ["self.hosted", "s390x"]
