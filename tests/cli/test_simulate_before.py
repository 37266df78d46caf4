"""What `travistool simulate` says before anything runs, and what it then builds."""

import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Build, Call
from tests.cli.simulated import HOST
from tests.cli.test_git import git
from travistool.cli.simulate import simulate

ROOT = Path(__file__).resolve().parents[2]


def test_what_is_missing_is_said_before(build: Build) -> None:
    ran = build(
        "language: shell\nenv: {global: [{secure: CIPHER}]}\n"
        "before_install: 'echo $P | docker login -u u --password-stdin'\nscript: cd nowhere\n",
        "--list",
    )
    assert ran.code == 0
    assert "only Travis can decrypt secret 1 [1.1]" in ran.out
    assert "the login in before_install has no password without its secret" in ran.out
    assert "script goes to the folder 'nowhere', which the repository lacks [1.1]" in ran.out


@pytest.mark.parametrize(
    ("config", "told"),
    [
        pytest.param(
            "script: cd nowhere", "script goes to the folder 'nowhere', which the repository lacks [1.1]", id="folder"
        ),
        pytest.param("env: {global: [{secure: CIPHER}]}", "only Travis can decrypt secret 1", id="secret"),
        pytest.param(
            "env: {global: [{secure: CIPHER}]}\ninstall: docker login -p $P",
            "the login in install has no password without its secret: 'docker login -p $P'",
            id="login without its secret",
        ),
        pytest.param(
            "install: curl -O https://no-such-host.invalid/x",
            "install needs 'no-such-host.invalid', which cannot be reached from here",
            id="host that does not answer",
        ),
        pytest.param("install: sudo true", "'sudo' is not run on this machine, and fails", id="sudo"),
        pytest.param("language: haxe", "there is no 'haxe' on this machine, which haxe needs", id="language"),
        pytest.param(
            "services: riak", "nothing listens at 127.0.0.1:8098, where the service 'riak' would", id="service"
        ),
        pytest.param("os: osx", "skipped: cannot run here: it runs on osx", id="another system"),
        pytest.param(
            "jobs: {include: [{os: windows}, {script: echo ran}]}", "cannot run here", id="one job of several"
        ),
    ],
)
def test_strict_runs_nothing_where_something_cannot_work(build: Build, config: str, told: str) -> None:
    language = "" if config.startswith("language") else "language: shell\n"
    ran = build(f"{language}{config}\n", "--strict")
    assert (ran.code, ran.out) == (6, "")
    assert told in ran.err
    assert ran.err.endswith("nothing is run: --strict\n")


@pytest.mark.parametrize(
    ("config", "told"),
    [
        pytest.param("addons: {apt: {packages: x}}", "note: packages are not installed on this machine", id="packages"),
        pytest.param("addons: {browserstack: {username: x}}", "note: the addon 'browserstack' is not", id="addon"),
    ],
)
def test_strict_runs_what_is_only_different(build: Build, config: str, told: str) -> None:
    ran = build(f"language: shell\n{config}\nscript: echo ran\n", "--strict")
    assert ran.code == 0
    assert told in ran.err
    assert "\nran\n" in ran.out


def test_other_systems_are_skipped_not_green(build: Build) -> None:
    ran = build("language: shell\nos: osx\nscript: 'true'\n")
    assert ran.code == 6
    assert "nothing could run here" in ran.out


def test_the_commit_is_built_not_the_files(build: Build, folder: Path, travistool: Call) -> None:
    (folder / "file").write_text("committed")
    (folder / ".gitignore").write_text("ignored\n")
    build("language: shell\nscript: cat file\n")
    (folder / "file").write_text("changed")
    (folder / "ignored").write_text("x")
    (folder / "new").write_text("x")
    assert "committed" in travistool("simulate", *HOST).out
    dirty = travistool("simulate", *HOST, "--dirty")
    assert "changed" in dirty.out
    assert sorted(path.name for path in folder.iterdir()) == [
        ".git",
        ".gitignore",
        ".travis.yml",
        "file",
        "ignored",
        "new",
    ]


def test_dirty_leaves_out_what_is_ignored(build: Build, folder: Path, travistool: Call) -> None:
    (folder / ".gitignore").write_text("ignored\n")
    build("language: shell\nscript: 'test -f new && test ! -e ignored && test ! -e gone'\n")
    (folder / "gone").write_text("x")
    git(folder, "add", "gone")
    git(folder, "commit", "--quiet", "-m", "gone")
    (folder / "gone").unlink()
    for name in ("ignored", "new"):
        (folder / name).write_text("x")
    assert travistool("simulate", *HOST, "--dirty").code == 0


def test_without_a_repository_the_files_are_copied(
    folder: Path, travistool: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    (folder / ".travis.yml").write_text("language: shell\nscript: ['test -f file', 'touch made']\n")
    (folder / "file").write_text("x")
    assert travistool("simulate", *HOST).code == 0
    assert not (folder / "made").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--report", "xml=a"), "--report takes FORMAT=FILE with one of junit, json, html, md, not 'xml=a'"),
        (("--timeout", "long"), "--timeout takes a time such as 90s, 10m or 2h, not 'long'"),
        (("--log-limit", "x"), "--log-limit takes travis, or a size such as 500k or 4M, not 'x'"),
        (("--watch", "--commit", "HEAD"), "--watch takes the files as they are, --commit as they were"),
        (("--dirty", "--commit", "HEAD"), "--dirty takes the files as they are, --commit as they were"),
        (("--list", "--report", "json=a"), "--report is for a run, and --list runs nothing"),
        (("--dry-run", "--keep"), "--keep is for a run, and --dry-run runs nothing"),
        (("--watch", "--list"), "--watch is for a run, and --list runs nothing"),
        (("--shell", "1.1"), "a shell needs a terminal"),
        (("--report", "json=a", "--report", "md=./a"), "two reports go to './a'"),
        (
            ("--report", "md=-", "--progress", "lines"),
            "--progress lines and the report 'md=-' both go to standard output",
        ),
        (("--report", "json=no/such/a"), "the report 'no/such/a' cannot be written"),
        (("--network", "none"), "--network is for containers, and the host engine has none"),
        (("--image", "python=a", "--memory", "1g"), "--image is for containers, and the host engine has none"),
        (("--engine", "docker", "--allow-sudo"), "--allow-sudo is for the host engine"),
        (("--deploy", "yes"), "--deploy takes one of dry, script, all, not 'yes'"),
        (("--engine", "moon"), "--engine takes one of auto, docker, host, not 'moon'"),
        (("--stage", "test"), "the build has no stages"),
        (("--only-failed",), "nothing was run here before"),
        (("--secret", "NO_SUCH_VARIABLE_HERE"), "there is no variable NO_SUCH_VARIABLE_HERE to take the secret from"),
        (("--env", "1A=x"), "--env takes NAME=VALUE, not '1A'"),
        (
            ("--env", "NO_SUCH_VARIABLE_HERE"),
            "there is no variable NO_SUCH_VARIABLE_HERE to take the value of --env from",
        ),
        (("--engine", "auto", "--insecure-registry", "a b"), "--insecure-registry takes HOST:PORT, not 'a b'"),
        (("--image", "python=A b"), "'A b' is no name of an image, in --image python=A b"),
    ],
)
def test_wrong_usage(build: Build, arguments: tuple[str, ...], message: str) -> None:
    ran = build("language: shell\nscript: 'true'\n", *arguments)
    assert (ran.code, ran.err.splitlines()[0]) == (2, f"travistool: error: {message}")


STAGES = "language: shell\nscript: 'true'\njobs: {include: [{stage: a}, {stage: b, name: Second}]}\n"


def test_parts_that_have_no_job_in_common(build: Build) -> None:
    ran = build(STAGES, "--stage", "a", "--job", "Second")
    assert (ran.code, ran.err.splitlines()[0]) == (
        2,
        "travistool: error: no job has all that --job and --stage ask for",
    )


def test_nothing_failed_last_time(build: Build, travistool: Call) -> None:
    assert build(STAGES).code == 0
    ran = travistool("simulate", *HOST, "--only-failed")
    assert (ran.code, ran.out, ran.err) == (0, "", "nothing to run: no job failed last time\n")


def test_strict_counts_for_lists(build: Build) -> None:
    assert build("language: shell\nscript: cd nowhere\n", "--list").code == 0
    assert build("language: shell\nscript: cd nowhere\n", "--list", "--strict").code == 6
    assert build("language: shell\nscript: 'true'\n", "--list", "--strict").code == 0


def test_files_that_no_commit_has_are_told(build: Build, folder: Path, travistool: Call) -> None:
    assert "note" not in build("language: shell\nscript: cat file\n", "--list").out
    (folder / "file").write_text("new")
    (folder / ".travis.yml").write_text("language: shell\nscript: cat file; true\n")
    told = travistool("simulate", *HOST, "--list").out
    assert "note: '.travis.yml' is read as it is here, which no commit has\n" in told
    assert "note: what was changed since the commit is not in the build: 'file'\n  --dirty takes" in told
    assert "note" not in travistool("simulate", *HOST, "--list", "--dirty").out
    assert "note" not in travistool("simulate", *HOST, "--list", "--commit", "HEAD").out


def test_where_there_is_no_commit(folder: Path, travistool: Call) -> None:
    (folder / ".travis.yml").write_text("language: shell\nscript: 'true'\n")
    assert "note: there is no git repository here: jobs get" in travistool("simulate", *HOST, "--list").out
    git(folder, "init", "--quiet")
    assert "note: there is no commit yet: jobs get" in travistool("simulate", *HOST, "--list").out


def test_a_repository_that_git_does_not_read(
    build: Build, travistool: Call, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """It may be somebody else's, or git is not there."""
    build("language: shell\nscript: 'true'\n", "--list")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    told = travistool("simulate", *HOST, "--list").out
    assert "\nproblem: git does not read this repository: detected dubious ownership in repository at '" in told
    only_bash = tmp_path_factory.mktemp("programs")
    (only_bash / "bash").symlink_to(shutil.which("bash") or "")
    monkeypatch.setenv("PATH", str(only_bash))
    told = travistool("simulate", *HOST, "--list").out
    assert "\nproblem: git does not read this repository: there is no git on this machine\n" in told


def test_another_commit_has_its_own_config_and_message(build: Build, folder: Path, travistool: Call) -> None:
    git(folder, "commit", "--quiet", "--allow-empty", "-m", "Nothing")
    build("language: shell\nscript: echo first $TRAVIS_COMMIT_MESSAGE\n", "--list")
    git(folder, "commit", "--quiet", "--amend", "-m", "The first one")
    build("language: shell\nscript: echo second\n", "--list")
    assert "\nfirst The first one\n" in travistool("simulate", *HOST, "--commit", "HEAD~1").out
    # A config that the commit has not is to be tried on it.
    assert "\nsecond\n" in travistool("simulate", *HOST, "--commit", "HEAD~2").out


def test_one_config_is_run(folder: Path, travistool: Call) -> None:
    for name in ("a", "b"):
        (folder / name).mkdir()
        (folder / name / ".travis.yml").write_text("script: 'true'\n")
    ran = travistool("simulate", ".", "--list")
    assert (ran.code, ran.err) == (
        2,
        "travistool: error: there are 2 configs under .\n  name one of them, such as ./a/.travis.yml\n",
    )


def test_the_host_engine_cannot_cut_off(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("travistool.cli.engines.find_spec", lambda _: None)
    ran = build("language: shell\nscript: echo ran\n", "--engine", "auto", "--network", "none")
    assert (ran.code, "ran" in ran.out) == (5, False)
    assert ran.err.startswith("travistool: error: --network none needs containers")
    ran = build("language: shell\nscript: echo ran\n", "--engine", "auto", "--pull", "never")
    assert (ran.code, "ran" in ran.out) == (0, True)
    assert ran.err.startswith("note: the host engine has no containers: --pull has no effect\n")


def test_folders_are_those_of_the_checkout(build: Build, folder: Path, travistool: Call) -> None:
    """New ones are there with `--dirty` only."""
    build("language: shell\nscript: cd new/inner\n", "--list")
    (folder / "new" / "inner").mkdir(parents=True)
    (folder / "new" / "inner" / "file").write_text("")
    missing = "script goes to the folder 'new/inner', which the repository lacks"
    assert missing in travistool("simulate", *HOST, "--list").out
    assert missing not in travistool("simulate", *HOST, "--list", "--dirty").out


def test_an_engine_that_is_named_has_to_answer(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs do not run unprotected because of a slip."""
    pytest.importorskip("docker")
    monkeypatch.setenv("DOCKER_HOST", "tcp://127.0.0.1:1")
    ran = build("language: shell\nscript: echo ran\n", "--engine", "auto")
    assert (ran.code, "ran" in ran.out) == (5, False)
    assert "no container engine answers at tcp://127.0.0.1:1: Connection refused" in ran.err


def test_the_host_engine_steps_in_where_none_is_named(
    build: Build, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("docker")
    settings = tmp_path_factory.mktemp("docker")
    name = hashlib.sha256(b"there").hexdigest()
    (settings / "contexts" / "meta" / name).mkdir(parents=True)
    endpoint = {"Host": "tcp://127.0.0.1:1", "SkipTLSVerify": False}
    about = {"Name": "there", "Metadata": {}, "Endpoints": {"docker": endpoint}}
    (settings / "contexts" / "meta" / name / "meta.json").write_text(json.dumps(about))
    (settings / "config.json").write_text('{"currentContext": "there"}')
    monkeypatch.setenv("DOCKER_CONFIG", str(settings))
    monkeypatch.delenv("DOCKER_HOST", raising=False)
    ran = build("language: shell\nscript: echo ran\n", "--engine", "auto")
    assert (ran.code, "ran" in ran.out) == (0, True)
    reason = "no container engine answers at tcp://127.0.0.1:1: Connection refused"
    assert ran.err.startswith(f"note: {reason}; the host engine steps in\nwarning: the host engine runs jobs as you")


@pytest.mark.parametrize("command", ["simulate", "compile", "encrypt"])
def test_options_are_documented(travistool: Call, command: str) -> None:
    options = set(re.findall(r"(?<![\w-])--[a-z-]+", travistool(command, "--help").out))
    page = (ROOT / "docs" / "cli.md").read_text()
    assert sorted(option for option in options if f"{option}" not in page and option != "--help") == []
    assert simulate.__doc__ is not None
