"""A real container engine for tests: found, or the test skips, which CI does not allow (`tests/conftest.py`)."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

BASE = "travistool-test:bookworm"
"""What `.ci/testbed images` builds."""


@cache
def _missing() -> str:
    if shutil.which("docker") is None:
        return "there is no docker"
    if subprocess.run(["docker", "info"], capture_output=True, check=False).returncode:
        return "no container engine answers"
    found = subprocess.run(["docker", "image", "inspect", BASE], capture_output=True, check=False)
    return f"there is no image {BASE}" if found.returncode else ""


def require_engine() -> None:
    """Skip the test without an engine and its image."""
    reason = _missing()
    if reason:
        pytest.skip(f"{reason}: .ci/testbed all makes one")


def require_image(name: str) -> None:
    """Skip the test without an image."""
    if subprocess.run(["docker", "image", "inspect", name], capture_output=True, check=False).returncode:
        pytest.skip(f"there is no image {name}: .ci/testbed all makes it")


def build_image(name: str, folder: Path) -> str:
    """Build an image from a folder with a Dockerfile; return its name."""
    call = ["docker", "build", "--quiet", "--force-rm", "--tag", name, str(folder)]
    found = subprocess.run(call, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    return name
