"""The script of a job: pure text, whatever the config holds."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plan.plans import plan
from travistool.catalog.languages import LANGUAGES
from travistool.plan.model import Event
from travistool.simulate.script.compile import Script, compile_job
from travistool.simulate.script.facts import Build, Means, Setting
from travistool.simulate.script.variables import pairs

EVENT = Event(branch="master", repo="acme/widget")
BASH = shutil.which("bash")


def script(text: str, means: Means = Means(), **facts: object) -> Script:
    job = plan(text, branch="master", repo="acme/widget").jobs[0]
    given = {"event": EVENT, "repo": "acme/widget", "commit": "c0ffee", **facts}
    return compile_job(job, Build(**given), means)  # type: ignore[arg-type]


def statements(text: str, means: Means = Means(), **facts: object) -> list[str]:
    """Return the lines behind the functions that all scripts share."""
    return script(text, means, **facts).text.partition("# The phases of the config\n")[2].splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "means", [Means(), Means(checkout="placed", toolchain="found", deploy="dry")], ids=["all", "dry"]
)
def test_every_language_makes_a_script_that_bash_reads(language: str, means: Means, tmp_path: Path) -> None:
    text = script(
        f"language: {language}\ncache: [pip, npm, bundler, cargo, ccache]\ndeploy: {{provider: npm}}", means
    ).text
    (tmp_path / "job.sh").write_text(text)
    found = subprocess.run([BASH or "bash", "-n", "job.sh"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, "")


def test_phases_are_functions_with_entries_in_order() -> None:
    lines = statements("language: shell\ninstall: [a, b]\nscript: 'c \"$D\"'\n")
    start = lines.index("travis_run_install() {")
    assert lines[start : start + 9] == [
        "travis_run_install() {",
        "  _job_phase install",
        "  travis_fold start install.1",
        "  travis_cmd a --assert --echo --timing",
        "  travis_fold end install.1",
        "  travis_fold start install.2",
        "  travis_cmd b --assert --echo --timing",
        "  travis_fold end install.2",
        "}",
    ]
    assert "  travis_cmd 'c \"$D\"' --echo --timing" in lines


def test_secrets_stay_out_of_the_script() -> None:
    made = script(
        "language: shell\nenv: {global: [{secure: CIPHER}]}\nscript: t",
        secrets={"CIPHER": "TOKEN='s3cr3t value'"},
        settings=(Setting("OTHER", "hidden1"),),
    )
    assert "s3cr3t" not in made.text
    assert "hidden1" not in made.text
    assert made.hidden == ("hidden1", "'s3cr3t value'")
    assert made.secrets == "_job_secret_1=hidden1\n_job_secret_2=''\"'\"'s3cr3t value'\"'\"''\n"
    assert "--display 'export TOKEN=[secure]'" in made.text
    assert made.needs_terminal


def test_a_secret_without_a_value_is_named_once() -> None:
    made = script("language: shell\nenv: {global: [{secure: CIPHER}]}\nscript: t")
    assert (made.unknown, made.secrets, made.needs_terminal) == (("CIPHER",), "", False)


def test_what_is_done_elsewhere_is_shown() -> None:
    lines = statements(
        "language: shell\nservices: redis\nscript: t", Means(checkout="placed", services="beside", packages="announce")
    )
    clone = "git clone --depth=50 --branch=master https://github.com/acme/widget.git acme/widget"
    assert f"travis_cmd : --echo --timing --display '{clone}'" in lines
    assert "travis_cmd : --echo --timing --display 'sudo systemctl start redis-server'" in lines
    assert "sleep 3" not in lines


def test_a_repository_that_is_there_already_is_brought_up_to_date() -> None:
    lines = statements("language: shell\ngit: {depth: 3, quiet: true}\nscript: t")
    start = lines.index("if [[ ! -d acme/widget/.git ]]; then")
    clone = "git clone --depth=3 --branch=master --quiet https://github.com/acme/widget.git acme/widget"
    assert lines[start + 1 : start + 6] == [
        f"  travis_cmd '{clone}' --echo --timing --retry",
        "else",
        "  travis_cmd 'git -C acme/widget fetch origin --depth=3 --quiet' --echo --timing --assert --retry",
        "  travis_cmd 'git -C acme/widget reset --hard' --echo --assert",
        "fi",
    ]


@pytest.mark.parametrize(
    ("git", "facts", "commands"),
    [
        pytest.param(
            "depth: true", {}, ["clone --depth=true --branch=master", "checkout -qf c0ffee"], id="true is no depth"
        ),
        pytest.param("depth: 0", {}, ["clone --depth=0 --branch=master", "checkout -qf c0ffee"], id="nor is 0"),
        pytest.param("depth: false", {}, ["clone --branch=master", "checkout -qf c0ffee"], id="all of it"),
        pytest.param(
            "{symlinks: true, autocrlf: input, lfs_skip_smudge: true, quiet: true}",
            {},
            [
                "config --global core.symlinks true",
                "config --global core.autocrlf input",
                "clone --depth=50 --branch=master --quiet",
                "checkout -qf c0ffee",
            ],
            id="settings",
        ),
        pytest.param(
            "depth: 3",
            {"pull_request": 7, "event": Event(type="pull_request", branch="master", repo="acme/widget")},
            ["clone --depth=3", "fetch origin +refs/pull/7/merge: --depth=3", "checkout -qf FETCH_HEAD"],
            id="a pull request is as deep",
        ),
    ],
)
def test_checkouts(git: str, facts: dict[str, object], commands: list[str]) -> None:
    git = git if git.startswith("{") else f"{{{git}}}"
    lines = statements(f"language: shell\nscript: t\ngit: {git}", Means(checkout="placed"), **facts)
    told = [found[1] for line in lines if (found := re.search(r"'?git ((?:clone|fetch|checkout|config) [^']*)", line))]
    address = " https://github.com/acme/widget.git acme/widget"
    assert [text.removesuffix(address).strip() for text in told] == commands


def test_variables_of_languages_name_folders_of_the_home() -> None:
    lines = statements("language: r\nscript: t")
    assert 'export R_LIBS_USER="$HOME/R/Library"' in lines


def test_packages_are_words_of_one_command() -> None:
    lines = statements("language: shell\nscript: t\naddons: {apt: {packages: ['a b', c=1.*]}}")
    assert "travis_cmd 'sudo -E apt-get -yq --no-install-suggests --no-install-recommends" in "\n".join(lines)
    assert any(line.endswith("install a b c=1.*' --echo --timing --assert") for line in lines)


def test_options_of_deployments_are_written_as_travis_writes_them() -> None:
    options = 'script: "a \\"$B\\"\\n#{c}", edge: true, keep: false, number: 5, on: {all_branches: true}'
    lines = statements(f"language: shell\nscript: t\ndeploy: {{provider: npm, {options}}}")
    assert r"""  if _job_dpl npm -- --edge --script="a \"$B\"\n\#{c}" --no-keep --number=5; then""" in lines
    options = options.replace("keep: false, number: 5, ", "")
    lines = statements(f"language: shell\nscript: t\ndeploy: {{provider: script, {options}}}")
    assert r"""  if _job_deploy_script keep "a \"$B\"\n\#{c}"; then""" in lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A=1 B=2", [("A", "1"), ("B", "2")], id="two"),
        pytest.param('A="x y"', [("A", '"x y"')], id="double quotes stay"),
        pytest.param("A=a b", [("A", "a")], id="cut at a blank"),
        pytest.param("A=$(echo a b)-c", [("A", "$(echo a b)")], id="nothing follows a command"),
        pytest.param(
            "A=x$(a b)$(c d)", [("A", "x$(a b)$(c d)")], id="commands with blanks, a character in front of each"
        ),
        pytest.param("A=xy$(a b) B=1", [("A", "xy$(a"), ("B", "1")], id="two characters in front of a command"),
        pytest.param("A=$(a $(b c) d)", [("A", "$(a $(b c)")], id="the first parenthesis ends a command"),
        pytest.param("A=x'b c'y'd e'fg'h i'", [("A", "x'b c'y'd e'")], id="quotes, a character in front of each"),
        pytest.param("A=fg'h i' B=1", [("A", "fg"), ("B", "1")], id="quotes behind a bare word"),
        pytest.param("A='x B=1", [("B", "1")], id="a quote that does not end"),
        pytest.param("A='x\ny'", [], id="quotes end on their line"),
        pytest.param("A=x\ty", [("A", "x\ty")], id="a tab does not end a word"),
        pytest.param("A=x\\ y", [("A", "x\\")], id="nor does a backslash keep a blank"),
        pytest.param("A= B='c d'", [("A", ""), ("B", "'c d'")], id="empty"),
        pytest.param("A=a&b", [("A", "a&b")], id="signs of the shell stay"),
    ],
)
def test_values_end_where_travis_ends_them(text: str, expected: list[tuple[str, str]]) -> None:
    assert list(pairs(text)) == expected


@pytest.mark.parametrize(
    ("on", "test"),
    [
        pytest.param("", '[[ "$TRAVIS_BRANCH" = master ]]', id="only master by default"),
        pytest.param("on: {branch: 'feature/*'}", '[[ "$TRAVIS_BRANCH" = feature/* ]]', id="a glob stays one"),
        pytest.param("on: {branch: 'a b'}", "_job_holds '$TRAVIS_BRANCH = a b'", id="a blank is not kept"),
        pytest.param("on: {branch: $A}", "_job_holds '$TRAVIS_BRANCH = $A'", id="a variable counts"),
        pytest.param("on: {branch: []}", "_job_holds ''", id="no branch"),
        pytest.param("on: {branch: {a: {b: c}}}", """_job_holds '$TRAVIS_BRANCH = {:a=>{:b=>"c"}}'""", id="a map"),
        pytest.param("on: {tags: true, branch: x}", '[[ -n "$TRAVIS_TAG" ]]', id="tags switch the branch off"),
        pytest.param("on: {all_branches: true, condition: '$A = 1'}", "_job_holds '$A = 1'", id="a condition"),
    ],
)
def test_conditions_of_deployments(on: str, test: str) -> None:
    lines = statements(f"language: shell\nscript: t\ndeploy:\n  provider: script\n  script: d\n  {on}\n")
    assert f"  if {test}; then" in lines


def test_reasons_are_told_in_order() -> None:
    on = "on: {tags: true, condition: '$A = 1', repo: x/y, ruby: '2'}"
    lines = statements(f"language: shell\nscript: t\ndeploy:\n  provider: script\n  script: d\n  {on}\n")
    told = [line.split()[-1].strip("'") for line in lines if "_job_note deploy 0 script skipped" in line]
    assert told == ["x/y", "runtime", "met", "commit"]


RICH = """
language: {language}
cache: {{directories: [~/.m2, foo], pip: true, npm: true, cargo: true, ccache: true}}
services: [postgresql, mysql, xvfb]
addons: {{apt: {{packages: [cowsay]}}, hosts: [a.test], mariadb: "10.3"}}
env: {{global: [A=1, {{secure: CIPHER}}]}}
before_install: "cat <<EOF\nx\nEOF\n"
after_success: [a]
before_deploy: b
deploy: [{{provider: script, script: 'd "$X"', on: {{branch: [a, b/*], condition: "$A = 1", repo: x/y}}}}, {{provider: npm}}]
"""


@pytest.mark.heavy
def test_scripts_are_clean_for_shellcheck(tmp_path: Path) -> None:
    """But for what EXCEPTIONS of the compiler lists, which each script says in its head."""
    for language in LANGUAGES:
        made = script(RICH.format(language=language), Means(toolchain="found"), secrets={"CIPHER": "TOKEN=x"})
        (tmp_path / f"{language}.sh").write_text(made.text)
    checker = Path(sys.executable).with_name("shellcheck")
    names = sorted(path.name for path in tmp_path.iterdir())
    call = [str(checker), "--color=never", "--format=gcc", *names]
    found = subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (found.stdout, found.returncode, len(names)) == ("", 0, len(LANGUAGES))
