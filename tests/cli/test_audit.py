"""`travistool audit` from the outside: what it finds, what it keeps, how it goes on, and how it ends."""

import json
import os
import re
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.audit.samples import CONFIGS, SECRET
from tests.cli.conftest import Call
from tests.cli.test_lint import environment
from travistool.audit import examine
from travistool.audit.formats import FORMATS
from travistool.cli import auditing
from travistool.cli.files import load
from travistool.cli.state import State
from travistool.migrate.migrate import Prepared, migrate_to
from travistool.migrate.target import Migration, Target

ROOT = Path(__file__).resolve().parents[2]
QUIET = ("--to", "github", "-q", "-f", "jsonl")


@pytest.fixture
def fleet(folder: Path) -> Path:
    for name in ("simple", "stages", "services"):
        place = folder / "all" / name
        place.mkdir(parents=True)
        (place / ".travis.yml").write_text(CONFIGS[name])
    return folder / "all"


def paths(out: str) -> list[str]:
    return [json.loads(line)["path"] for line in out.splitlines()]


class TestFinding:
    def test_repositories_below_a_folder(self, fleet: Path, travistool: Call) -> None:
        """What is below a repository is a part of it: vendored configs are none of ours."""
        (fleet / "simple" / "vendor").mkdir()
        (fleet / "simple" / "vendor" / ".travis.yml").write_text("script: x\n")
        (fleet / "without" / ".git").mkdir(parents=True)
        (fleet / "without" / "deeper").mkdir()
        (fleet / "without" / "deeper" / ".travis.yml").write_text("script: x\n")
        (fleet / ".git").mkdir()
        ran = travistool("audit", "all", *QUIET)
        assert (ran.code, ran.err) == (0, "")
        assert paths(ran.out) == [f"all/{name}/.travis.yml" for name in ("services", "simple", "stages")]

    def test_files_that_read_variables(self, fleet: Path, travistool: Call) -> None:
        """Only those in its own folder, whether it is a repository or one project of several in a repository."""
        (fleet / "simple" / "run.sh").write_text("echo $TRAVIS_BRANCH\n")
        (fleet / "run.sh").write_text("echo $TRAVIS_TAG\n")
        for place, expected in ((fleet, 1), (fleet / "simple", 1)):
            for call in (["init", "-q"], ["add", "--all"]):
                subprocess.run(["git", *call], cwd=place, check=True)
            rows = [json.loads(line) for line in travistool("audit", "all", *QUIET).out.splitlines()]
            made = {row["path"]: row["targets"][0]["tasks"].get("variable", 0) for row in rows}
            assert made.pop("all/simple/.travis.yml") == expected
            assert set(made.values()) == {0}

    def test_lists(self, fleet: Path, folder: Path, travistool: Call) -> None:
        (folder / "list").write_text(f"# ours\n\nall/stages\nall/simple/.travis.yml\n{fleet}/../all/simple\n")
        ran = travistool("audit", "--list", "list", "--list", "-", *QUIET, stdin=b"all/services\ngone.yml\n")
        assert ran.code == 1
        first, second, third, *rest = paths(ran.out)
        assert (first, second) == ("all/stages/.travis.yml", "all/simple/.travis.yml")
        assert third == str(fleet / "simple" / ".travis.yml")
        assert rest == ["all/services/.travis.yml", "gone.yml"]
        assert json.loads(ran.out.splitlines()[-1])["problem"] == "cannot read the file: no such file or directory"

    @pytest.mark.parametrize(
        ("arguments", "code", "message"),
        [
            (("nowhere",), 4, "there is no folder 'nowhere'"),
            (("empty",), 4, "there is no repository with a .travis.yml"),
            (("--list", "nowhere"), 4, "cannot read the list nowhere"),
            (("all", "--to", "gihtub"), 2, "did you mean 'github'?"),
            (("all", "--format", "pdf"), 2, "--format takes one of table, json, jsonl, csv, html, not 'pdf'"),
            (("all", "--profile", "x"), 2, "--profile takes one of"),
            (("all", "--as-of", "soon"), 2, "--as-of takes a day such as 2026-01-31, not 'soon'"),
            (("all", "--as-of", "2026-02-30"), 2, "--as-of takes a day such as 2026-01-31, not '2026-02-30'"),
            (("all", "--state", "a", "--resume", "b"), 2, "do not go together"),
            (("all", "--resume", "b"), 4, "there is no state 'b'"),
            (("all", "--state", "all/simple/.travis.yml"), 4, "is not the state of an audit"),
            (("all", "--state", "no/such/folder"), 5, "cannot write the state"),
        ],
    )
    @pytest.mark.usefixtures("fleet")
    def test_wrong_calls(
        self, folder: Path, travistool: Call, arguments: tuple[str, ...], code: int, message: str
    ) -> None:
        (folder / "empty").mkdir()
        ran = travistool("audit", *arguments)
        assert ran.code == code
        assert message in ran.err
        assert (folder / "all" / "simple" / ".travis.yml").read_text() == CONFIGS["simple"]


class TestReports:
    @pytest.mark.parametrize("format_", FORMATS)
    def test_every_format_is_the_same_each_time(self, fleet: Path, travistool: Call, format_: str) -> None:
        """However many processes look, and wherever it goes."""
        for name in CONFIGS:
            (fleet / name).mkdir(exist_ok=True)
            (fleet / name / ".travis.yml").write_text(CONFIGS[name])
        call = ("audit", "all", "-q", "-f", format_, "--to", "github", "--to", "azure")
        ran = travistool(*call, "-j", "1")
        assert (ran.code, ran.err) == (1, "")
        assert ran.out
        assert SECRET not in ran.out
        assert travistool(*call, "-j", "3", "-o", "report").out == ""
        assert Path("report").read_text() == ran.out

    @pytest.mark.usefixtures("fleet")
    def test_the_table_says_the_same_without_colors(self, travistool: Call) -> None:
        plain = travistool("audit", "all", "-q").out
        colored = travistool("audit", "all", "-q", "--color", "always").out
        assert "\x1b[32m" in colored or "\x1b[36m" in colored
        shown = "\n".join(line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", colored).split("\n"))
        assert shown == plain

    @pytest.mark.usefixtures("fleet")
    def test_lines_where_nobody_looks(self, travistool: Call) -> None:
        assert travistool("audit", "all", "--to", "github").err.endswith("/s\n")
        assert travistool("audit", "all", "--to", "github", "--no-progress").err == ""

    @pytest.mark.usefixtures("fleet")
    def test_the_page_in_the_docs(self, travistool: Call, update_golden: bool) -> None:
        page = ROOT / "docs" / "audit.md"
        ran = travistool("audit", "all", "--to", "github", "--to", "gitlab", "-q", "--as-of", "2026-11-01")
        text = page.read_text()
        begin, end = "$ travistool audit all --to github --to gitlab -q --as-of 2026-11-01\n", "```"
        before, sign, rest = text.partition(begin)
        assert sign
        expected = f"{before}{begin}{ran.out}{end}{rest.partition(end)[2]}"
        if update_golden:
            page.write_text(expected)
        assert page.read_text() == expected


class TestState:
    def test_what_is_known_is_not_looked_at_again(
        self, fleet: Path, folder: Path, travistool: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        call = ("audit", "all", *QUIET, "--state", "state")
        first = travistool(*call)
        before = (folder / "state").read_bytes()
        assert before.count(b"\n") == 4

        def fail(*_: object, **__: object) -> object:
            raise AssertionError

        with monkeypatch.context() as patch:
            patch.setattr(auditing, "load", fail)
            assert travistool(*call) == first
            assert travistool(*call[:-2], "--resume", "state", "-j", "1") == first
        (fleet / "simple" / ".travis.yml").write_text(CONFIGS["broken"])
        again = travistool(*call)
        assert again.code == 1
        assert (folder / "state").read_bytes().startswith(before)
        assert (folder / "state").read_bytes().count(b"\n") == 5
        # Other options are another question.
        assert travistool(*call, "--to", "gitlab").out.count('"gitlab"') == 3
        assert (folder / "state").read_bytes().count(b"\n") == 8

    @pytest.mark.parametrize(
        "cut", [pytest.param(1, id="line end"), pytest.param(40, id="in a row"), pytest.param(10_000, id="in the head")]
    )
    @pytest.mark.usefixtures("fleet")
    def test_a_torn_end_is_forgiven(self, folder: Path, travistool: Call, cut: int) -> None:
        call = ("audit", "all", *QUIET, "--state", "state")
        first = travistool(*call)
        whole = (folder / "state").read_bytes()
        (folder / "state").write_bytes(whole[: max(5, len(whole) - cut)])
        assert travistool(*call) == first
        mended = (folder / "state").read_bytes().splitlines()
        assert len([json.loads(line) for line in mended]) == 4

    @pytest.mark.skipif(sys.platform == "win32", reason="has no such locks")
    @pytest.mark.usefixtures("fleet")
    def test_one_run_at_a_time(self, travistool: Call) -> None:
        with closing(State("state")):
            ran = travistool("audit", "all", *QUIET, "--state", "state")
            assert (ran.code, ran.out) == (4, "")
            assert "another audit uses state right now" in ran.err
        assert travistool("audit", "all", *QUIET, "--state", "state").code == 0

    def test_configs_with_imports_are_looked_at_again(self, fleet: Path, folder: Path, travistool: Call) -> None:
        (fleet / "simple" / ".travis.yml").write_text("import: ci.yml\nscript: x\n")
        (fleet / "simple" / "ci.yml").write_text("language: go\n")
        call = ("audit", "all", *QUIET, "--state", "state")
        assert '"languages": ["go"]' in travistool(*call).out
        (fleet / "simple" / "ci.yml").write_text("language: rust\n")
        assert '"languages": ["rust"]' in travistool(*call).out
        assert (folder / "state").read_bytes().count(b"\n") == 5

    @pytest.mark.heavy
    @pytest.mark.skipif(not hasattr(os, "fork"), reason="needs POSIX signals")
    @pytest.mark.parametrize("keeps", [True, False])
    def test_interrupted(self, folder: Path, travistool: Call, keeps: bool) -> None:
        """The state can be used, and how to go on is told."""
        for number in range(20_000):
            (folder / f"{number:04}.yml").write_text(CONFIGS["stages"])
        names = sorted(path.name for path in folder.glob("*.yml"))
        (folder / "list").write_text("\n".join(names))
        call = ["audit", "--list", "list", "--to", "github", "-f", "jsonl", "-j", "2"]
        state = ["--state", "state"] if keeps else []
        process = subprocess.Popen(
            [sys.executable, "-m", "travistool", *call, *state],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
            start_new_session=True,
            text=True,
        )
        assert process.stderr is not None
        assert process.stderr.readline().endswith("/s\n")
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out) == (130, "")
        found = re.search(r"stopped after (\d+) files; (.*)\n", err)
        assert found is not None
        assert 0 < int(found[1]) < 20_000
        assert found[2] == ("go on with --resume state" if keeps else "nothing is kept: name a file with --state")
        if keeps:
            assert (folder / "state").read_bytes().count(b"\n") == int(found[1]) + 1
            few = names[: min(50, int(found[1]) // 2)]
            (folder / "list").write_text("\n".join(few))
            assert paths(travistool(*call, "-q", "--resume", "state").out) == few


class TestTrouble:
    @pytest.mark.skipif(sys.platform != "linux", reason="other processes do not see what is patched")
    @pytest.mark.usefixtures("fleet")
    def test_a_crash_ends_nothing(self, travistool: Call, monkeypatch: pytest.MonkeyPatch) -> None:
        real = migrate_to

        def crash(target: Target, prepared: Prepared) -> Migration:
            if prepared.build.stages:
                raise RecursionError
            return real(target, prepared)

        monkeypatch.setattr(examine, "migrate_to", crash)
        ran = travistool("audit", "all", *QUIET)
        assert ran.code == 70
        rows = [json.loads(line) for line in ran.out.splitlines()]
        assert [row["targets"][0]["state"] for row in rows] == ["values", "values", "crashed"]
        assert rows[2]["crashes"][0]["error"].startswith("RecursionError at travistool/audit/")
        assert "Bugs of travistool" in travistool("audit", "all", "-q").out

    @pytest.mark.skipif(sys.platform != "linux", reason="other processes do not see what is patched")
    @pytest.mark.usefixtures("fleet")
    def test_a_process_that_dies_ends_nothing(self, travistool: Call, monkeypatch: pytest.MonkeyPatch) -> None:
        real = load

        def die(path: str) -> object:
            if "simple" in path:
                os._exit(9)
            return real(path)

        with monkeypatch.context() as patch:
            patch.setattr(auditing, "load", die)
            ran = travistool("audit", "all", *QUIET, "--state", "state")
        assert ran.code == 70
        rows = [json.loads(line) for line in ran.out.splitlines()]
        assert [row["targets"][0]["state"] for row in rows] == ["values", "crashed", "values"]
        assert rows[1]["crashes"] == [{"step": "process", "error": "the process ended with 9"}]
        ran = travistool("audit", "all", *QUIET, "--resume", "state")
        assert (ran.code, ran.out.count('"state": "values"')) == (0, 3)


def test_options_are_documented(travistool: Call) -> None:
    options = set(re.findall(r"(?<![\w-])--[a-z-]+", travistool("audit", "--help").out))
    section = (ROOT / "docs" / "cli.md").read_text().partition("## `travistool audit")[2].partition("\n## ")[0]
    assert options - {"--help"} <= set(re.findall(r"(?<![\w-])--[a-z-]+", section))
    assert [name for name in FORMATS if f"`{name}`" not in section] == []
