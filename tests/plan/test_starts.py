from typing import Any

import pytest

from tests.plan.plans import normal
from travistool.plan.model import Event
from travistool.plan.starts import starts

_TAG = {"branch": "v1.0", "tag": "v1.0"}
_PULL = {"type": "pull_request", "branch": "master", "head_branch": "gh-pages"}


@pytest.mark.parametrize(
    ("text", "event", "because", "blamed"),
    [
        pytest.param(
            "branches: master", {"branch": "x"}, "branches.only has nothing that fits the branch 'x'", "master"
        ),
        pytest.param(
            "branches: {only: [master]}",
            _TAG,
            "branches.only has nothing that fits the tag 'v1.0'",
            "only",
            id="tags too",
        ),
        pytest.param(
            "branches: {only: [x]}",
            _PULL,
            "branches.only has nothing that fits the target branch 'master'",
            "only",
            id="pull requests by their target",
        ),
        pytest.param(
            "branches: {only: ['/^(?{a})/']}",
            {},
            "branches.only has nothing that fits the branch 'master' "
            "('/^(?{a})/' cannot be evaluated and counts as not fitting)",
            "only",
            id="a pattern that nobody can read",
        ),
        pytest.param(
            "branches: {except: [a, /^m/]}",
            {},
            "branches.except has '/^m/', which fits the branch 'master'",
            "/^m/",
            id="blocked by a pattern",
        ),
        pytest.param(
            "branches: {only: [/.*/]}",
            {"branch": "gh-pages"},
            "the branch 'gh-pages' is never built unless branches.only names it",
            "branches",
            id="pages, which a pattern does not name",
        ),
        pytest.param(
            "script: a",
            {"branch": "gh-pages"},
            "the branch 'gh-pages' is never built unless branches.only names it",
            None,
            id="pages",
        ),
        pytest.param(
            "if: tag IS present", {}, "the config's condition 'tag IS present' does not hold", "tag IS present", id="if"
        ),
        pytest.param(
            "script: a", {"commit_message": "x\n\n[skip ci]"}, "the commit message says [skip ci]", None, id="skip"
        ),
        *(
            pytest.param(
                "script: a",
                {"commit_message": f"x {command} y"},
                f"the commit message says {command}",
                None,
                id=command,
            )
            for command in (
                "[ci skip]",
                "[CI Skip]",
                "[skip travis]",
                "[travis ci skip]",
                "[skip travis-ci]",
                "[travisci skip]",
            )
        ),
    ],
)
def test_no_build(text: str, event: dict[str, Any], because: str, blamed: str | None) -> None:
    found = starts(normal(text), Event(**event))
    assert (found.build, found.because, found.span and found.span.text) == (False, because, blamed)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        pytest.param("script: a", {}, id="nothing said"),
        pytest.param("branches: {only: [master, '/^v\\d/']}", _TAG, id="a pattern for tags"),
        pytest.param("branches: {only: [/ast/]}", {}, id="patterns are not anchored"),
        pytest.param("branches: {only: [x, master], except: [master]}", {}, id="the safelist wins"),
        pytest.param("branches: {only: [gh-pages]}", {"branch": "gh-pages"}, id="pages by name"),
        pytest.param("script: a", {"branch": "gh-pages", "tag": "gh-pages"}, id="a tag of that name"),
        pytest.param("branches: {only: [v1]}", {"branch": "x", "tag": "v1"}, id="a tag counts, not a branch"),
        pytest.param("script: a", _PULL, id="a pull request from pages"),
        pytest.param("script: a", {"type": "cron", "commit_message": "[skip ci]"}, id="cron ignores skip commands"),
        pytest.param("script: a", {"commit_message": "skip ci [skipci] [ci-skip]"}, id="no skip commands"),
        pytest.param("{env: {global: [A=1]}, if: env(A) = 1}", {}, id="a condition on variables"),
    ],
)
def test_build(text: str, event: dict[str, Any]) -> None:
    found = starts(normal(text), Event(**event))
    assert (found.build, found.span) == (True, None), found.because
