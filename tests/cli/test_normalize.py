"""`travistool normalize`: the three forms, files that are no configs, and YAML that reads back as the same."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.cli.conftest import Call, Ran
from tests.examples import examples
from travistool.document.emit import emit
from travistool.pipeline import read
from travistool.source import Source

ROOT = Path(__file__).resolve().parents[2]
TEXT = "language: pythn\nos: linux\ndist: jammy\n"
CONFIG = {"language": "python", "os": ["linux"], "dist": "jammy"}
MESSAGE = {
    "level": "warn",
    "key": "language",
    "code": "find_value",
    "args": {"original": "pythn", "value": "python"},
    "message": "unknown value 'pythn', Travis reads it as 'python'",
    "span": {"start": {"line": 1, "column": 11}, "end": {"line": 1, "column": 16}},
}
NOT_A_MAP = "the file must be a map of keys like 'language: python', not a list"
BROKEN = {
    "path": "b.yml",
    "error": {
        "code": "root-not-a-map",
        "message": NOT_A_MAP,
        "span": {"start": {"line": 1, "column": 1}, "end": {"line": 1, "column": 4}},
    },
}
GONE = {
    "path": "gone.yml",
    "error": {
        "code": "unreadable-file",
        "message": "cannot read the file: no such file or directory",
        "span": None,
    },
}


@pytest.fixture
def written(folder: Path) -> Path:
    """A folder with a config, and a file that is none."""
    (folder / ".travis.yml").write_text(TEXT)
    (folder / "b.yml").write_text("- a\n")
    return folder


def row(path: str) -> dict[str, Any]:
    return {"path": path, "config": CONFIG, "messages": [MESSAGE]}


@pytest.mark.usefixtures("written")
class TestForms:
    def test_yaml(self, travistool: Call) -> None:
        wanted = Ran(0, "language: python\nos:\n- linux\ndist: jammy\n", "")
        assert travistool("normalize") == wanted
        assert travistool("normalize", "--format", "yaml", ".travis.yml") == wanted
        assert travistool("normalize", ".") == wanted

    def test_yaml_of_several(self, folder: Path, travistool: Call) -> None:
        (folder / "\x1b.yml").write_text(TEXT)
        body = "language: python\nos:\n- linux\ndist: jammy\n"
        assert travistool("normalize", ".travis.yml", "\x1b.yml") == Ran(
            0, f"---\n# .travis.yml\n{body}---\n# ␛.yml\n{body}", ""
        )

    def test_json(self, travistool: Call) -> None:
        ran = travistool("normalize", "-f", "json")
        assert (ran.code, json.loads(ran.out), ran.err) == (0, row(".travis.yml"), "")
        assert ran.out.startswith('{\n  "path": ')

    def test_json_of_several(self, travistool: Call) -> None:
        ran = travistool("normalize", "-f", "json", "b.yml", ".travis.yml")
        assert (ran.code, json.loads(ran.out), ran.err) == (1, [BROKEN, row(".travis.yml")], "")

    def test_jsonl(self, travistool: Call) -> None:
        ran = travistool("normalize", "-f", "jsonl", "gone.yml", ".travis.yml", "b.yml")
        rows = [json.loads(line) for line in ran.out.splitlines()]
        assert (ran.code, rows, ran.err) == (1, [GONE, row(".travis.yml"), BROKEN], "")

    def test_order_of_keys(self, travistool: Call) -> None:
        """Both JSON forms, and the config in them, keep the order of the recordings."""
        found = json.loads(travistool("normalize", "-f", "jsonl").out)
        assert list(found) == ["path", "config", "messages"]
        assert list(found["config"]) == list(CONFIG)
        assert list(found["messages"][0]) == ["level", "key", "code", "args", "message", "span"]

    def test_files_that_are_no_configs_as_yaml(self, travistool: Call) -> None:
        assert travistool("normalize", "b.yml", "gone.yml", ".travis.yml") == Ran(
            1,
            "---\n# .travis.yml\nlanguage: python\nos:\n- linux\ndist: jammy\n",
            f"b.yml:1:1: error: {NOT_A_MAP} [root-not-a-map]\n"
            "gone.yml: error: cannot read the file: no such file or directory [unreadable-file]\n",
        )

    def test_standard_input(self, travistool: Call) -> None:
        ran = travistool("normalize", "-", "-f", "jsonl", stdin=TEXT.encode())
        assert json.loads(ran.out) == row("<stdin>")

    def test_output(self, folder: Path, travistool: Call) -> None:
        assert travistool("normalize", "-o", "normal.yml") == Ran(0, "", "")
        assert (folder / "normal.yml").read_text() == "language: python\nos:\n- linux\ndist: jammy\n"

    def test_unknown_form(self, travistool: Call) -> None:
        assert travistool("normalize", "-f", "xml") == Ran(
            2, "", "travistool: error: --format takes one of yaml, json, jsonl, not 'xml'\n"
        )


@pytest.mark.parametrize("form", ["yaml", "json", "jsonl"])
def test_no_file(form: str, travistool: Call) -> None:
    assert travistool("normalize", "-f", form).code == 4


def test_no_raw_control_characters(travistool: Call) -> None:
    text = b'script: "\\x9b31m\\x1b[31m\\x7f"\nlanguage: shell\nos: linux\ndist: focal\n'
    for form in ("yaml", "json", "jsonl"):
        out = travistool("normalize", "-", "-f", form, stdin=text).out
        assert out.replace("\n", "").isprintable()
        if form == "jsonl":
            assert json.loads(out)["config"]["script"] == ["\x9b31m\x1b[31m\x7f"]


def same(text: str) -> bool:
    """Tell whether the YAML form of a config reads back as the same config, in the same order."""
    first = read(Source("a.yml", text)).normal
    assert first is not None
    config = first.config()
    again = read(Source("b.yml", emit(config))).normal
    assert again is not None
    assert json.dumps(again.config()) == json.dumps(config)
    return True


@pytest.mark.parametrize(
    "text",
    [
        *(
            pytest.param(path.read_text(encoding="utf-8"), id=path.parent.name)
            for path in sorted((ROOT / "fixtures").rglob(".travis.yml"))
        ),
        pytest.param("", id="empty"),
        pytest.param(
            "unknown: {on: yes, off: no, y: n, 1: 2, null: null, true: 1, 3.10: 0x1f}\n", id="keys of all types"
        ),
        pytest.param("python: [3.10, '3.10', 3, 1e3, 010, 0o7, 1_000, .inf, 12:30:45, 2024-1-1x]\n", id="numbers"),
        pytest.param("script: [yes, no, on, off, y, n, ~, null, '', true, '=', '<<']\n", id="words"),
        pytest.param(
            "script: ['# a', '- a', 'a: b', '&a', '*a', '!a', '@a', '`a', '%a', '? a', '|', '>']\n", id="signs"
        ),
        pytest.param('script: ["  a  ", "a\\nb\\n", "a\\r\\nb", "\\t", "a\\\\b"]\n', id="blanks"),
        pytest.param("deploy: {provider: npm, api_key: {secure: YWJj}, on: {tags: true}}\n", id="secrets"),
        pytest.param(
            "jobs: {include: [{stage: a, script: b}, {stage: c, env: A=1 B=2}], exclude: [{os: osx}]}\n", id="jobs"
        ),
        pytest.param("a: &a {script: [x]}\njobs: {include: [*a, {<<: *a}]}\n", id="aliases"),
    ],
)
def test_yaml_reads_back_as_the_same(text: str) -> None:
    assert same(text)


def test_text_stays_text_for_other_readers() -> None:
    """Quoted is what a reader of YAML 1.1 or 1.2 would take for a number, a boolean, a date or nothing."""
    config = {"a": ["3.10", "yes", "on", "null", "1e3", "0x1f", "12:30", "2024-01-31", "plain"], "b": [True, 3]}
    assert emit(config) == (
        "a:\n- '3.10'\n- 'yes'\n- 'on'\n- 'null'\n- '1e3'\n- '0x1f'\n- '12:30'\n- '2024-01-31'\n- plain\nb:\n- true\n- 3\n"
    )


_TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@examples(50)
@given(st.lists(_TEXTS, min_size=1, max_size=4))
@example(["\x07", "\x85", "\u2028", "\ufeff", "\U0001f48e", "\x9b", "\ue000"])
def test_any_text_survives(texts: list[str]) -> None:
    written = emit({"language": "shell", "script": texts})
    normal = read(Source("a.yml", written)).normal
    assert normal is not None
    assert same(written)
