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


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("exit 0", True),
        ("a || exit 1", True),
        ("exec make", True),
        ("echo exit", False),
        ("exec 3>&1", False),
        ("exec > log", False),
        ("a || return 1", False),
    ],
)
def test_leaves(command: str, expected: bool) -> None:
    assert shell.leaves(command) is expected


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("return 1", True),
        ("a || return", True),
        ("if a; then return 1; fi", True),
        ("local x=1", True),
        ("f() { return 1; }; f", False),
        ("f () {\n  echo ${a:-{}}\n  return 1\n}\nf", False),
        ("function f {\n  return 1\n}", False),
        ("f() { return 1; }; f || return 1", True),
        ("f() { return 1", True),
        ("echo return", False),
        ("./local return", False),
    ],
)
def test_needs_function(command: str, expected: bool) -> None:
    assert shell.needs_function(command) is expected


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("set -e", True),
        ("set -xe", True),
        ("set -x -e", True),
        ("set -o errexit", True),
        ("true; set -ev", True),
        ("source ci/env.sh", True),
        (". ./functions.sh", True),
        ("source venv/bin/activate", False),
        (". $HOME/.nvm/nvm.sh", False),
        ("set +e", False),
        ("set -x", False),
        ("echo set -e", False),
        ("bash -e run.sh", False),
    ],
)
def test_may_stop(command: str, expected: bool) -> None:
    assert shell.may_stop(command) is expected


@pytest.mark.parametrize("command", ["false", "f() { false; true; }; f", "", "# nothing", "echo 'open", "sleep 0 &"])
def test_checked_leaves_errexit_alone(command: str) -> None:
    """Under `set -e` the shell ends at the command itself; without it, what was asked for happens."""
    made = shell.checked(command, "echo failed")
    fails = subprocess.run(["bash", "-c", command], check=False, capture_output=True).returncode != 0
    told = subprocess.run(["bash", "-c", f"{made}\n"], text=True, check=False, capture_output=True).stdout
    assert (told == "failed\n") is fails
    strict = subprocess.run(["bash", "-ec", f"{made}\necho on"], text=True, check=False, capture_output=True).stdout
    assert strict == ("" if "false" in command or fails else "on\n")
