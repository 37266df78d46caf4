"""What controls services in a job is a script for any shell, and is there only where it is asked for."""

import subprocess
import sys
from pathlib import Path

import pytest

from travistool.simulate.docker import control

SCRIPT = Path(control.__file__).with_name("control.sh")


def test_it_is_clean_for_shellcheck() -> None:
    checker = Path(sys.executable).with_name("shellcheck")
    found = subprocess.run([checker, SCRIPT], capture_output=True, text=True, check=False)
    assert found.stdout == ""


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("sudo service postgresql restart", True),
        ("systemctl --user start x", True),
        ("sh -e /etc/init.d/xvfb start", True),
        ("docker service update --image x y", False),
        ("services: redis", False),
        ("/etc/init.d/postgresql stop", False),
    ],
)
def test_what_asks_for_it(text: str, asks: bool) -> None:
    assert bool(control.ASKS.search(text)) is asks
