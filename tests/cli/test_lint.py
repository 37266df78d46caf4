"""`travistool lint`: which files, which findings, where the report goes, and what may go wrong on the way."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.cli.conftest import Call, Ran
from travistool.cli import files, parallel
from travistool.cli.files import load

Render = Callable[[Sequence[str]], list[parallel.Rendered]]
ROOT = Path(__file__).resolve().parents[2]
CLEAN = "language: python\n"
TYPO = "language: pythn\n"
SAID = "1:11: warning: unknown value 'pythn', Travis reads it as 'python' [find-value]\n"
TYPO_SECRET_AND_SUDO = "language: pythn\nsudo: false\ndeploy:\n  provider: npm\n  api_key: plain\n"


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


class TestPaths:
    """Which files are linted, in which order."""

    def test_the_example_of_the_readme_is_clean(self, travistool: Call) -> None:
        ran = travistool("lint", str(ROOT / "fixtures" / "example-project"))
        assert (ran.code, ran.out) == (0, "checked 1 file, nothing found\n")

    @pytest.mark.parametrize(
        ("written", "arguments", "found"),
        [
            pytest.param([".travis.yml", "other.yml"], [], [".travis.yml"], id="no path is the config here"),
            pytest.param(["a.yml", "b.yml"], ["b.yml", "a.yml"], ["b.yml", "a.yml"], id="as named"),
            pytest.param(["a.yml"], ["a.yml", "a.yml"], ["a.yml"], id="each once"),
            pytest.param(
                [".travis.yml", "z/.travis.yml", "a/b/.travis.yml", "a/other.yml", ".github/.travis.yml"],
                ["."],
                ["./.travis.yml", "./.github/.travis.yml", "./a/b/.travis.yml", "./z/.travis.yml"],
                id="folders are searched, in order",
            ),
            pytest.param(
                [f"{name}/sub/.travis.yml" for name in (".git", ".venv", "node_modules", "__pycache__", "kept")],
                ["."],
                ["./kept/sub/.travis.yml"],
                id="what others brought is skipped",
            ),
            pytest.param(
                ["node_modules/x/.travis.yml"],
                ["node_modules"],
                ["node_modules/x/.travis.yml"],
                id="unless it is named",
            ),
            pytest.param(
                ["a/.travis.yml", "b.yml"], ["b.yml", "a"], ["b.yml", "a/.travis.yml"], id="files and folders"
            ),
            pytest.param(["a/x", "b.yml"], ["a", "b.yml"], ["b.yml"], id="a folder without configs beside a file"),
            pytest.param(["-x.yml"], ["--", "-x.yml"], ["-x.yml"], id="a name with a dash"),
        ],
    )
    def test_files(
        self, written: list[str], arguments: list[str], found: list[str], folder: Path, travistool: Call
    ) -> None:
        for name in written:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(TYPO)
        ran = travistool("lint", "--format", "concise", "--quiet", *arguments)
        assert ran == Ran(1, "".join(f"{name}:{SAID}" for name in found), "")

    def test_linked_folders_are_not_walked_for_ever(self, folder: Path, travistool: Call) -> None:
        (folder / ".travis.yml").write_text(TYPO)
        (folder / "loop").symlink_to(folder, target_is_directory=True)
        assert travistool("lint", ".", "-f", "concise", "-q").out == f"./.travis.yml:{SAID}"

    def test_a_missing_file_does_not_stop_the_others(self, folder: Path, travistool: Call) -> None:
        (folder / "a.yml").write_text(TYPO)
        (folder / "b.yml").write_text(TYPO)
        assert travistool("lint", "a.yml", "gone.yml", "b.yml", "-f", "concise") == Ran(
            1,
            f"a.yml:{SAID}"
            "gone.yml: error: cannot read the file: no such file or directory [unreadable-file]\n"
            f"b.yml:{SAID}"
            "checked 3 files: 1 error, 2 warnings; --fix mends 2 of them\n",
            "",
        )

    def test_a_folder_in_place_of_the_config(self, folder: Path, travistool: Call) -> None:
        (folder / ".travis.yml").mkdir()
        assert travistool("lint", "-f", "concise", "-q") == Ran(
            1, ".travis.yml: error: cannot read the file: is a directory [unreadable-file]\n", ""
        )

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all files")
    def test_a_file_that_may_not_be_read(self, folder: Path, travistool: Call) -> None:
        (folder / ".travis.yml").write_text(TYPO)
        (folder / ".travis.yml").chmod(0)
        assert travistool("lint", "-f", "concise", "-q") == Ran(
            1, ".travis.yml: error: cannot read the file: permission denied [unreadable-file]\n", ""
        )

    def test_reading_fails_half_way(self, folder: Path, travistool: Call, monkeypatch: pytest.MonkeyPatch) -> None:
        (folder / ".travis.yml").write_text(TYPO)

        def broken(path: str) -> bytes:
            raise OSError(5, "Input/output error", path)

        monkeypatch.setattr(files, "_read", broken)
        assert travistool("lint", "-f", "concise", "-q") == Ran(
            1, ".travis.yml: error: cannot read the file: input/output error [unreadable-file]\n", ""
        )

    def test_too_large(self, folder: Path, travistool: Call, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(files, "LIMIT", 1024 * 1024)
        (folder / "a.yml").write_text("#" * (1024 * 1024))
        (folder / "b.yml").write_text("#" * (1024 * 1024 + 1))
        said = "the file is larger than 1 MB, which no config can be [unreadable-file]"
        assert travistool("lint", "a.yml", "b.yml", "-f", "concise", "-q").out == f"b.yml: error: {said}\n"
        assert (
            travistool("lint", "-", "-f", "concise", "-q", stdin=b"#" * 1024 * 1025).out == f"<stdin>: error: {said}\n"
        )

    def test_a_name_with_nul_cannot_be_read(self) -> None:
        problem = load("a\0b").problem
        assert problem is not None
        assert problem.message == "cannot read the file: its name holds a NUL character"


class TestStandardInput:
    def test_name(self, travistool: Call) -> None:
        assert travistool("lint", "-", "-f", "concise", "-q", stdin=TYPO.encode()) == Ran(1, f"<stdin>:{SAID}", "")

    def test_another_name(self, travistool: Call) -> None:
        ran = travistool("lint", "-", "--stdin-filename", "sub/.travis.yml", "-fconcise", "-q", stdin=TYPO.encode())
        assert ran == Ran(1, f"sub/.travis.yml:{SAID}", "")

    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_beside_files(self, jobs: str, folder: Path) -> None:
        (folder / "a.yml").write_text(TYPO)
        found = subprocess.run(
            [sys.executable, "-m", "travistool", "lint", "-", "a.yml", "-f", "concise", "-q", "--jobs", jobs],
            input=TYPO.encode(),
            capture_output=True,
            check=False,
            env=environment(),
        )
        assert (found.stdout.decode(), found.stderr) == (f"<stdin>:{SAID}a.yml:{SAID}", b"")

    @pytest.mark.skipif(not os.path.exists("/dev/fd"), reason="needs /dev/fd")
    def test_a_pipe_that_a_shell_names(self) -> None:
        reading, writing = os.pipe()

        def write() -> None:
            os.write(writing, TYPO.encode())
            os.close(writing)

        timer = threading.Timer(0.1, write)
        timer.start()
        loaded = load(f"/dev/fd/{reading}")
        timer.join()
        os.close(reading)
        assert loaded.source is not None
        assert loaded.source.text == TYPO


class TestSeverities:
    """What is shown, and what fails."""

    @pytest.mark.parametrize(
        ("text", "codes"),
        [
            pytest.param(CLEAN, {"never": 0, "error": 0, "warning": 0, "info": 0}, id="clean"),
            pytest.param("language: python\nsudo: no\n", {"never": 0, "error": 0, "warning": 0, "info": 1}, id="info"),
            pytest.param(TYPO, {"never": 0, "error": 0, "warning": 1, "info": 1}, id="warning"),
            pytest.param("language: zzzzzzzzz\n", {"never": 0, "error": 1, "warning": 1, "info": 1}, id="error"),
            pytest.param("a: [", {"never": 0, "error": 1, "warning": 1, "info": 1}, id="no YAML"),
        ],
    )
    def test_fail_on(self, text: str, codes: dict[str, int], folder: Path, travistool: Call) -> None:
        (folder / ".travis.yml").write_text(text)
        found = {severity: travistool("lint", "--fail-on", severity).code for severity in codes}
        assert found == codes
        assert travistool("lint").code == codes["warning"]

    @pytest.mark.parametrize(
        ("show", "counted"),
        [
            pytest.param("info", "checked 1 file: 1 error, 1 warning, 2 notes; --fix mends 3 of them\n", id="info"),
            pytest.param("warning", "checked 1 file: 1 error, 1 warning; --fix mends 1 of them\n", id="warning"),
            pytest.param("error", "checked 1 file: 1 error\n", id="error"),
        ],
    )
    def test_show(self, show: str, counted: str, folder: Path, travistool: Call) -> None:
        (folder / ".travis.yml").write_text(TYPO_SECRET_AND_SUDO)
        ran = travistool("lint", "-f", "concise", "--show", show)
        assert ran.out.splitlines(keepends=True)[-1] == counted
        assert ran.out.count(".travis.yml:") == {"info": 4, "warning": 2, "error": 1}[show]

    def test_show_counts_for_fail_on(self, folder: Path, travistool: Call) -> None:
        (folder / ".travis.yml").write_text(TYPO)
        assert travistool("lint", "--show", "error") == Ran(0, "checked 1 file, nothing found\n", "")

    def test_profile(self, folder: Path, travistool: Call) -> None:
        (folder / ".travis.yml").write_text("language: python\nsudo: no\n")
        assert travistool("lint", "-f", "concise", "-q", "-p", "service").out == (
            ".travis.yml:1:1: info: 'os' is missing, Travis uses 'linux' [default]\n"
            ".travis.yml:1:1: info: 'dist' is missing, Travis uses 'focal' [default]\n"
            ".travis.yml:2:1: warning: 'sudo' no longer has any effect, delete it [deprecated-key]\n"
        )


class TestOutput:
    def test_to_a_file(self, folder: Path, travistool: Call) -> None:
        (folder / ".travis.yml").write_text(TYPO)
        report = folder / "report"
        report.write_text("old")
        assert travistool("lint", "-f", "concise", "-q", "-o", "report") == Ran(1, "", "")
        assert report.read_text() == f".travis.yml:{SAID}"
        assert sorted(path.name for path in folder.iterdir()) == [".travis.yml", "report"]

    @pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
    def test_nothing_half_written(
        self, error: BaseException, folder: Path, travistool: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (folder / ".travis.yml").write_text(TYPO)
        (folder / "report").write_text("old")

        def fail(draft: str, path: str) -> None:
            assert Path(draft).read_text()
            assert Path(path).read_text() == "old"
            raise error

        monkeypatch.setattr(os, "replace", fail)
        ran = travistool("lint", "-o", "report")
        assert ran.code == (130 if isinstance(error, KeyboardInterrupt) else 5)
        assert (folder / "report").read_text() == "old"
        assert sorted(path.name for path in folder.iterdir()) == [".travis.yml", "report"]

    @pytest.mark.parametrize(
        ("target", "why"),
        [
            pytest.param("no/where", "no such file or directory", id="no such folder"),
            pytest.param(".travis.yml/report", "not a directory", id="a file for a folder"),
            pytest.param("sub", "is a directory", id="a folder"),
        ],
    )
    def test_refused(self, target: str, why: str, folder: Path, travistool: Call) -> None:
        (folder / ".travis.yml").write_text(TYPO)
        (folder / "sub").mkdir()
        assert travistool("lint", "-o", target) == Ran(
            5, "", f"travistool: error: cannot write {target}: {why}\n  name a file in a folder that you may write to\n"
        )
        assert sorted(path.name for path in folder.iterdir()) == [".travis.yml", "sub"]

    def test_a_link_stays_one(self, folder: Path, travistool: Call) -> None:
        (folder / ".travis.yml").write_text(CLEAN)
        (folder / "link").symlink_to("target")
        assert travistool("lint", "-o", "link").code == 0
        assert (folder / "link").is_symlink()
        assert (folder / "target").read_text() == "checked 1 file, nothing found\n"

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
    def test_a_pipe_is_written_to_and_stays(self, folder: Path, travistool: Call) -> None:
        (folder / ".travis.yml").write_text(CLEAN)
        os.mkfifo(folder / "pipe")
        reader = os.open(folder / "pipe", os.O_RDONLY | os.O_NONBLOCK)
        assert travistool("lint", "-o", "pipe").code == 0
        assert os.read(reader, 100) == b"checked 1 file, nothing found\n"
        os.close(reader)
        assert (folder / "pipe").is_fifo()


class TestColors:
    @pytest.mark.parametrize(
        ("environ", "color", "terminal", "expected"),
        [
            pytest.param({}, "auto", True, True, id="a terminal"),
            pytest.param({}, "auto", False, False, id="no terminal"),
            pytest.param({"NO_COLOR": "1"}, "auto", True, False, id="NO_COLOR"),
            pytest.param({"NO_COLOR": ""}, "auto", True, True, id="an empty NO_COLOR counts as none"),
            pytest.param({"NO_COLOR": "1", "FORCE_COLOR": "1"}, "auto", True, False, id="NO_COLOR wins"),
            pytest.param({"FORCE_COLOR": "1"}, "auto", False, True, id="FORCE_COLOR"),
            pytest.param({"CI": "true"}, "auto", True, False, id="CI"),
            pytest.param({"CI": "true", "FORCE_COLOR": "1"}, "auto", False, True, id="FORCE_COLOR in CI"),
            pytest.param({"TERM": "dumb"}, "auto", True, False, id="a dumb terminal"),
            pytest.param({"NO_COLOR": "1"}, "always", False, True, id="always"),
            pytest.param({"FORCE_COLOR": "1"}, "never", True, False, id="never"),
        ],
    )
    def test_when(
        self,
        environ: dict[str, str],
        color: str,
        terminal: bool,
        expected: bool,
        folder: Path,
        travistool: Call,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        (folder / ".travis.yml").write_text(TYPO)
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
        ran = travistool("lint", "--color", color)
        assert ("\x1b[" in ran.out) is expected

    def test_never_in_a_file_unless_asked(
        self, folder: Path, travistool: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (folder / ".travis.yml").write_text(TYPO)
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        travistool("lint", "-o", "report")
        assert "\x1b" not in (folder / "report").read_text()
        travistool("lint", "-o", "report", "--color", "always")
        assert "\x1b" in (folder / "report").read_text()
