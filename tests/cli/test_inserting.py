"""An encrypted text into configs of all layouts: what is written, and that nothing else changes."""

import pytest

from travistool.cli.inserting import inserted
from travistool.source import Source

NEW = 'secure: "X"'
GLOBAL = [
    pytest.param("", f"env:\n  global:\n    - {NEW}\n", id="an empty file"),
    pytest.param("# only\n", f"# only\nenv:\n  global:\n    - {NEW}\n", id="a comment"),
    pytest.param("os: linux", f"os: linux\nenv:\n  global:\n    - {NEW}", id="no last line end"),
    pytest.param("os: linux\n\n# end\n", f"os: linux\nenv:\n  global:\n    - {NEW}\n\n# end\n", id="comment at the end"),
    pytest.param("env:\r\n  global: # a\r\n  - A=1 # b\r\nos: linux\r\n", f"env:\r\n  global: # a\r\n  - A=1 # b\r\n  - {NEW}\r\nos: linux\r\n", id="a list, CRLF"),
    pytest.param("env:\n    global:\n        - |\n          A=1\nos: linux\n", f"env:\n    global:\n        - |\n          A=1\n        - {NEW}\nos: linux\n", id="behind a block"),
    pytest.param("env: {global: [A=1]}\n", f"env: {{global: [A=1, {{{NEW}}}]}}\n", id="brackets"),
    pytest.param("env: {jobs: [A=1]}\n", f"env: {{jobs: [A=1], global: [{{{NEW}}}]}}\n", id="braces"),
    pytest.param("env:\n  global: A=1 # c\n", f"env:\n  global: [A=1, {{{NEW}}}] # c\n", id="one text"),
    pytest.param("env:\n  global: # c\n  jobs: A=1\n", f"env:\n  global: # c\n    - {NEW}\n  jobs: A=1\n", id="no value"),
    pytest.param("env:\n  global:\n    A: 1 # c\n    # d\n    B: 2\nos: linux\n", f"env:\n  global:\n    - A: 1 # c\n      # d\n      B: 2\n    - {NEW}\nos: linux\n", id="a map"),
    pytest.param("env:\n- A=1 # c\n\n- B=2\n", f"env:\n  global:\n    - {NEW}\n  jobs:\n  - A=1 # c\n\n  - B=2\n", id="rows of the matrix"),
    pytest.param("env: A=1\n", f"env:\n  global:\n    - {NEW}\n  jobs: A=1\n", id="one row"),
    pytest.param("env:\n  A: 1\n", f"env:\n  A: 1\n  global:\n    - {NEW}\n", id="a row as a map"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), GLOBAL)
def test_variables(before: str, after: str) -> None:
    found = inserted(Source("f", before), ("env", "global"), "X")
    assert found is not None
    assert found.text == after


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        pytest.param("env.jobs", "env:\n  matrix:\n    - A=1\n", f"env:\n  matrix:\n    - A=1\n    - {NEW}\n", id="rows under their other name"),
        pytest.param("env.jobs", "env:\n  - A=1\n", f"env:\n  - A=1\n  - {NEW}\n", id="rows"),
        pytest.param("deploy.key", "deploy:\n  provider: s3 # a\nos: linux\n", f"deploy:\n  provider: s3 # a\n  key:\n    {NEW}\nos: linux\n", id="a new key"),
        pytest.param("deploy.key", "deploy:\n  key: abc # a\n  on: x\n", f"deploy:\n  key: {{{NEW}}} # a\n  on: x\n", id="in the place of plain text"),
        pytest.param("deploy.key", "deploy:\n  key:\n    secure: 'old' # a\n  on: x\n", 'deploy:\n  key:\n    secure: "X" # a\n  on: x\n', id="in the place of another"),
        pytest.param("deploy.1.key", "deploy:\n- provider: a\n- provider: b\n", f"deploy:\n- provider: a\n- provider: b\n  key:\n    {NEW}\n", id="in a list"),
        pytest.param("a.b.c", "os: linux\n", f"os: linux\na:\n  b:\n    c:\n      {NEW}\n", id="all new"),
    ],
)  # fmt: skip
def test_other_places(path: str, before: str, after: str) -> None:
    found = inserted(Source("f", before), tuple(path.split(".")), "X")
    assert found is not None
    assert found.text == after


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("deploy.key", "deploy:\n  - provider: a\n", id="which of a list"),
        pytest.param("deploy.2.key", "deploy:\n  - provider: a\n", id="not in the list"),
        pytest.param("deploy.key", "deploy:\n  key: {a: 1, b: 2}\n", id="something else is there"),
        pytest.param("env.global", "env: *none\n", id="an alias"),
        pytest.param("env.global", "- a\n", id="no map"),
        pytest.param("env.global", "a: [\n", id="no YAML"),
    ],
)
def test_where_it_does_not_fit(path: str, text: str) -> None:
    assert inserted(Source("f", text), tuple(path.split(".")), "X") is None
