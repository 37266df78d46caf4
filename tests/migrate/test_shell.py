"""Commands as parts of a longer script."""

import subprocess

import pytest

from travistool.migrate import shell


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        pytest.param("make", "make || exit", id="a command"),
        pytest.param("a && b", "a && b || exit", id="a list: its status counts"),
        pytest.param("a; b", "a; b || exit", id="only the last one counts"),
        pytest.param("make # all", "{\nmake # all\n} || exit", id="a comment would swallow it"),
        pytest.param("serve &", "{\nserve &\n} || exit", id="a background process"),
        pytest.param("if a; then\n  b\nfi", "if a; then\n  b\nfi || exit", id="a compound command"),
        pytest.param("cat <<E\nx\nE", "{\ncat <<E\nx\nE\n} || exit", id="a here-document"),
        pytest.param("echo 'a", "eval \"$(cat <<'COMMAND'\necho 'a\nCOMMAND\n)\" || exit", id="an open quote"),
        pytest.param("if a; then b", "eval \"$(cat <<'COMMAND'\nif a; then b\nCOMMAND\n)\" || exit", id="an open if"),
        pytest.param(
            "mv !(a) b", "eval \"$(cat <<'COMMAND'\nmv !(a) b\nCOMMAND\n)\" || exit", id="a pattern of another dialect"
        ),
        pytest.param("", ":", id="nothing"),
    ],
)
def test_followed(command: str, expected: str) -> None:
    made = shell.followed(command, "|| exit")
    assert made == expected
    assert subprocess.run(["bash", "-n"], input=made, text=True, check=False).returncode == 0


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("cd app", True),
        ("export A=1", True),
        ("source venv/bin/activate", True),
        (". ./env.sh", True),
        ("nvm use 8", True),
        ("X=1", True),
        ("server &", True),
        ("f() { :; }", True),
        ("make test", False),
        ("A=1 make", False),
        ("make > log 2>&1", False),
        ("a && b", False),
        ("echo cd", False),
    ],
)
def test_leaks(command: str, expected: bool) -> None:
    assert shell.leaks(command) is expected


@pytest.mark.parametrize(("command", "expected"), [("exit 0", True), ("a || exit 1", True), ("echo exit", False)])
def test_leaves(command: str, expected: bool) -> None:
    assert shell.leaves(command) is expected
