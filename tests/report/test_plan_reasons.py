"""Views of a plan: events without a build, missing attributes, stages, and deployments that never happen."""

from tests.plan.plans import normal
from travistool.plan.expand import expand
from travistool.plan.imports import gather
from travistool.plan.model import Event
from travistool.plan.starts import starts
from travistool.report import events_table, plan_html, plan_job, plan_mermaid, plan_table, plan_tree, plan_why
from travistool.report.layout import Style
from travistool.report.masking import Mask
from travistool.report.plan_view import PlanView
from travistool.source import Source

STYLE = Style(width=200)
PUSH, TAG, PULL = Event(), Event(branch="v1", tag="v1"), Event(type="pull_request")


class Files:
    def read(self, repo: str, path: str, ref: str | None) -> str | None:
        raise AssertionError(repo, path, ref)

    def default_branch(self, repo: str) -> str:
        raise AssertionError(repo)


def view(text: str, event: Event = PUSH) -> PlanView:
    found = normal(text)
    request = gather(Source("a.yml", text), Files(), event)
    return PlanView(".travis.yml", request, expand(found, event), starts(found, event), Mask(()))


def table(text: str) -> str:
    columns = [("push", view(text)), ("tag", view(text, TAG))]
    return events_table.text(columns[0][1], columns, STYLE)


def test_sections_without_a_build() -> None:
    text = "branches: {only: dev}\nlanguage: shell\nscript: x\ndeploy: {provider: pypi}\n"
    lines = plan_why.text(view(text), STYLE).splitlines()
    assert lines[lines.index("Build") + 1].startswith("✘ the build")
    for title in ("Jobs", "Deployments"):
        assert lines[lines.index(title) + 1] == "what would be if the build started:"
    assert "would be" not in plan_why.text(view(text, Event(branch="dev")), STYLE)


def test_deployments_of_several_jobs() -> None:
    found = plan_why.text(view("language: shell\nenv: [A=1, A=2]\ndeploy: {provider: pypi}\n"), STYLE)
    assert found.count("pypi") == 1
    assert "pypi in jobs 1.1, 1.2: the branch is 'master'" in found


def test_attributes_that_were_not_given() -> None:
    found = plan_why.text(view("jobs:\n  include:\n  - {name: a, if: sender != dev AND tag IS blank}\n"), STYLE)
    assert "sender is not given (--sender)" in found
    assert "tag is not there" in found


def test_hints() -> None:
    found = plan_why.text(view("jobs:\n  include:\n  - {name: a, if: BRANCH != x}\n"), STYLE)
    assert "compares two constants: BRANCH is no attribute, did you mean branch?" in found


def test_deployments_that_never_happen() -> None:
    text = "branches: {only: master}\nlanguage: shell\nenv: [A=1, A=2]\ndeploy: {provider: pypi, on: {tags: true}}\n"
    found = table(text)
    assert "deploys pypi" not in found
    because = "no build for tag: branches.only has nothing that fits the tag 'v1'"
    assert f"Deployments that never happen here:\n  pypi in 2 jobs: {because}\n" in found
    found = table("language: shell\nenv: [A=1, A=2]\ndeploy: {provider: pypi, on: dev}\n")
    assert "\n  pypi in 2 jobs: on.branch is 'dev', the branch is 'master'\n" in found
    found = table(
        "language: python\npython: ['3.7', '3.8', '3.9']\ndeploy: {provider: pypi, on: {branch: master, python: 2}}\n"
    )
    reasons = "; ".join(f"on.python is '2', the job has '{version}'" for version in ("3.7", "3.8"))
    assert f"\n  pypi in 3 jobs: {reasons}; and 1 more reason\n" in found
    assert "never happen" not in table("language: shell\ndeploy: {provider: pypi, on: {tags: true}}\n")


def test_names_of_stages() -> None:
    text = "stages: [unit tests]\njobs:\n  include:\n  - {stage: UNIT Tests, script: x}\n"
    made = view(text)
    shown = (
        plan_tree.text(made, STYLE),
        plan_job.text(made, made.plan.jobs[0], STYLE),
        plan_why.text(made, STYLE),
        table(text),
    )
    for one in shown:
        assert "Unit tests" in one
    assert "(stage Unit tests)" in shown[1]
    assert "stage Unit tests: it has no jobs" in plan_tree.text(view("script: x\nstages: [unit tests, test]\n"), STYLE)


MANY = "language: ruby\nrvm: [" + ", ".join(f"'{one}'" for one in range(101)) + "]\nenv: [A=1, A=2]\n"
PARTS = ["What makes the jobs:", "     rvm  101 values (2:1)", "  ×  env  2 values (3:1)", ""]
COUNT = "202 jobs, and Travis runs 200 at most"


def test_a_build_that_is_too_big_is_not_listed() -> None:
    made = view(MANY)
    lines = [*PARTS, COUNT, "--format jsonl lists them all"]
    for text in (plan_tree.text(made, STYLE), plan_table.text(made, STYLE), table(MANY)):
        assert text.splitlines()[-len(lines) :] == lines
        assert len(text.splitlines()) == len(lines) + 3
    assert plan_why.text(made, STYLE).splitlines()[-1] == "  ... and 192 more; --format jsonl lists all"
    for text in (plan_mermaid.text(made, STYLE), plan_html.text(made, STYLE)):
        assert "only the first 200 are shown" in text
        assert "1.200" in text
        assert "1.201" not in text
    entries = "jobs: {include: [" + ", ".join(f"{{name: '{one}'}}" for one in range(201)) + "]}\n"
    assert "  jobs.include  201 entries (1:8)\n" in plan_tree.text(view(entries), STYLE)


def test_what_is_left_out_of_a_build_that_is_too_big() -> None:
    found = plan_tree.text(
        view(MANY + "jobs: {exclude: [{rvm: '1', env: A=1}], include: [{name: x, rvm: '0'}]}\n"), STYLE
    )
    assert found.splitlines()[4:8] == [
        "     rvm           101 values (2:1)",
        "  ×  env           2 values (3:1)",
        "  +  jobs.include  1 entry (4:41)",
        "  -  1 job         rule 1 of jobs.exclude fits it",
    ]


def test_the_table_says_what_deploys_and_what_does_not_run() -> None:
    text = (
        "language: shell\ndeploy: [{provider: pypi}, {provider: npm, on: {condition: $A}}, {provider: s3, on: dev}]\n"
        "script: x\njobs:\n  include:\n  - {name: a}\n  - {name: b, if: tag IS present}\n"
    )
    lines = plan_table.text(view(text), STYLE).splitlines()
    assert lines[3].split() == ["job", "name", "platform", "language", "deploys"]
    assert lines[4].endswith("  pypi, npm?")
    assert lines[5:] == [
        "",
        "Not run:",
        " - b: its condition does not hold: tag IS present  7:19",
        "",
        "1 job; 1 not run",
    ]


def test_data_has_places_and_hints() -> None:
    made = view("if: branch = x\njobs:\n  include:\n  - {name: a, if: BRANCH != x}\n")
    record = plan_why.record(made)
    assert record["starts"] == {
        "build": False,
        "because": "the config's condition 'branch = x' does not hold",
        "file": ".travis.yml",
        "line": 1,
        "column": 5,
    }
    terms = [term for one in record["why"] if one["kind"] == "job" for term in one["terms"]]
    hint = "compares two constants: BRANCH is no attribute, did you mean branch?"
    assert terms == [{"text": "BRANCH != x", "holds": True, "saw": {}, "hint": hint}]


DEPLOYS = """\
language: rust
script: x
before_deploy: zip
after_deploy: done
deploy:
- {provider: s3, bucket: a  b, secret_access_key: {secure: YWJj}, on: {branch: master}}
- {provider: script, script: "./a\\n./b", on: {tags: true}}
"""


def test_deployments_of_one_job() -> None:
    made = view(DEPLOYS)
    lines = plan_job.text(made, made.plan.jobs[0], Style(width=60)).splitlines()
    assert lines[lines.index("Phases") + 1 :] == [
        "  script  shared by all jobs, 2:9",
        "    $ x",
        "  before_cache  default of rust",
        '    $ rm -rf "$HOME/.cargo/registry/src"  # not in the log',
        "  before_deploy  shared by all jobs, 3:16, before each deployment that happens",
        "    $ zip",
        "  deploy  shared by all jobs, 6:1, when script passed",
        "    1. s3 happens: the branch is 'master' (6:80)",
        '       $ dpl --provider="s3" --bucket="a  b" \\',
        '             --secret_access_key="[secure]"',
        "    2. script does not happen: on.tags asks for a tag,",
        "       and this is none (7:53)",
        "       $ ./a",
        "         ./b",
        "  after_deploy  shared by all jobs, 4:15, after each deployment that happens",
        "    $ done",
    ]


def test_deployments_of_one_job_in_a_pull_request() -> None:
    made = view(DEPLOYS, Event(type="pull_request"))
    text = plan_job.text(made, made.plan.jobs[0], STYLE)
    assert "before_deploy  shared by all jobs, 3:16, not run, as nothing is deployed\n" in text
    assert "1. s3 does not happen: Travis never deploys for a pull request" in text
    first, second = plan_job.record(made, made.plan.jobs[0])["deployments"]
    assert first == {
        "provider": "s3",
        "happens": "no",
        "because": "Travis never deploys for a pull request",
        "commands": ['dpl --provider="s3" --bucket="a  b" --secret_access_key="[secure]"'],
        "file": ".travis.yml",
        "line": 6,
        "column": 3,
    }
    assert second["commands"] == ["./a", "./b"]


def test_what_nobody_has_told() -> None:
    text = (
        "language: shell\njobs:\n  include:\n  - {name: a, if: sender = dev OR tag IS present}\n  - {name: b, if: repo = x/y}\n"
        "  - {name: c}\n"
    )
    said = "not known here, and so blank in conditions, are sender (--sender), repo (--repo)"
    assert plan_tree.text(view(text), STYLE).splitlines()[-1] == said
    assert table(text).splitlines()[-1] == said
    known = Event(sender="dev", repo="x/y")
    assert "not known" not in plan_tree.text(view(text, known), STYLE)
    assert "is repo (--repo)\n" in plan_tree.text(view(text, Event(sender="dev")), STYLE)


def test_what_open_answers_depend_on() -> None:
    repo, shell = "{provider: pypi, on: {repo: a/b, tags: true}}", "{provider: npm, on: {condition: $A, tags: true}}"
    for deploy, expected in (
        (repo, "the repository (--repo)"),
        (shell, "what the job's shell says"),
        (f"[{repo}, {shell}]", "what the job's shell says or the repository (--repo)"),
    ):
        assert f"? depends on {expected};" in table(f"language: shell\ndeploy: {deploy}\n")


def test_jobs_of_pull_requests_alone_do_not_make_a_deployment_idle() -> None:
    text = "language: shell\ndeploy: {provider: pypi}\nenv: [A=1, A=2]\njobs:\n  include:\n  - {name: a, if: type = pull_request}\n"
    push, found = view(text), normal(text)
    columns = [(name, push._replace(plan=expand(found, event))) for name, event in (("push", PUSH), ("pr", PULL))]
    assert "never happen" not in events_table.text(columns[0][1], columns, STYLE)
