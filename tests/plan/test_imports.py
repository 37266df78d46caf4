from typing import Any

import pytest

from tests.plan.plans import plan
from travistool.plan.expand import expand
from travistool.plan.imports import ApiConfig, Request, gather
from travistool.plan.model import Event
from travistool.source import Source

_EVENT = Event(repo="acme/demo", commit_message="some/thing")


class _Files:
    def __init__(self, files: dict[str, str]) -> None:
        self.files = files
        self.asked: list[str] = []

    def read(self, repo: str, path: str, ref: str | None) -> str | None:
        name = path if (repo, ref) == ("acme/demo", None) else f"{repo}:{path}@{ref or ''}"
        self.asked.append(name)
        return self.files.get(name)

    def default_branch(self, repo: str) -> str:
        return {"o/old": "master"}.get(repo, "main")


def _gather(text: str, files: dict[str, str] | None = None, *api: ApiConfig, event: Event = _EVENT) -> Request:
    return gather(Source(".travis.yml", text), _Files(files or {}), event, api=api)


def _config(request: Request) -> dict[str, Any]:
    assert request.normal is not None
    config = request.normal.config()
    assert isinstance(config, dict)
    return {key: value for key, value in config.items() if key not in ("language", "os", "dist", "import")}


@pytest.mark.parametrize(
    ("text", "files", "script", "parts"),
    [
        pytest.param("script: [a]", {}, ["a"], [".travis.yml@"], id="nothing imported"),
        pytest.param(
            "import: {source: x.yml, mode: deep_merge_prepend}\nscript: [a]",
            {"x.yml": "script: [b]"},
            ["a", "b"],
            [".travis.yml@", "x.yml@"],
            id="own items first",
        ),
        pytest.param(
            "import: [{source: x.yml, mode: deep_merge_append}]\nscript: [a]",
            {"x.yml": "script: [b]"},
            ["b", "a"],
            [".travis.yml@", "x.yml@"],
            id="own items last",
        ),
        pytest.param(
            "import: x.yml\nscript: !prepend [a]",
            {"x.yml": "script: [b]"},
            ["a", "b"],
            [".travis.yml@", "x.yml@"],
            id="a tag",
        ),
        pytest.param(
            "import: {source: x.yml, mode: replace}\n",
            {"x.yml": "script: [b]"},
            None,
            [".travis.yml@", "x.yml@"],
            id="replace",
        ),
        pytest.param(
            "import: [a/x.yml, y.yml]",
            {"a/x.yml": "import: ./z.yml", "a/z.yml": "script: z", "y.yml": "script: y"},
            ["z"],
            [".travis.yml@", "a/x.yml@", "a/z.yml@", "y.yml@"],
            id="depth first, relative to the importing file",
        ),
        pytest.param(
            "import: o/r:x.yml",
            {
                "o/r:x.yml@main": "import: [y.yml, 'o/s:z.yml@v1']",
                "o/r:y.yml@main": "os: osx",
                "o/s:z.yml@v1": "script: z",
            },
            ["z"],
            [".travis.yml@", "o/r:x.yml@main", "o/r:y.yml@main", "o/s:z.yml@v1"],
            id="other repositories",
        ),
        pytest.param(
            "import: 'x/%{commit_message}.yml'",
            {"x/some%2Fthing.yml": "script: b"},
            ["b"],
            [".travis.yml@", "x/%{commit_message}.yml@"],
            id="the message in the path",
        ),
        pytest.param(
            "import: [x.yml, y.yml]",
            {"x.yml": "script: x", "y.yml": "import: x.yml"},
            ["x"],
            [".travis.yml@", "x.yml@", "y.yml@"],
            id="each file once",
        ),
        pytest.param(
            "import: {source: x.yml, if: branch = x}\nscript: a",
            {"x.yml": "os: osx"},
            ["a"],
            [".travis.yml@"],
            id="condition",
        ),
        pytest.param(
            "import: x.yml\nscript: a", {"x.yml": "  \n"}, ["a"], [".travis.yml@"], id="an empty file takes no part"
        ),
    ],
)
def test_merged(text: str, files: dict[str, str], script: list[str] | None, parts: list[str]) -> None:
    request = _gather(text, files)
    assert _config(request).get("script") == script
    assert [part.name.removeprefix("acme/demo:") for part in request.parts] == parts
    assert request.error is None


def test_api_configs_stand_over_the_root() -> None:
    one = ApiConfig(Source("api", "script: [one]\nos: osx"), "deep_merge_append")
    two = ApiConfig(Source("api", "script: [two]"), "merge")
    request = _gather("script: [root]\nimport: x.yml", {"x.yml": "script: [x]\ninstall: i"}, one, two)
    assert [part.name for part in request.parts] == [
        "api.1",
        "api.2",
        "acme/demo:.travis.yml@",
        "acme/demo:x.yml@",
    ]
    # The root merges into api.2 by its mode, and so does not add items; what it imports came to it before.
    assert _config(request) == {"script": ["two", "one"], "install": ["i"]}


@pytest.mark.parametrize(
    ("text", "files", "rule", "message", "blamed", "error"),
    [
        pytest.param(
            "import: x.yml",
            {},
            "unknown-import",
            "import not found: x.yml",
            "x.yml",
            "file-not-found",
            id="no file",
        ),
        pytest.param(
            "import: [x.yml]",
            {"x.yml": "import:\n- foo"},
            "invalid-ref",
            "'foo' names no config file, write path.yml, path.yml@ref or owner/name:path.yml@ref",
            "foo",
            None,
            id="no reference, in the imported file",
        ),
        pytest.param(
            "import: {mode: merge}",
            {},
            "invalid-ref",
            "an import needs a source, such as path.yml or owner/name:path.yml@ref",
            "{mode: merge}",
            None,
            id="no source",
        ),
        pytest.param(
            "import: {source: x.yml, mode: foo}",
            {"x.yml": "script: a"},
            "unknown-merge-mode",
            "unknown merge mode 'foo', Travis starts no build",
            "foo",
            "unknown-merge-mode",
            id="mode",
        ),
        pytest.param(
            "import: x.yml",
            {"x.yml": "import: y.yml", "y.yml": "import: x.yml"},
            "import-cycle",
            "x.yml imports itself in the end, Travis leaves this import out",
            "x.yml",
            None,
            id="cycle",
        ),
    ],
)
def test_problems(text: str, files: dict[str, str], rule: str, message: str, blamed: str, error: str | None) -> None:
    request = _gather(text, files)
    (problem,) = request.diagnostics
    assert (problem.rule, problem.message, problem.span.text, request.error) == (rule, message, blamed, error)
    assert request.normal is not None


def test_problems_of_an_imported_file_point_into_it() -> None:
    request = _gather("import: [x.yml, y.yml]", {"x.yml": "script: [x", "y.yml": "scrpt: y"})
    (problem,) = request.diagnostics
    assert problem.span.source.name == "x.yml"
    assert request.error == "unreadable"
    assert request.normal is not None
    found = [one for one in request.normal.messages if one.code == "find_key"]
    assert [(one.span.source.name, one.span.text) for one in found] == [("y.yml", "scrpt")]


def test_a_skipped_import_says_why() -> None:
    request = _gather("import:\n- source: x.yml\n  if: type = cron", {"x.yml": "script: x"})
    (skipped,) = request.skipped
    assert (skipped.kind, skipped.what, skipped.reason) == ("import", "x.yml", "its condition does not hold")
    assert skipped.span is not None
    assert skipped.span.text == "type = cron"
    assert [(one.code, one.args) for one in request.messages] == [
        ("skip_import", {"source": "acme/demo:x.yml@", "condition": "type = cron"})
    ]


@pytest.mark.parametrize(("number", "codes"), [(23, []), (24, ["too_many_imports"]), (40, ["too_many_imports"])])
def test_the_limit(number: int, codes: list[str]) -> None:
    names = [f"{one}.yml" for one in range(number)]
    request = _gather(f"import: [{', '.join(names)}]", dict.fromkeys(names, "script: a"))
    assert [one.code for one in request.messages] == codes
    assert len(request.parts) == min(number + 1, 25)
    assert [one.span.text for one in request.diagnostics] == ["import"] * len(codes)


def test_what_is_imported_is_known_as_such() -> None:
    request = _gather("import: x.yml\nscript: a", {"x.yml": "install: b\npython: ['3.9']\nlanguage: python"})
    assert request.normal is not None
    (job,) = expand(request.normal, _EVENT).jobs
    found = {key: (one.kind, one.span and one.span.source.name) for key, one in job.origins.items()}
    assert found["script"] == ("root", ".travis.yml")
    assert found["install"] == ("import", "x.yml")
    assert found["python"] == ("axis", "x.yml")


def test_without_imports_nothing_is_read_and_the_result_is_the_same() -> None:
    files = _Files({})
    request = gather(Source(".travis.yml", "script: a"), files, _EVENT)
    assert files.asked == []
    assert request.normal is not None
    assert request.normal.config() == plan("script: a").config


def test_a_plan_has_no_imports_any_more() -> None:
    request = _gather("import: x.yml\nscript: a", {"x.yml": "os: osx"})
    assert request.normal is not None
    plan_of_it = expand(request.normal, _EVENT)
    assert "import" not in plan_of_it.config
    assert "import" not in plan_of_it.jobs[0].config


def test_anchors_count_only_in_the_first_config() -> None:
    request = _gather("import: x.yml\nfoo: &a 1\nscript: *a", {"x.yml": "bar: &b 2\ninstall: *b"})
    assert request.normal is not None
    found = [(one.code, one.args["key"]) for one in request.normal.messages if one.code != "default"]
    assert found == [("deprecated_key", "foo"), ("unknown_key", "bar")]


def test_a_file_that_is_imported_twice_is_read_and_blamed_once() -> None:
    files = _Files({"x.yml": "a: [", "y.yml": "import: x.yml"})
    request = gather(Source(".travis.yml", "import: [x.yml, y.yml]"), files, _EVENT)
    assert files.asked == ["x.yml", "y.yml"]
    assert [one.span.source.name for one in request.diagnostics] == ["x.yml"]


def test_no_config() -> None:
    request = gather(None, _Files({}), _EVENT)
    assert (request.normal, request.error, [one.rule for one in request.diagnostics]) == (
        None,
        "file-not-found",
        ["no-config"],
    )


def test_rows_of_variables_know_their_file() -> None:
    files = {"x.yml": "env: {global: [S=1]}"}
    text = "import: [{source: x.yml, mode: deep_merge_append}]\nenv: {global: [A=1], jobs: [B=1]}\n"
    request = _gather(text, files)
    assert request.normal is not None
    (job,) = expand(request.normal, _EVENT).jobs
    found = {name: (origin.kind, origin.span and origin.span.source.name) for name, _, origin in job.variables()}
    assert found == {"S": ("import", "x.yml"), "A": ("root", ".travis.yml"), "B": ("axis", ".travis.yml")}
