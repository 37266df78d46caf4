"""The host engine with real processes."""

import os
import threading
import time
from pathlib import Path

import pytest

from tests.cli.test_git import git
from tests.plan.plans import plan
from travistool.plan.model import Event
from travistool.simulate.engine import Ending, Order, Stop
from travistool.simulate.host import HostEngine
from travistool.simulate.script.compile import compile_job
from travistool.simulate.script.facts import HERE, Build
from travistool.simulate.tree import Origin, make_tree

pytestmark = pytest.mark.jobs


class Ran:
    """What came of one job."""

    def __init__(self, config: str, *, stop_after: float = 0, source: str = "", **facts: object) -> None:
        made = plan(config, branch="master", repo="acme/widget")
        build = Build(event=made.event, repo="acme/widget", **facts)  # type: ignore[arg-type]
        script = compile_job(made.jobs[0], build, HERE)
        self.parts: list[bytes] = []
        self.engine = HostEngine()
        stop = Stop()
        order = Order(
            job=made.jobs[0],
            build=build,
            script=script,
            run="r",
            source=source,
            place="acme/widget",
            marks=os.urandom(8).hex(),
        )
        if stop_after:
            threading.Timer(stop_after, lambda: stop.set("canceled")).start()
        start = time.monotonic()
        try:
            self.ending: Ending = self.engine.run(order, self.parts.append, stop)
        finally:
            self.engine.close()
        self.seconds = time.monotonic() - start

    @property
    def log(self) -> str:
        return b"".join(self.parts).decode("utf-8", "replace")


def test_a_job_passes_in_a_home_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")
    ran = Ran("language: shell\nscript: ['cat file; pwd', 'test -w ~']", source=str(tmp_path))
    assert ran.ending == Ending(0)
    assert "here" in ran.log
    assert "/home/build/acme/widget" in ran.log
    assert (tmp_path / "file").read_text() == "here"


def test_git_works_in_the_copy_and_leaves_the_checkout_alone(tmp_path: Path) -> None:
    """The copy shares git's packs with the checkout, and lacks the folders that git makes by itself."""
    repository, tree = tmp_path / "repository", tmp_path / "tree"
    repository.mkdir()
    (repository / "file").write_text("one")
    git(repository, "init", "--quiet", "--initial-branch=master")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "first")
    commit = (repository / ".git/refs/heads/master").read_text().strip()
    event = Event(branch="master", repo="acme/widget")
    make_tree(Origin(str(repository), commit), Build(event=event, repo="acme/widget"), {}, str(tree))
    (pack,) = (tree / ".git/objects/pack").glob("*.pack")
    before = (pack.read_bytes(), pack.stat().st_mode, sorted(path.name for path in tree.rglob("*")))
    who = "-c user.name=a -c user.email=b@c"
    calls = [
        *("git branch other", "git tag v1", "git checkout -q other", "echo two > file"),
        *(
            f"git {who} commit -qam two",
            "git gc -q --prune=now",
            "git fsck --strict",
            "git log --oneline --all",
            "rm -rf .git",
        ),
    ]
    ran = Ran("language: shell\nscript:\n" + "".join(f"- {call}\n" for call in calls), source=str(tree))
    assert ran.ending == Ending(0), ran.log
    assert "two" in ran.log
    assert (pack.read_bytes(), pack.stat().st_mode, sorted(path.name for path in tree.rglob("*"))) == before


@pytest.mark.parametrize("files", [3, 500], ids=["few files", "many files, which another program copies"])
def test_the_copy_has_everything(files: int, tmp_path: Path) -> None:
    for number in range(files):
        (tmp_path / f"file{number}").write_text(str(number))
    (tmp_path / "file1").chmod(0o755)
    os.utime(tmp_path / "file2", (1_000_000_000, 1_000_000_000))
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "link").symlink_to("../file0")
    (tmp_path / "gone").symlink_to("/no/where")
    calls = [f"test $(ls | wc -l) = {files + 2}", "test -x file1", "test ! -x file0", "readlink folder/link gone"]
    calls += ["date -u -r file2 +%s", "echo new > file0"]
    ran = Ran("language: shell\nscript:\n" + "".join(f"- {call}\n" for call in calls), source=str(tmp_path))
    assert ran.ending == Ending(0), ran.log
    assert "../file0\n/no/where\n" in ran.log
    assert "1000000000" in ran.log
    assert (tmp_path / "file0").read_text() == "0"


def test_the_copy_is_gone_afterwards_whatever_it_holds() -> None:
    before = set(os.listdir("/tmp"))
    ran = Ran("language: shell\nscript: ['mkdir -p ~/a/b; chmod 500 ~/a/b ~/a']")
    assert ran.ending.exit_code == 0
    left = {name for name in os.listdir("/tmp") if name.startswith("travistool-")} - before
    assert os.path.basename(ran.engine._folder) not in left


def test_the_environment_is_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_SECRET_OF_TODAY", "leaked")
    assert "leaked" not in Ran("language: shell\nscript: env").log


def test_a_secret_comes_by_file_and_the_job_has_a_terminal() -> None:
    config = "language: shell\nenv: {global: [{secure: C}]}\nscript: ['test -t 1', 'test \"$TOKEN\" = s3cr3t', 'test -z \"$_job_secret_1\"']"
    ran = Ran(config, secrets={"C": "TOKEN=s3cr3t"})
    assert ran.ending.exit_code == 0
    assert "s3cr3t" not in " ".join(line for line in ran.log.splitlines() if "test" not in line)


@pytest.mark.heavy
def test_python_has_a_virtual_environment_with_pip() -> None:
    calls = ['test "$(command -v pip)" = "$VIRTUAL_ENV/bin/pip"', "pip --version", "pip3 list --format freeze"]
    calls += ["python -c 'import pip, sys; assert sys.prefix.startswith(sys.argv[1])' ~/virtualenv"]
    ran = Ran("language: python\ninstall: skip\nscript:\n" + "".join(f"- {call}\n" for call in calls))
    assert ran.ending == Ending(0), ran.log
    assert "pip==" in ran.log


def test_sudo_refuses() -> None:
    ran = Ran("language: shell\nscript: sudo touch /etc/no")
    assert ran.ending.exit_code == 1
    assert "not run on this machine" in ran.log


@pytest.mark.parametrize("command", ["sleep 1234 &", "(setsid sleep 1234 &)", "(trap '' TERM; sleep 1234) & disown"])
def test_what_is_left_running_is_killed(command: str) -> None:
    ran = Ran(f'language: shell\nscript: "{command}"')
    assert ran.ending.exit_code == 0
    assert ran.seconds < 60
    assert not _running("1234")


def _running(word: str) -> list[str]:
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            line = Path(f"/proc/{name}/cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"sleep" in line[0] and word.encode() in line:
            found.append(name)
    return found


def test_a_job_is_stopped_even_when_it_does_not_want_to() -> None:
    ran = Ran("language: shell\nscript: \"trap '' TERM INT; while true; do sleep 0.1; done\"", stop_after=0.5)
    assert ran.ending.exit_code != 0
    assert ran.seconds < 60


def test_a_killed_script_has_the_status_of_its_signal() -> None:
    assert Ran("language: shell\nscript: kill -9 $$").ending == Ending(137)


def test_binary_output_comes_through() -> None:
    ran = Ran("language: shell\nscript: \"printf '\\\\x00\\\\xff\\\\x1b]'\"")
    assert b"\x00\xff\x1b]" in b"".join(ran.parts)


def test_another_system_is_refused() -> None:
    engine = HostEngine()
    try:
        job = plan("os: windows\nlanguage: shell\nscript: x").jobs[0]
        assert engine.refuses(job) == "it runs on windows, this machine is linux"
    finally:
        engine.close()
