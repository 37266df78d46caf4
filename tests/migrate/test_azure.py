"""What is Azure's own: conditions as functions, the gate, filters of triggers, secrets that a run may not get."""

import json
import re
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from tests.migrate.sampling import recorded
from tests.plan.plans import normal
from travistool.document.plain import load_plain
from travistool.migrate.azure.conditions import Gate, written
from travistool.migrate.azure.evaluate import condition_holds
from travistool.migrate.azure.jobs import composed, job
from travistool.migrate.azure.pipeline import TARGET
from travistool.migrate.conditions import residual
from travistool.migrate.migrate import migrate, prepare
from travistool.migrate.tasks import Tasks
from travistool.migrate.verify import sample_events, verify
from travistool.plan.decide import decide

JOB: dict[str, Any] = {"os": "linux", "language": "go"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("type = pull_request", "eq(variables['Build.Reason'], 'PullRequest')"),
        ("type != push", "not(in(variables['Build.Reason'], 'IndividualCI', 'BatchedCI'))"),
        ("tag IS present", "startsWith(variables['Build.SourceBranch'], 'refs/tags/')"),
        ('tag = "it\'s"', "eq(variables['Build.SourceBranch'], 'refs/tags/it''s')"),
        ("tag =~ /^v/", "eq(stageDependencies.gate.gate.outputs['ask.tag_1'], 'true')"),
    ],
)
def test_conditions(text: str, expected: str) -> None:
    assert written(residual(text, JOB), Gate(), Tasks()) == expected


def made(text: str) -> dict[str, Any]:
    config = normal(text)
    file = migrate(config, TARGET).files[0]
    assert TARGET.evaluator is not None
    assert [one for check in verify(config, TARGET.evaluator(file.text)) for one in check.differences] == []
    data = load_plain(file.text)
    assert isinstance(data, dict)
    return data


@pytest.mark.parametrize(
    "text",
    [
        "branch = master",
        "branch = v1.0.0",
        "branch != master AND NOT tag IS present",
        "branch =~ /^mas/ OR type IN (cron, api)",
        "head_repo = repo",
        "head_branch = feature OR tag = v1.0.0",
        "type = push AND (branch = feature OR tag =~ /^v1\\./)",
    ],
)
def test_conditions_hold_as_on_travis(text: str) -> None:
    assert TARGET.evaluator is not None
    config = normal(f"language: go\njobs: {{include: [{{name: a, if: '{text}'}}]}}\n")
    found = TARGET.evaluator(migrate(config, TARGET).files[0].text)
    for title, event in sample_events():
        assert bool(found(event)) == decide(text, None, JOB, event.data()).holds, title


def test_texts_compare_without_regard_to_case() -> None:
    assert condition_holds("and(succeeded(), eq(variables['a'], 'MAIN'))", {"variables['a']": "main"})
    with pytest.raises(ValueError, match="no function"):
        condition_holds("matches(variables['a'], 'x')", {})


def test_plain_branches_are_filters_and_patterns_are_not() -> None:
    plain = made("language: go\nbranches: {only: [main, dev]}\n")
    assert plain["trigger"] == {"branches": {"include": ["main", "dev"]}, "tags": {"include": ["main", "dev"]}}
    assert plain["schedules"][0]["branches"] == {"include": ["main", "dev"]}
    assert "condition" not in plain["jobs"][0]
    assert made("language: go\nbranches: {except: [old]}\n")["pr"] == {
        "branches": {"include": ["*"], "exclude": ["old"]}
    }
    pattern = made("language: go\nbranches: {only: [/^v/]}\n")
    assert pattern["trigger"]["branches"] == {"include": ["*"]}
    assert [stage["stage"] for stage in pattern["stages"]] == ["gate", "test"]


def test_a_secret_that_is_not_handed_over_is_unset() -> None:
    data = made("language: go\nenv: {global: [{TOKEN: {secure: 'c2VjcmV0'}}]}\n")
    (run,) = [step for step in data["jobs"][0]["steps"] if "bash" in step]
    assert run["env"] == {"TOKEN": "$(TOKEN)"}
    first = run["bash"].split("\n")[0]
    for value, left in (("$(TOKEN)", "none"), ("x", "x")):
        script = f"{first}\necho ${{TOKEN-none}}"
        ran = subprocess.run(["bash", "-c", script], env={"TOKEN": value}, capture_output=True, text=True, check=True)
        assert ran.stdout == f"{left}\n"


def test_root_is_asked_for_where_a_job_installs() -> None:
    assert made("language: go\ngo: '1.21'\n")["jobs"][0]["container"] == "golang:1.21"
    installs = made("language: go\ngo: '1.21'\naddons: {apt: {packages: [a]}}\n")["jobs"][0]["container"]
    assert installs == {"image": "golang:1.21", "options": "--user 0"}


def test_a_template_in_a_command_stays_text() -> None:
    data = made("language: generic\nscript: echo '${{ x }}'\n")
    (run,) = [step["bash"] for step in data["jobs"][0]["steps"] if "bash" in step]
    assert "echo '${{ '${{' }} x }}'" in run
    assert "echo '${{ x }}'" in TARGET.unescaped(run)


def test_what_no_branch_can_be_called_is_no_filter() -> None:
    assert "exclude" not in migrate(normal("script: make\nbranches: {except: ['-a -b']}\n"), TARGET).files[0].text


def _alone(group: dict[str, Any], resources: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the jobs that the legs of a matrix stand for, each as it would be written without one."""
    rest = {key: value for key, value in group.items() if key not in ("strategy", "job", "displayName")}
    every = [set(leg) for leg in group["strategy"]["matrix"].values()]
    some = set.union(*every) - set.intersection(*every)
    for leg in group["strategy"]["matrix"].values():
        title = re.sub(r"[^A-Za-z0-9]+", "-", leg["JOB_TITLE"]).strip("-")
        text = json.dumps(rest)
        for name, value in {**leg, "JOB_TITLE": title}.items():
            inner = json.dumps(value)[1:-1]
            text = text.replace(f"$({name})", inner).replace(f"$[ variables['{name}'] ]", inner)
        job_of_it = json.loads(text)
        for run in [step for step in job_of_it["steps"] if "bash" in step] if some else ():
            (names,) = re.findall(r"^for name in (.+?);", run["bash"])
            assert set(names.split()) == some
            run["bash"] = run["bash"].partition("\n")[2]
            run["env"] = {name: value for name, value in run["env"].items() if name in leg or name not in some}
            if not run["env"]:
                del run["env"]
        container = job_of_it.get("container")
        if isinstance(container, str) and container in resources:
            job_of_it["container"] = {key: resources[container][key] for key in ("image", "options")}
        yield job_of_it


@pytest.mark.migrate
def test_each_leg_is_the_job_that_its_row_would_have(whole: bool) -> None:
    """A property of recorded configs: a matrix says nothing more and nothing less than a job for each row."""
    groups = 0
    for one in recorded(whole):
        build = prepare(one.normal).build
        rows: dict[str, list[dict[str, Any]]] = {}
        for row in build.rows:
            rows.setdefault(row.title, []).append(composed([job(row, Tasks(), {})], {}))
        for file in migrate(one.normal, TARGET).files:
            data: Any = load_plain(file.text)
            resources = {name["container"]: name for name in data.get("resources", {}).get("containers", ())}
            for stage in data.get("stages") or [data]:
                for group in stage["jobs"]:
                    if "strategy" not in group:
                        continue
                    groups += 1
                    legs = group["strategy"]["matrix"].values()
                    for leg, made_of_it in zip(legs, _alone(group, resources), strict=True):
                        made_of_it.pop("condition", None)
                        made_of_it.pop("continueOnError", None)
                        assert made_of_it in rows[TARGET.unescaped(leg["JOB_TITLE"])], (one.path, leg)
    assert groups


@pytest.mark.parametrize(
    ("text", "legs"),
    [
        pytest.param("env: [A=1, A=2]", [["A=1", "A=2"]], id="values only"),
        pytest.param("env: [A=1, B=2]", [["A=1", "B=2"]], id="other names"),
        pytest.param("env: [A=1, a=2, B=2]", [["A=1", "B=2"]], id="names of two that Azure takes for one"),
        pytest.param("env: [PATH_OF=1, PATH_OF=2]", [], id="a name that Azure keeps"),
        pytest.param("env: [JOB_CACHE=1, JOB_CACHE=2]", [], id="a name of ours"),
        pytest.param("env: [A=1 a=2, A=3 a=4]", [], id="names that Azure takes for one"),
        pytest.param("env: [WHO=1, WHO=2]\nscript: echo $(who)", [], id="a command that Azure would fill in"),
        pytest.param("env: [A=1, A=2]\nscript: echo $(who)", [["A=1", "A=2"]], id="a command"),
        pytest.param("env: [\"A='$[x]'\", A=2]", [], id="a value that Azure would read"),
        pytest.param("env: [A=1, A=2, A=3]\njobs: {allow_failures: [{env: A=3}]}", [["A=1", "A=2"]], id="tolerated"),
    ],
)
def test_rows_share_a_job_where_they_differ_in_variables_only(text: str, legs: list[list[str]]) -> None:
    found = [one["strategy"]["matrix"] for one in made(f"language: go\n{text}\n")["jobs"] if "strategy" in one]
    assert [[leg["JOB_TITLE"] for leg in one.values()] for one in found] == legs


def test_a_leg_has_only_its_own_variables() -> None:
    (one,) = made("language: go\nenv: {global: [C=0], jobs: [A=1 X=9, B=2 X=9]}\n")["jobs"]
    legs = one["strategy"]["matrix"]
    assert [{name: leg[name] for name in leg if name != "JOB_TITLE"} for leg in legs.values()] == [
        {"A": "1"},
        {"B": "2"},
    ]
    (run,) = [step for step in one["steps"] if "bash" in step]
    assert run["env"] == {"C": "0", "A": "$(A)", "X": "9", "B": "$(B)"}
    script = f"{run['bash'].splitlines()[0]}\necho ${{A-none}} ${{B-none}}"
    for given, told in (({"A": "1", "B": "$(B)"}, "1 none"), ({"A": "$(A)", "B": "2"}, "none 2")):
        ran = subprocess.run(["bash", "-c", script], env=given, capture_output=True, text=True, check=True)
        assert ran.stdout == f"{told}\n"
