"""Decisions: what happens or not, with the deciding condition, the values it saw, and the place."""

from typing import Any

import pytest

from travistool.plan.expand import expand
from travistool.plan.imports import gather
from travistool.plan.model import Event
from travistool.plan.starts import starts
from travistool.plan.trace import missing, trace
from travistool.plan.why import Why, grouped, why
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
        ("Test", "yes", "it has 1 job", "test"),
        ("Lint", "no", "it has no jobs", "lint"),
        ("Deploy", "no", "its condition does not hold", "tag IS present"),
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


@pytest.mark.parametrize(
    ("kind", "answer", "because"),
    [
        ("email: {on_success: never, on_failure: never}", "no", "never sent: on_success and on_failure are never"),
        ("slack: {rooms: 'a:b', on_success: never, on_failure: never}", "no", "never sent: on_success and on_failure"),
        ("email: {on_success: never}", "yes", "it has no condition, on_success is never"),
        (
            "email: {on_success: change, on_failure: never, if: type = push}",
            "yes",
            "its condition holds, on_success is change, on_failure is never",
        ),
        (
            "webhooks: {urls: 'http://x', on_success: never, on_failure: never}",
            "yes",
            "it has no condition, on_success is never, on_failure is never",
        ),
        (
            "webhooks: {urls: 'http://x', on_success: never, on_failure: never, on_cancel: never, on_error: never}",
            "no",
            "never sent",
        ),
    ],
)
def test_results_that_are_told(kind: str, answer: str, because: str) -> None:
    ((_, found, reason, _),) = short(decisions(f"notifications:\n  {kind}\n"), "notification")
    assert found == answer
    assert reason.startswith(because)


def test_a_rule_that_does_not_apply_is_one_entry() -> None:
    text = "language: python\npython: ['3.8', '3.9']\njobs:\n  allow_failures:\n  - os: linux\n    if: branch = dev\n"
    found = short(decisions("os: linux\n" + text), "allow_failure")
    assert found == [("rule 1", "no", "its condition holds for no job", "branch = dev")]


def test_a_rule_that_others_make_needless_says_so() -> None:
    rules = "  - python: '3.9'\n  - {python: '3.9', os: linux}\n"
    text = f"language: python\npython: ['3.8', '3.9']\njobs:\n  allow_failures:\n{rules}"
    assert short(decisions(text), "allow_failure") == [
        ("rule 1", "no", "other rules mark all jobs that it fits", "python: '3.9'"),
        ("rule 2", "yes", "it fits 1 job: 1.2", "{python: '3.9', os: linux}"),
    ]


def test_a_stage_is_where_it_is_listed_or_named_first() -> None:
    listed = "language: shell\nstages: [{name: b, if: branch = x}, c]\n"
    found = decisions(f"{listed}jobs: {{include: [{{stage: a, script: x}}, {{stage: c, script: x}}]}}")
    assert short(found, "stage") == [
        ("C", "yes", "it has 1 job", "c"),
        ("A", "yes", "it has 1 job", "a"),
        ("B", "no", "its condition does not hold", "branch = x"),
    ]
    assert next(one.span.start for one in found if one.kind == "stage" and one.span) == listed.index("c]")


def test_deployments_of_several_jobs_are_one_entry() -> None:
    jobs = "".join(f"  - name: {name}\n" for name in "abcde")
    found = decisions(f"deploy: {{provider: pypi}}\njobs:\n  include:\n{jobs}")
    assert len(short(found, "deployment")) == 5
    assert [row[0] for row in short(grouped(found), "deployment")] == ["pypi in jobs 1.1, 1.2, 1.3 (and 2 more)"]
    found = decisions("deploy: {provider: pypi}\nscript: x\n")
    assert [row[0] for row in short(grouped(found), "deployment")] == ["pypi of job 1.1"]


def test_names_of_stages() -> None:
    found = decisions("stages: [unit tests]\njobs:\n  include:\n  - {stage: Unit Tests, script: x}\n")
    assert [row[0] for row in short(found, "stage")] == ["Unit tests"]
    found = decisions("stages: [unit]\nscript: x\n")
    assert [row[0] for row in short(found, "stage")] == ["Test", "Unit"]


@pytest.mark.parametrize(
    ("condition", "hint"),
    [
        ("BRANCH = master", "compares two constants: BRANCH is no attribute, did you mean branch?"),
        ("a = b", "compares two constants"),
        ("BRANCH =~ ^x$", "asks about a constant: BRANCH is no attribute, did you mean branch?"),
        ("branch =~ '^x$'", "a quoted pattern is literal text: write branch =~ ^x$"),
        ('branch !~ "^x$"', "a quoted pattern is literal text: write branch !~ ^x$"),
        ('tag = ""', "write tag IS blank"),
        ('tag != ""', "write tag IS present"),
        ("branch = master", ""),
        ("branch =~ ^x$", ""),
    ],
)
def test_hints(condition: str, hint: str) -> None:
    assert [term.hint for term in trace(condition, {}, {"branch": "x"})] == [hint]


def test_options_that_give_an_attribute() -> None:
    assert missing("sender", {"type": "push"}) == "--sender"
    assert missing("env(KEY)", {"type": "push"}) == "--settings-env KEY=..."
    assert missing("head_branch", {"type": "pull_request"}) == "--head-branch"
    assert missing("head_branch", {"type": "push"}) == missing("tag", {"type": "push"}) == ""
