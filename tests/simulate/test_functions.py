"""A script has the functions that it needs, and those that configs may call."""

import re

import pytest

from tests.plan.plans import plan
from travistool.plan.model import Event
from travistool.simulate.script.compile import compile_job
from travistool.simulate.script.facts import BESIDE, HERE, Build, Means
from travistool.simulate.script.functions import functions, paragraphs

DEFINED = re.compile(r"^(\w+)\(\) \{", re.MULTILINE)
PUBLIC = [name for one in paragraphs() if one.is_public for name in DEFINED.findall(one.text)]
OWN = [name for one in paragraphs() for name in DEFINED.findall(one.text) if name.startswith("_")]

CONFIGS = [
    pytest.param("language: shell\nscript: make\n", id="nothing special"),
    pytest.param("language: python\ncache: pip\ndeploy:\n  provider: pypi\n", id="cache and deployment"),
    pytest.param("language: shell\ndeploy:\n  provider: script\n  script: a\n  on: {condition: a}\n", id="script"),
    pytest.param("language: shell\nworkspaces: {create: {name: a, paths: [a]}, use: [b]}\n", id="workspaces"),
]


def test_paragraphs_hold_one_function_of_our_own() -> None:
    counts = [len(DEFINED.findall(one.text)) for one in paragraphs() if one.name.startswith("_")]
    assert counts == [1] * len(OWN)
    assert {"_job_dpl", "_job_setup", "_job_note"} <= set(OWN)


@pytest.mark.parametrize("config", CONFIGS)
@pytest.mark.parametrize(
    "means", [Means(), BESIDE, HERE, HERE._replace(deploy="all")], ids=["all", "box", "host", "dpl"]
)
def test_what_is_called_is_defined(config: str, means: Means) -> None:
    build = Build(event=Event(branch="main"))
    text = compile_job(plan(config, branch="main").jobs[0], build, means).text
    defined = DEFINED.findall(text)
    code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    assert [name for name in OWN if re.search(rf"\b{name}\b", code) and name not in defined] == []
    assert [name for name in PUBLIC if name not in defined] == []
    assert sorted(set(defined)) == sorted(defined)


def test_what_nobody_needs_is_left_out() -> None:
    found = functions("travis_cmd true")
    assert "_job_dpl" not in found
    assert "Deploying" not in found
    assert found.startswith("# What every job's shell has.")
    assert DEFINED.findall(functions("_job_virtualenv x"))[-2:] == ["_job_make_virtualenv", "_job_virtualenv"]
