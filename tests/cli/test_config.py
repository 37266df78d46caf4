"""Settings of projects, options over them, and baselines, as the command line has them."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Call, Ran
from travistool.cli import files
from travistool.cli.files import settings_for

TEXT = "language: pythn\nsudo: no\nfoo: 1\n"
RULES = {"find-value", "deprecated-key", "unknown-key"}


@pytest.fixture
def rules(folder: Path, travistool: Call) -> Callable[..., dict[str, set[str]]]:
    """Return a function that lints and gives the rules found by path."""
    assert folder.is_dir()

    def call(*arguments: str) -> dict[str, set[str]]:
        ran = travistool("lint", "-f", "json", *arguments)
        assert ran.err == ""
        found: dict[str, set[str]] = {}
        for one in json.loads(ran.out)["diagnostics"]:
            found.setdefault(one["path"], set()).add(one["rule"])
        return found

    return call


Rules = Callable[..., dict[str, set[str]]]


def write(folder: Path, **texts: str) -> None:
    """Write files; `__` in a name stands for `/`, `_` for a dot."""
    for name, text in texts.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


class TestWhere:
    """Which file has the settings of a config."""

    @pytest.mark.parametrize(
        ("written", "found"),
        [
            pytest.param({"pyproject.toml": "[tool.travistool]\n"}, "pyproject.toml", id="pyproject"),
            pytest.param({".travistool.toml": ""}, ".travistool.toml", id="a file of our own"),
            pytest.param(
                {".travistool.toml": "", "pyproject.toml": "[tool.travistool]\n"},
                ".travistool.toml",
                id="both: our own",
            ),
            pytest.param({"pyproject.toml": "[tool.ruff]\n"}, "", id="pyproject without our table"),
            pytest.param(
                {"a/b/pyproject.toml": "[tool.ruff]\n", "a/pyproject.toml": "[tool.travistool]\n"},
                "a/pyproject.toml",
                id="the next one with our table",
            ),
            pytest.param(
                {"a/b/.travistool.toml": "", "pyproject.toml": "[tool.travistool]\n"},
                "a/b/.travistool.toml",
                id="nearest",
            ),
            pytest.param({"a/b/c/.travistool.toml": ""}, "", id="not below"),
            pytest.param({"pyproject.toml/x": ""}, "", id="a folder of that name"),
        ],
    )
    def test_found(self, written: dict[str, str], found: str, folder: Path) -> None:
        for name, text in written.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        wanted = str(folder / found) if found else ""
        known: dict[str, str] = {}
        assert settings_for("a/b/.travis.yml", known) == wanted
        assert settings_for(str(folder / "a/b/.travis.yml"), {}) == wanted
        assert known[str(folder / "a/b")] == wanted

    def test_each_folder_is_looked_at_once(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        seen: list[str] = []
        look = files._settings_in

        def counted(place: str) -> str:
            seen.append(place)
            return look(place)

        monkeypatch.setattr(files, "_settings_in", counted)
        known: dict[str, str] = {}
        for name in ("a/b/x", "a/b/y", "a/z", "w"):
            assert settings_for(str(folder / name), known) == ""
        assert len(seen) == len(set(seen))

    def test_each_file_has_its_own(self, folder: Path, rules: Rules) -> None:
        write(folder, a__x_yml=TEXT, b__x_yml=TEXT)
        (folder / "a" / ".travistool.toml").write_text('ignore = ["unknown-key"]')
        (folder / "b" / "pyproject.toml").write_text('[tool.travistool]\nselect = ["unknown-key"]')
        assert rules("a/x.yml", "b/x.yml") == {"a/x.yml": RULES - {"unknown-key"}, "b/x.yml": {"unknown-key"}}
        assert rules("a/x.yml", "b/x.yml", "-j2") == rules("a/x.yml", "b/x.yml")

    def test_standard_input_has_those_of_its_name(self, folder: Path, travistool: Call) -> None:
        (folder / "a").mkdir()
        (folder / "a" / ".travistool.toml").write_text('ignore = ["ALL"]')
        assert travistool("lint", "-", stdin=TEXT.encode()).code == 1
        assert travistool("lint", "-", "--stdin-filename", "a/x.yml", stdin=TEXT.encode()).code == 0

    def test_named(self, folder: Path, rules: Rules) -> None:
        write(folder, x_yml=TEXT, a_toml='ignore = ["foo_"]'.replace("foo_", "unknown-key"))
        (folder / ".travistool.toml").write_text('ignore = ["ALL"]')
        assert rules("x.yml") == {}
        assert rules("x.yml", "--config", "a.toml") == {"x.yml": RULES - {"unknown-key"}}
        assert rules("x.yml", "--no-config") == {"x.yml": RULES}

    def test_our_own_file_may_have_the_long_table(self, folder: Path, rules: Rules) -> None:
        write(folder, x_yml=TEXT)
        (folder / ".travistool.toml").write_text('[tool.travistool]\nselect = ["find-value"]')
        assert rules("x.yml") == {"x.yml": {"find-value"}}


class TestWhat:
    """What settings do, and options over them."""

    @pytest.mark.parametrize(
        ("settings", "options", "code"),
        [
            pytest.param('fail-on = "never"', [], 0, id="fail-on"),
            pytest.param('fail-on = "never"', ["--fail-on", "info"], 1, id="the option wins"),
            pytest.param('fail-on = "never"', ["--fail-on", "warning"], 1, id="also with the default value"),
            pytest.param('severity = { find-value = "info", unknown-key = "info" }', [], 0, id="severity"),
            pytest.param('severity = { deprecated-key = "error" }', ["--fail-on", "error"], 1, id="louder"),
        ],
    )
    def test_exit_code(self, settings: str, options: list[str], code: int, folder: Path, travistool: Call) -> None:
        write(folder, x_yml=TEXT)
        (folder / ".travistool.toml").write_text(settings)
        assert travistool("lint", "x.yml", *options).code == code

    @pytest.mark.parametrize(
        ("settings", "options", "found"),
        [
            pytest.param("", [], RULES, id="nothing"),
            pytest.param('profile = "service"', [], {*RULES, "default"}, id="profile"),
            pytest.param('profile = "service"', ["--profile", "default"], RULES, id="the option wins"),
            pytest.param('ignore = ["unknown-key"]', [], RULES - {"unknown-key"}, id="ignore"),
            pytest.param(
                'ignore = ["unknown-key"]', ["--select", "unknown_key"], {"unknown-key"}, id="option for a rule"
            ),
            pytest.param(
                'select = ["unknown-key"]', ["--extend-select", "find-value"], {"unknown-key", "find-value"}, id="more"
            ),
            pytest.param(
                "", ["--select", "unknown-key,find-value", "--ignore", "find-value"], {"unknown-key"}, id="both"
            ),
            pytest.param(
                "", ["--select", "unknown-key", "--select", "default"], {"unknown-key", "default"}, id="twice"
            ),
            pytest.param("", ["--ignore", "schema"], set(), id="group"),
            pytest.param('select = ["unknown-key"]', ["--ignore", "ALL"], set(), id="all, over a name in the settings"),
            pytest.param('select = ["unknown-key"]', ["--ignore", "schema"], set(), id="a group, over a name"),
            pytest.param('select = ["unknown-key"]\nignore = ["ALL"]', [], {"unknown-key"}, id="a name, over all"),
            pytest.param(
                'ignore = ["unknown-key"]',
                ["--select", "schema"],
                {*RULES, "default"} - {"unknown-key"},
                id="stays ignored",
            ),
            pytest.param(
                'ignore = ["unknown-key"]',
                ["--extend-select", "schema"],
                {*RULES, "default"} - {"unknown-key"},
                id="stays so with more",
            ),
            pytest.param('ignore = ["schema"]', ["--select", "unknown-key"], {"unknown-key"}, id="a name of a group"),
        ],
    )
    def test_rules(self, settings: str, options: list[str], found: set[str], folder: Path, rules: Rules) -> None:
        write(folder, x_yml=TEXT)
        (folder / ".travistool.toml").write_text(settings)
        assert rules("x.yml", *options).get("x.yml", set()) == found

    def test_per_path(self, folder: Path, rules: Rules) -> None:
        write(folder, a__x_yml=TEXT, a__b__x_yml=TEXT, y_yml=TEXT)
        table = '[per-path]\n"a/*.yml" = { ignore = ["unknown-key"] }\n"y.yml" = { ignore = ["ALL"] }\n'
        (folder / ".travistool.toml").write_text(table)
        wanted = {"a/x.yml": RULES - {"unknown-key"}, "a/b/x.yml": RULES}
        assert rules("a/x.yml", "a/b/x.yml", "y.yml") == wanted
        assert rules("y.yml", "--extend-select", "find-value") == {"y.yml": {"find-value"}}

    def test_per_path_counts_from_the_file(self, folder: Path, rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
        write(folder, a__x_yml=TEXT)
        (folder / ".travistool.toml").write_text('[per-path]\n"a/x.yml" = { ignore = ["ALL"] }\n')
        monkeypatch.chdir(folder / "a")
        assert rules("x.yml") == {}

    @pytest.mark.parametrize(
        ("name", "settings", "said"),
        [
            pytest.param(
                "pyproject.toml",
                "[tool.travistool]\nignroe = []",
                "pyproject.toml: unknown key 'ignroe'\n  did you mean 'ignore'?\n",
                id="key",
            ),
            pytest.param(
                ".travistool.toml",
                "a = [",
                ".travistool.toml is not TOML: invalid value (at end of document)\n",
                id="no TOML",
            ),
            pytest.param(
                "pyproject.toml", "tool.travistool = 1", "pyproject.toml: 'tool.travistool' takes a table\n", id="table"
            ),
        ],
    )
    def test_wrong(self, name: str, settings: str, said: str, folder: Path, travistool: Call) -> None:
        write(folder, a__x_yml=TEXT)
        (folder / name).write_text(settings)
        assert travistool("lint", "a/x.yml") == Ran(2, "", f"travistool: error: {said}")

    @pytest.mark.parametrize(
        ("arguments", "code", "said"),
        [
            pytest.param(
                ["--config", "no.toml"],
                4,
                "cannot read the settings in no.toml: no such file or directory",
                id="missing",
            ),
            pytest.param(
                ["--config", "pyproject.toml"], 2, "pyproject.toml: there is no table [tool.travistool]", id="table"
            ),
            pytest.param(
                ["--select", "unknown-kay"], 2, "--select: there is no rule or group 'unknown-kay'", id="rule"
            ),
            pytest.param(
                ["--baseline", "no.json"],
                4,
                "cannot read the baseline in no.json: no such file or directory",
                id="baseline",
            ),
            pytest.param(
                ["--baseline", "x.yml"],
                4,
                "x.yml is not a baseline: expecting value: line 1 column 1 (char 0)",
                id="json",
            ),
        ],
    )
    def test_refused(self, arguments: list[str], code: int, said: str, folder: Path, travistool: Call) -> None:
        write(folder, x_yml=TEXT, pyproject_toml="[project]\n")
        ran = travistool("lint", "x.yml", *arguments)
        assert (ran.code, ran.out, ran.err.splitlines()[0]) == (code, "", f"travistool: error: {said}")

    def test_a_comment_about_our_table_is_none(self, folder: Path, rules: Rules) -> None:
        write(folder, x_yml=TEXT, pyproject_toml="# tool.travistool\n")
        assert rules("x.yml") == {"x.yml": RULES}


class TestBaseline:
    def test_old_findings_do_not_block(self, folder: Path, travistool: Call) -> None:
        write(folder, x_yml=TEXT)
        said = "checked 1 file, nothing found; 3 old findings in the baseline\n"
        assert travistool("lint", "x.yml", "--write-baseline", "old.json") == Ran(0, said, "")
        assert travistool("lint", "x.yml", "--baseline", "old.json") == Ran(0, said, "")
        (folder / "x.yml").write_text("# moved\n" + TEXT.replace("sudo: no\n", "") + "bar: 1\n")
        ran = travistool("lint", "x.yml", "--baseline", "old.json", "-f", "concise")
        assert ran.code == 1
        assert ran.out.splitlines()[1:] == [
            "checked 1 file: 1 warning; 2 old findings in the baseline; 1 entry of the baseline is gone"
        ]

    def test_from_the_settings_and_elsewhere(
        self, folder: Path, travistool: Call, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(folder, a__x_yml=TEXT)
        (folder / ".travistool.toml").write_text('baseline = "old.json"')
        assert travistool("lint", "a/x.yml").code == 4
        assert travistool("lint", "a/x.yml", "--write-baseline", "old.json").code == 0
        assert travistool("lint", str(folder / "a/x.yml")).code == 0
        monkeypatch.chdir(folder / "a")
        assert travistool("lint", "x.yml").code == 0
        assert travistool("lint", "x.yml", "--no-config").code == 1

    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_entries_of_files_that_are_gone(self, jobs: str, folder: Path, travistool: Call) -> None:
        write(folder, x_yml=TEXT, y_yml=TEXT, z_yml=TEXT)
        assert travistool("lint", "x.yml", "y.yml", "z.yml", "--write-baseline", "old.json", "-j", jobs).code == 0
        (folder / "y.yml").unlink()
        said = "checked 2 files, nothing found; 6 old findings in the baseline; 3 entries of the baseline are gone\n"
        assert travistool("lint", "x.yml", "z.yml", "--baseline", "old.json", "-j", jobs) == Ran(0, said, "")

    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_entries_are_gone_in_any_process(self, jobs: str, folder: Path, travistool: Call) -> None:
        write(folder, a__x_yml="language: c\n", b__x_yml="language: c\n", b__y_yml=TEXT)
        assert travistool("lint", "b/x.yml", "b/y.yml", "--write-baseline", "b/old.json").code == 0
        (folder / "b" / "y.yml").unlink()
        (folder / "b" / ".travistool.toml").write_text('baseline = "old.json"')
        said = "checked 2 files, nothing found; 3 entries of the baseline are gone\n"
        assert travistool("lint", "a/x.yml", "b/x.yml", "-j", jobs) == Ran(0, said, "")

    def test_what_is_not_linted_or_broken_is_not_gone(self, folder: Path, travistool: Call) -> None:
        write(folder, x_yml=TEXT, y_yml=TEXT)
        assert travistool("lint", "x.yml", "y.yml", "--write-baseline", "old.json").code == 0
        (folder / "x.yml").write_text("a: [")
        ran = travistool("lint", "x.yml", "--baseline", "old.json", "-f", "concise")
        assert (ran.code, ran.out.splitlines()[-1]) == (1, "checked 1 file: 1 error")

    def test_a_file_that_is_no_yaml_can_be_old(self, folder: Path, travistool: Call) -> None:
        write(folder, x_yml="a: [")
        assert travistool("lint", "x.yml", "--write-baseline", "old.json", "-f", "jsonl") == Ran(0, "", "")
        assert travistool("lint", "x.yml", "--baseline", "old.json", "-f", "jsonl") == Ran(0, "", "")

    def test_a_missing_file_is_never_old(self, folder: Path, travistool: Call) -> None:
        assert travistool("lint", "gone.yml", "--write-baseline", "old.json").code == 1
        assert json.loads((folder / "old.json").read_text())["findings"] == []

    def test_old_findings_are_not_fixed(self, folder: Path, travistool: Call) -> None:
        write(folder, x_yml=TEXT)
        assert travistool("lint", "x.yml", "--write-baseline", "old.json").code == 0
        (folder / "x.yml").write_text(TEXT + "os: ubuntu\n")
        assert travistool("lint", "x.yml", "--baseline", "old.json", "--fix").code == 0
        assert (folder / "x.yml").read_text() == TEXT + "os: linux\n"


def test_no_toml_reader_without_settings(folder: Path, travistool: Call) -> None:
    """The import costs as much as Python itself."""
    write(folder, x_yml="language: c\n", pyproject_toml="[tool.ruff]\n")
    for name in [name for name in sys.modules if name.startswith("tomllib")]:
        del sys.modules[name]
    assert travistool("lint", "x.yml").code == 0
    assert "tomllib" not in sys.modules
