"""`travistool encrypt`, and `simulate --private-key` with what it has written."""

import importlib.util
import re
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.cli.conftest import Call
from travistool.simulate.keys import decrypt, private_key

HOST = ("simulate", "--engine", "host", "--progress", "lines")
CONFIG = "# ours\nlanguage: shell\nenv:\n  global:\n    - A=1 # one\nscript: 'printf %s \"$TOKEN\" | od -An -c'\n"


@pytest.fixture(scope="module")
def pair() -> tuple[str, str]:
    key = rsa.generate_private_key(65537, 1024)
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    public = key.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo)
    return key.private_bytes(pem, form, serialization.NoEncryption()).decode(), public.decode()


@pytest.fixture
def keys(folder: Path, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    (folder / "own.pem").write_text(pair[0])
    (folder / "pub.pem").write_text(pair[1])
    (folder / ".travis.yml").write_text(CONFIG)
    return folder


def clear(folder: Path, text: str) -> str | None:
    (found,) = re.findall(r'^\s*(?:- )?secure: "([A-Za-z0-9+/=]+)"$', text, re.MULTILINE)
    return decrypt(private_key((folder / "own.pem").read_text()), found)


@pytest.mark.parametrize(
    ("arguments", "stdin", "expected"),
    [
        pytest.param(["TOKEN=abc"], b"", "TOKEN=abc", id="from the command line"),
        pytest.param(["TOKEN=a b=c"], b"", "TOKEN='a b=c'", id="quoted for the shell"),
        pytest.param(["TOKEN"], b"it's\n", "TOKEN='it'\"'\"'s'", id="from standard input, without its line end"),
        pytest.param(["TOKEN="], b"", "TOKEN=''", id="an empty value"),
        pytest.param(["--raw", "a=b c"], b"", "a=b c", id="raw"),
        pytest.param(["--raw", "-"], b"key\r\n", "key", id="raw from standard input"),
    ],
)
def test_what_is_encrypted(keys: Path, travistool: Call, arguments: list[str], stdin: bytes, expected: str) -> None:
    ran = travistool("encrypt", *arguments, "--public-key", "pub.pem", stdin=stdin)
    assert (ran.code, ran.err) == (0, "")
    assert clear(keys, ran.out) == expected


@pytest.mark.parametrize("value", ['it\'s "quoted"  $HOME `x`', "ü€😀 \\n", "[a-c]* ?"])
def test_simulate_decrypts_what_was_added(keys: Path, travistool: Call, value: str) -> None:
    stdin = f"{value}\n".encode()
    added = travistool("encrypt", "TOKEN", "--public-key", "pub.pem", "--add", "env.global", stdin=stdin)
    assert (added.code, added.out, added.err) == (0, "", ".travis.yml: added to env.global\n")
    text = (keys / ".travis.yml").read_text()
    assert re.sub(r'    - secure: "[^"]+"\n', "", text) == CONFIG
    assert clear(keys, text) is not None
    assert "only Travis can decrypt" in travistool(*HOST, "--list").out
    ran = travistool(*HOST, "--private-key", "own.pem")
    assert ran.code == 0
    assert "only Travis can decrypt" not in ran.err
    shown = subprocess.run(["od", "-An", "-c"], input=value.encode(), capture_output=True, check=True).stdout.decode()
    assert shown in ran.out.replace("\r\n", "\n")
    assert value not in ran.out


def test_a_value_with_line_breaks_does_not_reach_a_job(keys: Path, travistool: Call) -> None:
    """As on Travis, whose pattern for assignments ends at one (env/var.rb of its build compiler)."""
    added = travistool("encrypt", "TOKEN", "--public-key", "pub.pem", "--add", "env.global", stdin=b"two\nlines\n\n")
    assert added.code == 0
    assert "note: Travis does not set a variable whose value has line breaks, such as TOKEN has here" in added.err
    assert clear(keys, (keys / ".travis.yml").read_text()) == "TOKEN='two\nlines\n'"
    assert "two" not in travistool(*HOST, "--private-key", "own.pem").out


def test_given_values_come_first(keys: Path, travistool: Call) -> None:
    travistool("encrypt", "TOKEN=encrypted", "--public-key", "pub.pem", "--add", "env.global")
    ran = travistool(*HOST, "--private-key", "own.pem", "--secret", "TOKEN=by hand")
    assert "b   y       h   a   n   d" in ran.out
    assert "secure:" in (keys / ".travis.yml").read_text()


def test_deployments_get_the_value_alone(keys: Path, travistool: Call) -> None:
    with (keys / ".travis.yml").open("a") as file:
        file.write("deploy: {provider: pypi, password: plain}\n")
    ran = travistool("encrypt", "a=b", "--public-key", "pub.pem", "--add", "deploy.password")
    assert (ran.code, ran.err) == (0, ".travis.yml: set deploy.password\n")
    text = (keys / ".travis.yml").read_text()
    found = re.fullmatch(re.escape(CONFIG) + r'deploy: \{provider: pypi, password: \{(secure: "[^"]+")\}\}\n', text)
    assert found is not None
    assert clear(keys, found[1]) == "a=b"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["A=1"], 2, "--public-key is missing"),
        (["A=1", "--public-key", "none"], 2, "the file of --public-key, 'none', cannot be read: no such file or directory"),
        (["A=1", "--public-key", "own.pem"], 2, "this is a private key"),
        (["A=" + "x" * 200, "--public-key", "pub.pem"], 2,
         "202 bytes, name and quotes included, are too many: a key of 1024 bits takes 117"),
        (["no-name=1", "--public-key", "pub.pem"], 2,
         "a variable is NAME=VALUE, or NAME with the value on standard input"),
        (["A", "--public-key", "pub.pem"], 2, "standard input is empty, there is no value for A"),
        (["A=1", "--public-key", "pub.pem", "--add", "env"], 2,
         "--add takes env.global or env.jobs for variables, not 'env'"),
        (["A=1", "--public-key", "pub.pem", "--add", "a..b"], 2,
         "--add takes a place such as env.global or deploy.api_key, not 'a..b'"),
        (["A=1", "--public-key", "pub.pem", "--add", "script.x"], 2,
         ".travis.yml: 'script.x' cannot be written without touching more than that"),
        (["A=1", "none.yml", "--public-key", "pub.pem", "--add", "env.global"], 4,
         "none.yml: cannot read the file: no such file or directory"),
    ],
)  # fmt: skip
def test_mistakes(keys: Path, travistool: Call, arguments: list[str], code: int, message: str) -> None:
    ran = travistool("encrypt", *arguments)
    assert (ran.code, ran.out, ran.err.splitlines()[0]) == (code, "", f"travistool: error: {message}")
    assert (keys / ".travis.yml").read_text() == CONFIG


def test_a_broken_config_is_told_as_such(keys: Path, travistool: Call) -> None:
    (keys / ".travis.yml").write_text("a: [1\nenv: {global: [A=1]}\n")
    ran = travistool("encrypt", "A=1", "--public-key", "pub.pem", "--add", "env.global")
    message, hint = ran.err.splitlines()
    assert (ran.code, message) == (4, "travistool: error: .travis.yml: this '[' is never closed, ']' is missing")
    assert hint.startswith('  mend it first, or add by hand:  secure: "')


def test_without_the_library(keys: Path, travistool: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    there = importlib.util.find_spec
    monkeypatch.setattr(
        "travistool.simulate.keys.find_spec", lambda name: None if name == "cryptography" else there(name)
    )
    for call in (["encrypt", "A=1", "--public-key", "pub.pem"], [*HOST, "--private-key", "own.pem"]):
        ran = travistool(*call)
        assert (ran.code, ran.err.splitlines()) == (
            2,
            [
                "travistool: error: keys need the library cryptography, which is not installed",
                "  pip install 'travistool[encrypt]'",
            ],
        )
    assert (keys / ".travis.yml").exists()
