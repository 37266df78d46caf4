"""What a job's config says to its language."""

from typing import Any

import pytest

from travistool.catalog.settings import Settings, as_text, escaped, names_of, parts


@pytest.mark.parametrize(
    ("cache", "name", "expected"),
    [
        pytest.param(None, "pip", False, id="not-written"),
        pytest.param(None, "npm", True, id="npm-is-on"),
        pytest.param(False, "npm", False, id="all-off"),
        pytest.param({"npm": False}, "npm", False, id="off"),
        pytest.param({"directories": ["x"]}, "npm", True, id="others-leave-npm-on"),
        pytest.param("pip", "pip", True, id="word"),
        pytest.param(["pip", {"npm": False}], "npm", False, id="map-in-a-list"),
        pytest.param(["pip", {"npm": False}], "pip", True, id="word-in-a-list"),
    ],
)
def test_caches(cache: Any, name: str, expected: bool) -> None:
    assert Settings(config={"cache": cache}).caches(name) is expected


SETTINGS = Settings(
    config={"go": ["1.14", "1.15"], "args": "", "no": False, "old": "5.1", "task": [{"test": "-p vm"}, "dartfmt"]},
    defaults={"dist": "xenial", "go": "1.11"},
    names={"upper": lambda settings: settings.first("go") + "!"},
    aliases={"5.1": "5.10"},
)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        pytest.param("golang:{go}", "golang:1.14", id="first-value"),
        pytest.param("{dist}", "xenial", id="default"),
        pytest.param("npm ci {npm_args}", "npm ci ", id="not-set"),
        pytest.param("{x|--jobs=3}", "--jobs=3", id="text-instead"),
        pytest.param("{args|--jobs=3}", "", id="empty-text-is-set"),
        pytest.param("{no|1}", "1", id="false-is-not-set"),
        pytest.param("{upper}", "1.14!", id="name-of-the-language"),
        pytest.param("{old}", "5.10", id="alias"),
        pytest.param("${CC:-{go}} ${go} {GO} { q(1) }", "${CC:-1.14} ${go} {GO} { q(1) }", id="shell-is-left"),
    ],
)
def test_fill(template: str, expected: str) -> None:
    assert SETTINGS.fill(template) == expected


def test_names_of() -> None:
    assert names_of("${CC:-{cc}} {a|b} {dart_task.test} ${x} {X}") == {"cc", "a", "dart_task.test"}


def test_part() -> None:
    assert [SETTINGS.part("task", "test"), SETTINGS.part("task", "dartfmt"), SETTINGS.part("go", "x")] == [
        "-p vm",
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("-v -t", "-v\\ -t"), ("", "''"), ("A.sln", "A.sln"), ("a\nb", "a'\n'b"), ("x;y", "x\\;y")],
)
def test_escaped(text: str, expected: str) -> None:
    assert escaped(text) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(True, "true"), (False, "false"), (None, ""), (42, "42"), ({"secure": "abc"}, "[secure]"), ({"a": 1}, "a")],
)
def test_as_text(value: Any, expected: str) -> None:
    assert as_text(value) == expected


def test_parts() -> None:
    assert [parts("v12.16.1"), parts("R14B04"), parts("latest")] == [(12, 16, 1, 0), (14, 4, 0, 0), (0, 0, 0, 0)]
