"""`lint --fix`, `--unsafe-fixes` and `--diff`: what is written, what is shown, and what is left alone."""

import os
from pathlib import Path

import pytest

from tests.cli.conftest import Call, Ran
from travistool.cli import fix as fixes
from travistool.cli.fix import difference
from travistool.diagnostics import Diagnostic, Severity
from travistool.lint import fixing
from travistool.lint.fixing import Fixed
from travistool.report.layout import Style
from travistool.source import Source, Span

TYPO = "language: pythn\n"
FIXED = "language: python\n"
UNSAFE = "deploy:\n  provider: npm\n  skip_cleanup: false\n"
CLEANUP = ".travis.yml:3:3: info: 'skip_cleanup: false' is for dpl v1 and fails with dpl v2, write "
CLEANUP += "'cleanup: true' instead [deprecated-key]\n"
BROKEN = "a: [\n"


class TestFix:
    def test_file(self, folder: Path, travistool: Call) -> None:
        (folder / ".travis.yml").write_text(TYPO + UNSAFE)
        said = CLEANUP.replace(":3:3:", ":4:3:")
        assert travistool("lint", "--fix", "-f", "concise") == Ran(
            0, f"{said}fixed 1 finding in 1 file; checked 1 file: 1 note left; --fix --unsafe-fixes mends it\n", ""
        )
        assert (folder / ".travis.yml").read_text() == FIXED + UNSAFE
        assert [path.name for path in folder.iterdir()] == [".travis.yml"]

    def test_nothing_left(self, folder: Path, travistool: Call) -> None:
        (folder / "a.yml").write_text(TYPO)
        (folder / "b.yml").write_text("os: ubuntu\nlanguage: pythn\n")
        (folder / "c.yml").write_text(FIXED)
        said = "fixed 3 findings in 2 files; checked 3 files, nothing left\n"
        assert travistool("lint", "--fix", "a.yml", "b.yml", "c.yml", "-j2") == Ran(0, said, "")
        assert travistool("lint", "--fix", "a.yml", "b.yml") == Ran(0, "checked 2 files, nothing found\n", "")

    def test_unsafe(self, folder: Path, travistool: Call) -> None:
        (folder / ".travis.yml").write_text(TYPO + UNSAFE)
        said = "fixed 2 findings in 1 file; checked 1 file, nothing left\n"
        assert travistool("lint", "--fix", "--unsafe-fixes") == Ran(0, said, "")
        assert (folder / ".travis.yml").read_text() == "language: python\ndeploy:\n  provider: npm\n  cleanup: true\n"

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            pytest.param(b"language: pythn\r\nos: linux\r\n", b"language: python\r\nos: linux\r\n", id="CR LF"),
            pytest.param(b"language: pythn\ros: linux", b"language: python\ros: linux", id="CR, no final line end"),
            pytest.param(b"\xef\xbb\xbflanguage: pythn\n", b"\xef\xbb\xbflanguage: python\n", id="byte order mark"),
            pytest.param(b"# \xc3\xa9\nlanguage: pythn\r\n\n", b"# \xc3\xa9\nlanguage: python\r\n\n", id="mixed ends"),
        ],
    )
    def test_bytes(self, before: bytes, after: bytes, folder: Path, travistool: Call) -> None:
        (folder / ".travis.yml").write_bytes(before)
        assert travistool("lint", "--fix").code == 0
        assert (folder / ".travis.yml").read_bytes() == after

    def test_a_file_with_nothing_to_fix_is_not_written(self, folder: Path, travistool: Call) -> None:
        (folder / ".travis.yml").write_text(UNSAFE)
        before = (folder / ".travis.yml").stat()
        assert travistool("lint", "--fix").code == 0
        after = (folder / ".travis.yml").stat()
        assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)

    def test_the_mode_stays(self, folder: Path, travistool: Call) -> None:
        (folder / ".travis.yml").write_text(TYPO)
        (folder / ".travis.yml").chmod(0o640)
        assert travistool("lint", "--fix").code == 0
        assert (folder / ".travis.yml").stat().st_mode & 0o777 == 0o640

    def test_a_link_stays_one(self, folder: Path, travistool: Call) -> None:
        (folder / "real.yml").write_text(TYPO)
        (folder / ".travis.yml").symlink_to("real.yml")
        assert travistool("lint", "--fix").code == 0
        assert (folder / ".travis.yml").is_symlink()
        assert (folder / "real.yml").read_text() == FIXED

    def test_what_is_not_shown_is_not_fixed(self, folder: Path, travistool: Call) -> None:
        (folder / ".travis.yml").write_text("language: pythn\nos: ubuntu\nsudo: no\n")
        assert travistool("lint", "--fix", "--ignore", "find-value", "-q", "-fconcise").code == 0
        assert (folder / ".travis.yml").read_text() == "language: pythn\nos: linux\n"
        (folder / ".travis.yml").write_text("language: pythn\nos: ubuntu\n")
        assert travistool("lint", "--fix", "--show", "warning").code == 0
        assert (folder / ".travis.yml").read_text() == "language: python\nos: ubuntu\n"


class TestLeftAlone:
    def test_bytes_that_are_not_utf_8(self, folder: Path, travistool: Call) -> None:
        (folder / ".travis.yml").write_bytes(b"language: pythn\n# \xff\n")
        ran = travistool("lint", "--fix", "-f", "concise", "-q")
        assert (ran.code, ran.out.count("\n")) == (1, 2)
        assert ran.err == "travistool: .travis.yml is not fixed: its bytes are not UTF-8\n"
        assert (folder / ".travis.yml").read_bytes() == b"language: pythn\n# \xff\n"

    def test_bytes_that_are_not_utf_8_without_a_fix(self, folder: Path, travistool: Call) -> None:
        (folder / ".travis.yml").write_bytes(b"language: python\n# \xff\n")
        assert travistool("lint", "--fix").err == ""

    def test_not_yaml(self, folder: Path, travistool: Call) -> None:
        (folder / ".travis.yml").write_text(BROKEN + TYPO)
        assert travistool("lint", "--fix").code == 1
        assert (folder / ".travis.yml").read_text() == BROKEN + TYPO

    def test_missing(self, travistool: Call) -> None:
        ran = travistool("lint", "--fix", "gone.yml", "-q", "-fconcise")
        assert ran == Ran(1, "gone.yml: error: cannot read the file: no such file or directory [unreadable-file]\n", "")

    def test_a_file_that_changed_meanwhile(
        self, folder: Path, travistool: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (folder / ".travis.yml").write_text(TYPO)
        fix = fixing.fix

        def slow(*given: object, **named: object) -> Fixed:
            (folder / ".travis.yml").write_text("language: c\n")
            return fix(*given, **named)  # type: ignore[arg-type]

        monkeypatch.setattr(fixes, "fix", slow)
        ran = travistool("lint", "--fix", "--fail-on", "never")
        assert (ran.code, ran.err) == (1, "travistool: .travis.yml is not fixed: it has changed meanwhile\n")
        assert (folder / ".travis.yml").read_text() == "language: c\n"

    def test_nothing_half_written(self, folder: Path, travistool: Call, monkeypatch: pytest.MonkeyPatch) -> None:
        (folder / ".travis.yml").write_text(TYPO)

        def fail(draft: str, path: str) -> None:
            assert Path(draft).read_text() == FIXED
            raise OSError(28, "No space left on device", path)

        monkeypatch.setattr(os, "replace", fail)
        ran = travistool("lint", "--fix")
        assert (ran.code, ran.err) == (
            1,
            "travistool: .travis.yml is not fixed: cannot write .travis.yml: no space left on device\n",
        )
        assert (folder / ".travis.yml").read_text() == TYPO
        assert [path.name for path in folder.iterdir()] == [".travis.yml"]

    def test_a_file_that_must_not_be_written(
        self, folder: Path, travistool: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (folder / ".travis.yml").write_text(TYPO)
        monkeypatch.setattr(os, "access", lambda *_: False)
        assert travistool("lint", "--fix").err == "travistool: .travis.yml is not fixed: permission denied\n"
        assert (folder / ".travis.yml").read_text() == TYPO

    @pytest.mark.skipif(not os.path.exists("/dev/fd"), reason="needs /dev/fd")
    def test_a_pipe(self, travistool: Call) -> None:
        reading, writing = os.pipe()
        os.write(writing, TYPO.encode())
        os.close(writing)
        name = f"/dev/fd/{reading}"
        assert travistool("lint", "--fix", name).err == f"travistool: {name} is not fixed: it is no regular file\n"
        os.close(reading)

    def test_a_fix_that_is_not_safe_after_all(
        self, folder: Path, travistool: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (folder / ".travis.yml").write_text(FIXED)

        def wrong(source: Source, *_: object, **__: object) -> Fixed:
            error = Diagnostic("internal-error", Severity.WARNING, "a contradiction", Span(source, 0, 8))
            return Fixed(source, 0, (error,))

        monkeypatch.setattr(fixes, "fix", wrong)
        said = ".travis.yml:1:1: warning: a contradiction [internal-error]\n"
        assert travistool("lint", "--fix", "-fconcise") == Ran(1, f"{said}checked 1 file: 1 warning\n", "")
        assert travistool("lint", "--diff", "-q") == Ran(1, "", said)


class TestStandardInput:
    def test_text_to_standard_output_report_aside(self, travistool: Call) -> None:
        ran = travistool("lint", "--fix", "-", "-f", "concise", stdin=(TYPO + "foo: 1\r\n").encode())
        assert ran == Ran(
            1,
            f"{FIXED}foo: 1\r\n",
            "<stdin>:2:1: warning: unknown key 'foo' at the top level, Travis ignores it [unknown-key]\n"
            "fixed 1 finding in 1 file; checked 1 file: 1 warning left\n",
        )

    @pytest.mark.parametrize("text", [FIXED, BROKEN, "", "\ufeff- a\r\n"])
    def test_nothing_to_fix(self, text: str, travistool: Call) -> None:
        assert travistool("lint", "--fix", "-", stdin=text.encode()).out == text

    def test_report_to_a_file(self, folder: Path, travistool: Call) -> None:
        assert travistool("lint", "--fix", "-", "-o", "report", stdin=TYPO.encode()) == Ran(0, FIXED, "")
        assert (folder / "report").read_text() == "fixed 1 finding in 1 file; checked 1 file, nothing left\n"

    @pytest.mark.parametrize("data", [b"language: pythn\n# \xff\n", "language: c\n".encode("utf-16")])
    def test_what_cannot_be_written_back(self, data: bytes, travistool: Call) -> None:
        ran = travistool("lint", "--fix", "-", stdin=data)
        assert (ran.code, ran.out) == (4, "")
        assert "standard input is not fixed: it is not UTF-8 text that could be written back" in ran.err

    def test_diff(self, travistool: Call) -> None:
        ran = travistool("lint", "--diff", "-", "--stdin-filename", "a.yml", "-q", stdin=TYPO.encode())
        assert ran == Ran(1, "--- a.yml\n+++ a.yml\n@@ -1 +1 @@\n-language: pythn\n+language: python\n", "")


class TestDiff:
    def test_nothing_is_written(self, folder: Path, travistool: Call) -> None:
        (folder / ".travis.yml").write_text(TYPO)
        wanted = "--- .travis.yml\n+++ .travis.yml\n@@ -1 +1 @@\n-language: pythn\n+language: python\n"
        assert travistool("lint", "--diff") == Ran(1, wanted, "would fix 1 finding in 1 file\n")
        assert travistool("lint", "--diff", "--fix", "-q") == Ran(1, wanted, "")
        assert (folder / ".travis.yml").read_text() == TYPO

    def test_nothing_to_fix(self, folder: Path, travistool: Call) -> None:
        (folder / ".travis.yml").write_text("language: c\nfoo: 1\n" + UNSAFE)
        assert travistool("lint", "--diff") == Ran(0, "", "nothing to fix\n")
        ran = travistool("lint", "--diff", "--unsafe-fixes")
        assert (ran.code, ran.out.count("+  cleanup: true\n"), ran.err) == (1, 1, "would fix 1 finding in 1 file\n")

    def test_what_cannot_be_read(self, folder: Path, travistool: Call) -> None:
        (folder / ".travis.yml").write_text(BROKEN)
        ran = travistool("lint", "--diff", "-q")
        assert (ran.code, ran.out, ran.err.split(": ")[:2]) == (1, "", [".travis.yml:1:4", "error"])

    def test_to_a_file(self, folder: Path, travistool: Call) -> None:
        (folder / ".travis.yml").write_text(TYPO)
        assert travistool("lint", "--diff", "-q", "-o", "a.diff") == Ran(1, "", "")
        assert (folder / "a.diff").read_text().startswith("--- .travis.yml\n")

    @pytest.mark.parametrize(
        ("before", "after", "lines"),
        [
            pytest.param("a\n", "a\n", [], id="equal"),
            pytest.param("a\r\nb\n", "a\nb\n", ["-a\r\n", "+a\n", " b\n"], id="only a line end"),
            pytest.param(
                "a",
                "b",
                ["-a\n", "\\ No newline at end of file\n", "+b\n", "\\ No newline at end of file\n"],
                id="no end",
            ),
            pytest.param("a\x85b\n", "a\x85c\n", ["-a\x85b\n", "+a\x85c\n"], id="not a line end"),
        ],
    )
    def test_difference(self, before: str, after: str, lines: list[str]) -> None:
        text = difference(Source("x", before), Source("x", after), Style())
        assert text == "".join(["--- x\n", "+++ x\n", *text.splitlines(keepends=True)[2:3], *lines] if lines else [])

    def test_secrets_are_starred_out(self) -> None:
        secret = "deploy:\n  provider: npm\n  api_token: s3cr3tvalue\n"
        text = difference(Source("x", TYPO + secret), Source("x", FIXED + secret), Style())
        assert "   api_token: ***********\n" in text
        assert "s3cr3t" not in text

    def test_colors(self) -> None:
        text = difference(Source("x", "a\n"), Source("x", "b\n"), Style(color=True))
        assert text.endswith("\x1b[31m-a\n\x1b[0m\x1b[32m+b\n\x1b[0m")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["--unsafe-fixes"], "--unsafe-fixes goes with --fix or --diff", id="unsafe alone"),
        pytest.param(
            ["--fix", "--write-baseline", "x"], "--write-baseline does not go with --fix or --diff", id="baseline"
        ),
        pytest.param(["--config", "x", "--no-config"], "--config and --no-config exclude each other", id="config"),
    ],
)
def test_options_that_do_not_go_together(arguments: list[str], said: str, folder: Path, travistool: Call) -> None:
    (folder / ".travis.yml").write_text(TYPO)
    ran = travistool("lint", *arguments)
    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (2, "", f"travistool: error: {said}")
    assert (folder / ".travis.yml").read_text() == TYPO
