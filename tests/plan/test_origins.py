from tests.plan.plans import origins, plan


def test_where_the_values_of_a_job_are_from() -> None:
    text = """
language: python
os: [linux]
python: ['3.8', '3.9']
install: make
env:
  global: G=1
  jobs: [A=1]
jobs:
  include:
  - {name: x, stage: deploy, script: a}
  - name: y
  allow_failures:
  - name: y
"""
    first, _, x, y = plan(text).jobs
    assert origins(first) == {
        "language": ("root", "python"),
        "os": ("axis", "linux"),
        "python": ("axis", "'3.8'"),
        "install": ("root", "make"),
        "dist": ("default", None),
        "env": ("axis", "A=1"),
        "stage": ("default", None),
    }
    assert origins(x)["python"] == ("inherited", "'3.8'")
    assert origins(x)["script"] == ("include", "a")
    assert origins(x)["env"] == ("inherited", "A=1")
    assert origins(y)["stage"] == ("inherited", "deploy")
    assert origins(y)["allow_failure"] == ("tolerance", "name: y")


def test_variables() -> None:
    (job,) = plan("env:\n  global:\n  - G: 1\n    H: 2\n  - secure: aGk=\n  jobs: [A=1 B=2]").jobs
    found = [(name, value, origin.kind, origin.span and origin.span.text) for name, value, origin in job.variables()]
    assert found == [
        ("G", "1", "root", "1"),
        ("H", "2", "root", "2"),
        ("", {"secure": "aGk="}, "root", "secure: aGk="),
        ("A", "1", "axis", "A=1 B=2"),
        ("B", "2", "axis", "A=1 B=2"),
    ]


def test_defaults_that_nobody_wrote() -> None:
    (job,) = plan("script: a").jobs
    assert origins(job) == {
        "language": ("default", None),
        "os": ("default", None),
        "dist": ("default", None),
        "script": ("root", "a"),
    }


def test_the_decision_about_a_job() -> None:
    (job,) = plan("jobs:\n  include:\n  - if: branch = master").jobs
    assert job.condition.holds
    assert job.condition.condition == "branch = master"
    assert job.condition.span is not None
    assert job.condition.span.text == "branch = master"
