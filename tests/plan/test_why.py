"""Decisions: what happens or not, with the deciding condition, the values it saw, and the place."""

from typing import Any

from travistool.plan.expand import expand
from travistool.plan.imports import gather
from travistool.plan.model import Event
from travistool.plan.starts import starts
from travistool.plan.trace import trace
from travistool.plan.why import Why, why
from travistool.source import Source

TEXT = """\
python: ['3.8', '3.9']
import:
- source: a.yml
  if: branch = dev
- b.yml
stages: [lint, test, {name: deploy, if: tag IS present}]
jobs:
  include:
  - {name: x, if: type = cron OR fork = true}
  - {stage: deploy, name: y, deploy: pypi}
  exclude:
  - python: '3.8'
  - python: '2.7'
  - python: '3.9'
    if: branch = dev
  allow_failures:
  - python: '3.9'
  - name: nothing
notifications:
  email: false
  slack: {rooms: 'a:b', if: branch = dev}
  irc: x
deploy: {provider: script, script: x}
"""


class Files:
    def read(self, repo: str, path: str, ref: str | None) -> str | None:
        assert (repo, ref) == ("acme/demo", None)
        return "script: b\n" if path in ("a.yml", "b.yml") else None

    def default_branch(self, repo: str) -> str:
        return f"default of {repo}"


def decisions(text: str = TEXT, **event: Any) -> list[Why]:
    made = Event(repo="acme/demo", **event)
    request = gather(Source(".travis.yml", text), Files(), made)
    assert request.normal is not None
    return list(why(request, expand(request.normal, made), starts(request.normal, made)))


def short(found: list[Why], kind: str) -> list[tuple[str, str, str, str | None]]:
    return [
        (one.what, one.answer, one.because, one.span.text if one.span else None) for one in found if one.kind == kind
    ]


def test_every_kind() -> None:
    found = decisions("language: python\n" + TEXT)
    assert short(found, "build") == [("the build", "yes", "nothing keeps the branch 'master' from being built", None)]
    assert short(found, "import") == [
        ("a.yml", "no", "its condition does not hold", "branch = dev"),
        ("b.yml", "yes", "it has no condition", "b.yml"),
    ]
    assert short(found, "stage") == [
        ("test", "yes", "it has 1 job", "test"),
        ("lint", "no", "it has no jobs", "lint"),
        ("deploy", "no", "its condition does not hold", "tag IS present"),
    ]
    assert [row[:2] for row in short(found, "job")] == [
        ("1.1", "yes"),
        ("python: 3.8", "no"),
        ("x", "no"),
        ("y", "no"),
    ]
    assert short(found, "exclude") == [
        ("rule 1", "yes", "it fits 3 jobs: python: 3.8; x; y", "python: '3.8'"),
        ("rule 2", "no", "it fits no job", "python: '2.7'"),
        ("rule 3", "no", "its condition holds for no job", "branch = dev"),
    ]
    assert short(found, "allow_failure") == [
        ("rule 1", "yes", "it fits 1 job: 1.1", "python: '3.9'"),
        ("rule 2", "no", "it fits no job", "name: nothing"),
    ]
    assert short(found, "notification") == [
        ("email", "no", "it is turned off", "false"),
        ("slack", "no", "its condition does not hold", "branch = dev"),
        ("irc", "yes", "it has no condition", "x"),
    ]
    assert [row[:2] for row in short(found, "deployment")] == [("script of job 1.1", "yes")]


def test_the_kinds_come_in_the_order_of_deciding() -> None:
    kinds = list(dict.fromkeys(one.kind for one in decisions("language: python\n" + TEXT)))
    assert kinds == ["build", "import", "stage", "job", "exclude", "allow_failure", "notification", "deployment"]


def test_pull_requests_are_silent() -> None:
    text = "notifications:\n  email: a@b.c\n  irc: x\n  slack: {rooms: 'a:b', on_pull_requests: false}\n  webhooks: http://x\n"
    found = decisions(text, type="pull_request")
    assert [row[:2] for row in short(found, "notification")] == [
        ("email", "no"),
        ("irc", "no"),
        ("slack", "no"),
        ("webhooks", "yes"),
    ]


def test_the_config_s_own_condition() -> None:
    found = decisions("if: branch = dev\nscript: a\n")
    (build,) = [one for one in found if one.kind == "build"]
    assert (build.answer, build.condition, build.span and build.span.first().line) == ("no", "branch = dev", 1)
    assert build.terms[0].saw == (("branch", "master"),)
    (build, *_) = decisions("if: branch = master\nscript: a\n")
    assert (build.answer, build.because) == ("yes", "the config's condition holds")


def test_jobs_say_who_asked_for_them() -> None:
    found = decisions("jobs:\n  include:\n  - {name: a}\n  - {name: b, if: type = push}\n")
    assert [row[:3] for row in short(found, "job")] == [
        ("1.1 a", "yes", "it is an entry of jobs.include without a condition"),
        ("1.2 b", "yes", "its condition holds"),
    ]


def test_own_tolerance() -> None:
    found = decisions("jobs:\n  include:\n  - {name: a, allow_failure: true}\n  - {name: b}\n")
    assert [row[1:3] for row in short(found, "allow_failure")] == [("yes", "the job itself says allow_failure")]


def parts(condition: str, config: dict[str, Any] | None = None, **data: Any) -> list[tuple[str, bool, dict[str, Any]]]:
    return [(term.text, term.holds, dict(term.saw)) for term in trace(condition, config or {}, data)]


def test_and_names_the_first_that_fails() -> None:
    assert parts("branch = a AND type = push AND fork", branch="a", type="cron") == [
        ("type = push", False, {"type": "cron"})
    ]


def test_or_names_the_first_that_holds() -> None:
    assert parts("branch = x OR type = push", branch="a", type="push") == [("type = push", True, {"type": "push"})]


def test_all_parts_where_all_count() -> None:
    assert [row[0] for row in parts("branch = a AND type = push", branch="a", type="push")] == [
        "branch = a",
        "type = push",
    ]
    assert [row[1] for row in parts("branch = b OR type = api", branch="a", type="push")] == [False, False]


def test_not_names_what_is_inside() -> None:
    assert parts("NOT (branch = a)", branch="a") == [("branch = a", True, {"branch": "a"})]


def test_values_of_variables_and_calls() -> None:
    config = {"env": [{"A": "1"}]}
    assert parts("env(A) = 1", config) == [("env(A) = 1", True, {"env(A)": "1"})]
    assert parts("concat(branch, env(B)) = x", config, branch="x") == [
        ("concat(branch, env(B)) = x", True, {"branch": "x", "env(B)": None})
    ]
    assert parts("branch =~ env(A) OR type IN (push, env(A))", config, type="push")[0][2] == {
        "type": "push",
        "env(A)": "1",
    }


def test_what_cannot_be_read_has_no_parts() -> None:
    assert parts("$branch = x") == []
    assert parts("branch =~ /(/", branch="x") == []
