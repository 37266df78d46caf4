"""Recorded configs, migrated: nothing is lost, the rows are those of the plan, other projects' checkers agree."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.migrate.checkers import node
from tests.migrate.sampling import recorded
from travistool.cli.verifiers import SCHEMAS
from travistool.document.plain import load_plain
from travistool.migrate.conditions import FALSE
from travistool.migrate.migrate import migrate, migrate_to, prepare
from travistool.migrate.target import Target, together
from travistool.migrate.targets import TARGETS
from travistool.migrate.tasks import KINDS
from travistool.migrate.verify import verify
from travistool.plan.phases import PHASES

pytestmark = pytest.mark.migrate

_OF_DEPLOYMENTS = ("before_deploy", "after_deploy")
_BLANK = re.compile(r"\s+")


@pytest.mark.parametrize("target", [one for one in TARGETS if one.evaluator], ids=lambda one: one.name)
def test_rows_are_equal(target: Target, whole: bool) -> None:
    """Every event starts the same rows, but where a task says that it cannot; these are 5% of the files at most."""
    total, excused, kinds = 0, 0, Counter[str]()
    different = {}
    for one in recorded(whole):
        made = migrate(one.normal, target)
        if not made.files:
            continue
        total += 1
        kinds.update({task.kind for task in made.tasks})
        assert target.evaluator is not None
        found = [
            item for check in verify(one.normal, target.evaluator(together(made.files))) for item in check.differences
        ]
        if any(task.changes_rows for task in made.tasks):
            excused += 1
        elif found:
            different[one.path] = found[:3]
    print(
        f"migrate: {target.name}: {total} files, {excused} with a task that changes rows, tasks by kind {dict(kinds)}"
    )
    assert different == {}
    assert excused <= 0.05 * total


@pytest.mark.parametrize("target", TARGETS, ids=lambda one: one.name)
def test_no_command_is_lost(target: Target, whole: bool) -> None:
    """Each command of the config stands in the output, but for those around deployments that a task tells about."""
    total, missing, unexplained = 0, Counter[str](), []
    for one in recorded(whole):
        prepared = prepare(one.normal)
        rows = prepared.build.rows
        made = migrate_to(target, prepared)
        if not made.files:
            continue
        texts = "\n".join(_readable(file.path, file.text) for file in made.files if file.has_jobs)
        output = _BLANK.sub("", target.unescaped(texts))
        for row in rows:
            if row.when == FALSE:
                continue
            for phase in PHASES:
                block = row.blocks.get(phase)
                if block is None or (phase in _OF_DEPLOYMENTS and not row.deployments):
                    continue
                for command in block.commands:
                    total += 1
                    if _BLANK.sub("", command) not in output:
                        missing[f"{one.path}: {command[:80]}"] += 1
                        told = phase in _OF_DEPLOYMENTS and any(task.kind == "deployment" for task in made.tasks)
                        unexplained += [] if told else [f"{one.path}: {command[:80]}"]
    assert total
    print(f"migrate: {target.name}: {total} commands, {sum(missing.values())} not in the output")
    assert unexplained == []
    assert sum(missing.values()) <= 0.02 * total, missing.most_common(10)
    assert all(task.kind in KINDS for task in made.tasks)


def _readable(path: str, text: str) -> str:
    """Return what a file says, without what its language puts in front of special signs."""
    if path == "Jenkinsfile":
        return text.replace("''', '''", "").replace("\\'", "'").replace("\\\\", "\\")
    return _texts(text)


def _texts(text: str) -> str:
    """Return all texts of a file, as a reader of it has them."""
    found: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            for key, item in value.items():
                found.append(str(key))
                walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)
        else:
            found.append(str(value))

    walk(load_plain(text))
    return "\n".join(found)


@pytest.fixture(scope="module")
def workflows(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """Return a folder with the workflows of the sample."""
    folder = tmp_path_factory.mktemp("workflows")
    (target,) = (one for one in TARGETS if one.name == "github")
    for number, one in enumerate(recorded(bool(request.config.getoption("--whole-corpus")))):
        made = migrate(one.normal, target)
        for file in made.files:
            (folder / f"{number:05}.yml").write_text(file.text, encoding="utf-8")
    return folder


def _run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    files = sorted(path.name for path in folder.glob("*.yml"))
    return subprocess.run([*command, *files], cwd=folder, capture_output=True, text=True, check=False)


def _beside_python(name: str) -> str:
    return str(Path(sys.executable).parent / name)


@pytest.mark.parametrize(
    "target", [one for one in TARGETS if one.name != "github" and one.name in SCHEMAS], ids=lambda one: one.name
)
def test_the_target_s_schema_agrees(target: Target, tmp_path: Path, whole: bool) -> None:
    for number, one in enumerate(recorded(whole)):
        for place, file in enumerate(one for one in migrate(one.normal, target).files if one.has_jobs):
            (tmp_path / f"{number:05}-{place}.yml").write_text(file.text, encoding="utf-8")
    ran = _run(tmp_path, sys.executable, "-m", "check_jsonschema", "--builtin-schema", *SCHEMAS[target.name])
    assert ran.returncode == 0, ran.stdout[-2000:]


@pytest.mark.parametrize("name", ["gitlab", "bitbucket", "woodpecker"])
def test_bash_reads_whole_scripts(name: str, whole: bool) -> None:
    (target,) = (one for one in TARGETS if one.name == name)
    broken = []
    for one in recorded(whole):
        for file in migrate(one.normal, target).files:
            broken += [(one.path, text[:200]) for text in _scripts(load_plain(file.text)) if not _is_read(text)]
    assert broken == []


def _scripts(data: Any) -> Iterator[str]:
    """Yield the scripts of jobs and steps anywhere in a file, each as the shell gets it."""
    if isinstance(data, dict):
        for key in ("script", "commands"):
            lines = data.get(key)
            if isinstance(lines, list) and all(isinstance(line, str) for line in lines):
                yield "\n".join(lines).replace("$${", "${")
    for item in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _scripts(item)


def _is_read(text: str) -> bool:
    ran = subprocess.run(["bash", "-n"], input=text, text=True, capture_output=True, check=False)
    return ran.returncode == 0


def test_actionlint_agrees(workflows: Path) -> None:
    ran = _run(workflows, _beside_python("actionlint"), "-shellcheck=", "-pyflakes=", "-no-color", "-oneline")
    assert ran.stdout == ""
    assert ran.returncode == 0


def test_github_s_own_parser_agrees(workflows: Path) -> None:
    """It also knows expressions, and whether the graph of jobs has an end."""
    found = _parsed(sorted(workflows.glob("*.yml")))
    assert [(name, one["errors"]) for name, one in found.items() if one["errors"] or not one["jobs"]] == []


def test_github_s_own_parser_finds_mistakes(tmp_path: Path) -> None:
    good = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo ${{ github.sha }}\n"
    broken = {
        "key": ("runs-on", "runs_on"),
        "context": ("github.sha", "githab.sha"),
        "expression": ("github.sha", "github.sha ||"),
        "graph": ("    runs-on: x\n", "    runs-on: x\n    needs: b\n"),
    }
    paths = {"good": tmp_path / "good.yml"}
    paths["good"].write_text(good, encoding="utf-8")
    for name, (old, new) in broken.items():
        paths[name] = tmp_path / f"{name}.yml"
        paths[name].write_text(good.replace(old, new), encoding="utf-8")
    found = _parsed(list(paths.values()))
    assert [name for name, path in paths.items() if found[str(path)]["errors"]] == list(broken)


def _parsed(paths: Sequence[Path]) -> dict[str, Any]:
    """Return what GitHub's own parser says of workflows, by their paths."""
    found: dict[str, Any] = json.loads(node("workflows.mjs", *map(str, paths), package="@actions/workflow-parser"))
    return found


def test_the_schema_agrees(workflows: Path) -> None:
    ran = _run(workflows, sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows")
    assert ran.returncode == 0, ran.stdout[-2000:]


def test_zizmor_finds_no_injection_and_no_excess(workflows: Path) -> None:
    ran = _run(workflows, _beside_python("zizmor"), "--offline", "--format", "json", "--no-exit-codes", "--collect=all")
    found = [one["ident"] for one in json.loads(ran.stdout)]
    assert [name for name in found if name in ("template-injection", "excessive-permissions")] == []


def test_bash_reads_the_scripts(workflows: Path) -> None:
    """What Bash could read as commands of their own, it can read as one script."""
    broken = []
    for path in sorted(workflows.glob("*.yml")):
        data: Any = load_plain(path.read_text(encoding="utf-8"))
        for name, job in data["jobs"].items():
            for step in job["steps"]:
                text = step.get("run")
                if (
                    text
                    and subprocess.run(
                        ["bash", "-n"], input=text, text=True, capture_output=True, check=False
                    ).returncode
                ):
                    broken.append((path.name, name, step.get("name")))
    assert broken == []
