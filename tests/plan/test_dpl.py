"""The deploy tool: the call that Travis makes of an entry. Which version: test_deployments.py."""

from typing import Any

import pytest

from travistool.plan.dpl import call


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        pytest.param({"provider": "s3", "bucket": "a b"}, ['--provider="s3"', '--bucket="a b"'], id="texts are quoted"),
        pytest.param({"a": 'x"\\\n'}, ['--a="x\\"\\\\\\n"'], id="what ends a quote is escaped"),
        pytest.param({"a": ["x", "y"]}, ['--a="x"', '--a="y"'], id="a list repeats the option"),
        pytest.param({"a": True, "b": False, "c": None}, ["--a", "--no-b"], id="true, false and null"),
        pytest.param({"a": False, "dpl_version": "1.10.1"}, [], id="dpl 1 knows no false"),
        pytest.param({"a": False, "dpl_version": "2.0.1"}, ["--no-a"], id="dpl 2 by number"),
        pytest.param({"a": False, "dpl_version": "1.9", "edge": True}, ["--no-a", "--edge"], id="edge is dpl 2 here"),
        pytest.param({"app": {"master": "one", "dev": "two"}}, ['--app="two"'], id="a map by branch"),
        pytest.param({"app": {"master": "one"}}, [], id="a map without the branch"),
        pytest.param({"n": 3}, ["--n=3"], id="a number"),
        pytest.param({"on": {"tags": True}, "if": "a", "true": "b", "allow_failure": True}, [], id="no options"),
    ],
)
def test_call(entry: dict[str, Any], expected: list[str]) -> None:
    assert call(entry, "dev") == ("dpl", *expected)
