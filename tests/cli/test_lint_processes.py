"""`travistool lint` among others: its own processes, pipes that close, interrupts, files that change."""

import contextlib
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.cli.conftest import Call, Ran
from tests.cli.test_lint import CLEAN, SAID, TYPO, TYPO_SECRET_AND_SUDO, environment
from travistool.cli import files, lint, parallel
from travistool.cli.files import load
from travistool.report.formats import FORMATS

Render = Callable[[Sequence[str]], list[parallel.Rendered]]


def write_many(folder: Path) -> list[str]:
    """Write 500 files of all kinds; return their names."""
    texts = (TYPO, TYPO_SECRET_AND_SUDO, "a: [", "", "rüby: 💎\n", "a: \x1b", "jobs:\n  include:\n    - os: osxx\n")
    names = [f"{number:03}.yml" for number in range(499)]
    for number, name in enumerate(names):
        # Most are quick to read: only their order matters.
        (folder / name).write_text(texts[number // 10 % len(texts)] if number % 10 == 0 else f"# {number}\n- [{number}")
    return [*names[:250], "gone.yml", *names[250:]]


@pytest.mark.heavy
class TestProcesses:
    @pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
    def test_every_report_is_the_same(self, folder: Path, travistool: Call, monkeypatch: pytest.MonkeyPatch) -> None:
        names = write_many(folder)
        forked: list[int] = []
        in_processes = parallel.in_processes

        def counted(number: int, paths: Sequence[str], render: Render) -> list[parallel.Rendered]:
            forked.append(number)
            return in_processes(number, paths, render)

        monkeypatch.setattr(parallel, "in_processes", counted)
        for name in FORMATS:
            alone = travistool("lint", "--format", name, "--jobs", "1", *names)
            assert not forked
            assert travistool("lint", "--format", name, "--jobs", "2", *names) == alone
            assert forked == [2]
            assert (alone.code, alone.err) == (1, "")
            forked.clear()

    @pytest.mark.parametrize(
        ("wanted", "paths", "cores", "processes"),
        [
            pytest.param(0, 1, 8, 1, id="one file"),
            pytest.param(8, 1, 8, 1, id="one file, many wanted"),
            pytest.param(0, lint.FORK_FROM - 1, 8, 1, id="does not pay yet"),
            pytest.param(0, lint.FORK_FROM, 8, 2, id="pays for two"),
            pytest.param(0, 10_000, 8, 8, id="all cores"),
            pytest.param(0, 10_000, 1, 1, id="one core"),
            pytest.param(3, 10, 1, 3, id="as wanted"),
            pytest.param(30, 10, 1, 10, id="not more than files"),
        ],
    )
    def test_number(self, wanted: int, paths: int, cores: int, processes: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(cores)), raising=False)
        assert lint._processes(wanted, paths) == processes

    @pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
    def test_a_process_that_dies(self, folder: Path, travistool: Call, monkeypatch: pytest.MonkeyPatch) -> None:
        (folder / "a.yml").write_text(TYPO)
        (folder / "b.yml").write_text(TYPO)
        here = os.getpid()
        render = lint._render

        def die(*given: object) -> object:
            if os.getpid() != here:
                os._exit(9)
            return render(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(lint, "_render", die)
        assert travistool("lint", "a.yml", "b.yml", "-j2") == Ran(
            70, "", "travistool: error: a lint process died\n  run again with --jobs 1 to see on which file\n"
        )


@pytest.mark.processes
class TestEnds:
    """The other side goes away, or the user has had enough."""

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            pytest.param(["lint", "--format", "json"], 1, id="findings"),
            pytest.param(["lint", "--fail-on", "never"], 0, id="nothing that fails"),
            pytest.param(["lint", "--help"], 1, id="help"),
            pytest.param(["normalize"], 0, id="normalize"),
        ],
    )
    def test_broken_pipe(self, arguments: list[str], code: int, folder: Path) -> None:
        """Nobody reads (`| head`): the end is silent, and the exit code what it would have been where that is known."""
        (folder / ".travis.yml").write_text(TYPO + "jobs:\n  include:\n" + "    - os: ubuntu\n" * 100)
        reading, writing = os.pipe()
        os.close(reading)
        found = subprocess.run(
            [sys.executable, "-m", "travistool", *arguments],
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
            env=environment(),
        )
        os.close(writing)
        assert (found.returncode, found.stderr) == (code, b"")

    @pytest.mark.skipif(not hasattr(os, "fork"), reason="needs POSIX signals")
    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_interrupted(self, jobs: str, folder: Path) -> None:
        """The second file is a pipe under a shell's name that never ends: once it is read from, the run is under way."""
        (folder / "a.yml").write_text(CLEAN)
        reading, writing = os.pipe()
        os.set_blocking(writing, False)
        with contextlib.suppress(BlockingIOError):
            while True:
                os.write(writing, b"# more than fits into a pipe\n" * 1000)
        process = subprocess.Popen(
            [sys.executable, "-m", "travistool", "lint", "a.yml", f"/dev/fd/{reading}", "--jobs", jobs],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
            pass_fds=(reading,),
            start_new_session=True,
        )
        os.close(reading)
        assert select.select([], [writing], [], 60)[1]
        assert process.poll() is None
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
        os.close(writing)
        assert (process.returncode, out, err) == (130, b"", b"")


class TestMeanwhile:
    """Files change while we look."""

    def test_a_file_that_vanishes_after_the_search(
        self, folder: Path, travistool: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("a", "b"):
            (folder / name).mkdir()
            (folder / name / ".travis.yml").write_text(TYPO)

        def slow(paths: tuple[str, ...]) -> tuple[str, ...]:
            found = files.find(paths)
            (folder / "a" / ".travis.yml").unlink()
            return found

        monkeypatch.setattr(lint, "find", slow)
        assert travistool("lint", "a", "b", "-f", "concise", "-q") == Ran(
            1,
            "a/.travis.yml: error: cannot read the file: no such file or directory [unreadable-file]\n"
            f"b/.travis.yml:{SAID}",
            "",
        )

    def test_a_file_that_grows_and_shrinks(self, folder: Path) -> None:
        """Whatever is read is one state or a mix of two, never an exception."""
        path = folder / ".travis.yml"
        stop = threading.Event()

        def write() -> None:
            while not stop.is_set():
                path.write_text("# long\n" * 20_000)
                path.write_text("")

        writer = threading.Thread(target=write)
        path.write_text("")
        writer.start()
        try:
            loaded = [load(str(path)) for _ in range(50)]
        finally:
            stop.set()
            writer.join()
        assert [one.problem for one in loaded] == [None] * 50
        lines = {line for one in loaded if one.source for line in one.source.text.split("\n")}
        assert [line for line in lines if not "# long".startswith(line)] == []
