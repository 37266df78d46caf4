"""What an audit tells of one config."""

import json

import pytest

from tests.audit.samples import CONFIGS, SECRET, row
from travistool.audit import examine
from travistool.audit.row import STATES
from travistool.migrate.targets import TARGETS

NAMES = tuple(one.name for one in TARGETS)


def test_a_whole_row() -> None:
    assert row(CONFIGS["services"], "github") == {
        "path": "demo/.travis.yml",
        "problem": "",
        "imports": False,
        "lint": {"errors": 0, "warnings": 1, "infos": 0, "rules": {"damaged-encrypted-value": 1}},
        "plan": {
            "jobs": 1,
            "stages": 0,
            "languages": ["ruby"],
            "os": ["linux"],
            "services": ["docker", "redis"],
            "providers": [],
        },
        "targets": [
            {
                "target": "github",
                "state": "values",
                "why": "",
                "files": 1,
                "tasks": {"secret": 1, "setting": 1},
                "changes_rows": 0,
                "equal": None,
            }
        ],
        "crashes": [],
    }


def test_stages_systems_and_deployments() -> None:
    plan = row(CONFIGS["stages"])["plan"]
    assert plan is not None
    assert (plan["jobs"], plan["stages"], plan["os"], plan["providers"]) == (2, 2, ["linux", "osx"], ["pypi"])


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        pytest.param("broken", "line 1: this '[' is never closed, ']' is missing", id="not YAML"),
        pytest.param("condition", "line 1: the condition cannot be read", id="condition"),
        pytest.param("crowd", "line 2: the build has 225 jobs (15 python × 15 env), Travis", id="too many jobs"),
        pytest.param("none", "no job is left", id="no job"),
    ],
)
def test_why_there_is_no_build(name: str, problem: str) -> None:
    found = row(CONFIGS[name], *NAMES)
    assert found["problem"].startswith(problem)
    assert found["plan"] is None
    assert {(one["state"], one["why"]) for one in found["targets"]} == {("stopped", found["problem"])}
    assert found["lint"] is not None


def test_a_build_of_too_many_jobs_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """That of ten thousand jobs takes minutes, for nothing."""
    monkeypatch.delattr(examine, "prepare")
    found = row(CONFIGS["crowd"], *NAMES)
    assert found["crashes"] == []
    assert row(CONFIGS["simple"], *NAMES)["crashes"][0]["step"] == "expand"


def test_too_many_jobs_for_all_events_together_are_not_too_many_for_one() -> None:
    versions = ", ".join(str(number) for number in range(150))
    entries = "".join(f"    - {{script: s{number}, if: type = cron}}\n" for number in range(100))
    found = row(f"language: python\npython: [{versions}]\njobs:\n  include:\n{entries}", "github")
    assert found["problem"] == ""
    assert found["plan"] is not None
    assert found["plan"]["jobs"] == 250


def test_the_question_stops_targets_only() -> None:
    found = row(CONFIGS["both"], "github", "gitlab")
    assert found["plan"] is not None
    assert [one["state"] for one in found["targets"]] == ["stopped", "stopped"]
    assert "--as-travis" in found["targets"][0]["why"]
    assert [one["state"] for one in row(CONFIGS["both"], "github", as_travis=True)["targets"]] == ["values"]


def test_what_no_event_starts_is_not_migrated() -> None:
    (made,) = row("if: os = windows\nos: linux\nscript: x\n", "github")["targets"]
    assert (made["state"], made["why"]) == ("stopped", "no job can ever run")


@pytest.mark.parametrize("name", CONFIGS)
def test_every_target_says_what_comes_of_it(name: str) -> None:
    found = row(CONFIGS[name], *NAMES)
    assert [one["target"] for one in found["targets"]] == list(NAMES)
    assert {one["state"] for one in found["targets"]} <= set(STATES) - {"crashed"}
    assert found["crashes"] == []


def test_what_is_imported_counts() -> None:
    found = row("import: ./ci.yml\nscript: x\n", "github")
    assert found["imports"]
    assert found["plan"] is not None
    assert found["plan"]["languages"] == ["rust"]
    missing = row("import: ./other.yml\nscript: x\n", "github")
    assert "other.yml" in missing["problem"]


def test_verified() -> None:
    made = row(CONFIGS["stages"], *NAMES, verify=True)["targets"]
    assert {one["equal"] for one in made} == {True}


def test_no_secret_comes_out() -> None:
    found = row(CONFIGS["secret"], *NAMES, verify=True)
    assert SECRET not in json.dumps(found)
    assert found["plan"] is not None
    assert found["plan"]["services"] == ["other"]
    broken = row(f"env: [TOKEN={SECRET}\n", "github")
    assert broken["problem"]
    assert SECRET not in json.dumps(broken)


@pytest.mark.parametrize(
    ("step", "name"), [("lint", "lint"), ("expand", "prepare"), ("github", "migrate_to"), ("gitlab", "migrate_to")]
)
def test_a_crash_is_named_and_nothing_else_is_lost(step: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = getattr(examine, name)

    def crash(*given: object, **named: object) -> object:
        if name != "migrate_to" or getattr(given[0], "name", "") == step:
            message = f"about {SECRET}"
            raise KeyError(message)
        return real(*given, **named)

    monkeypatch.setattr(examine, name, crash)
    found = row(CONFIGS["simple"], "github", "gitlab")
    assert [one["step"] for one in found["crashes"]] == [step]
    assert found["crashes"][0]["error"].startswith("KeyError at travistool/audit/examine.py:")
    assert SECRET not in json.dumps(found)
    states = {one["target"]: one["state"] for one in found["targets"]}
    assert states == {
        "github": "crashed" if step in ("expand", "github") else "values",
        "gitlab": "crashed" if step in ("expand", "gitlab") else "values",
    }
    assert (found["lint"] is None) == (step == "lint")
