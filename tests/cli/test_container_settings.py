"""`[tool.travistool.simulate]` and the options over it."""

from pathlib import Path

import pytest

from travistool.cli.container_settings import ContainerSettings, container_settings
from travistool.cli.engines import EngineOptions, docker_options
from travistool.errors import UsageError
from travistool.simulate.docker.options import DockerOptions


def settings(folder: Path, text: str) -> ContainerSettings:
    (folder / ".travistool.toml").write_text(f"[simulate]\n{text}\n")
    return container_settings(str(folder / "sub"))


def test_settings_are_found_above(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    found = settings(tmp_path, 'images = { "python:3.9" = "mine:1", redis = "other" }\npids = 7')
    assert found == ContainerSettings(images=("python:3.9=mine:1", "redis=other"), pids=7)


def test_a_project_without_any(tmp_path: Path) -> None:
    assert container_settings(str(tmp_path)) == ContainerSettings()
    (tmp_path / "pyproject.toml").write_text("[tool.travistool]\nignore = []\n")
    assert container_settings(str(tmp_path)) == ContainerSettings()


def test_options_go_before_settings() -> None:
    given = ContainerSettings(
        ("python=a", "ruby=b"), "never", "none", "host", "1g", 5, ("10.0.0.1",), ("one:5000",)
    )  # fmt: skip
    assert docker_options(EngineOptions(settings=given)) == DockerOptions(
        images={"python": "a", "ruby": "b"}, pull="never", network="none", docker="host", memory_bytes=1 << 30, pids=5,
        dns=("10.0.0.1",), insecure_registries=("one:5000",),
    )  # fmt: skip
    options = EngineOptions(
        images=("python=c",), pull="always", network="bridge", docker="nested", memory="2g", pids=6, dns=("10.0.0.2",),
        insecure_registries=("two:5000",), settings=given,
    )  # fmt: skip
    assert docker_options(options) == DockerOptions(
        images={"python": "c", "ruby": "b"}, pull="always", memory_bytes=2 << 30, pids=6, dns=("10.0.0.2",),
        insecure_registries=("two:5000",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('pul = "never"', "unknown key 'simulate.pul'"),
        ('pull = "sometimes"', "'simulate.pull' takes one of never, missing, always, not 'sometimes'"),
        ("pids = 0", "'simulate.pids' takes a number from 1, not '0'"),
        ("pids = true", "'simulate.pids' takes a number from 1, not 'True'"),
        ("memory = 4", "'simulate.memory' takes a text, not '4'"),
        ('dns = "10.0.0.1"', "'simulate.dns' takes a list of texts"),
        ("images = { python = 3 }", '\'simulate.images\' takes a table such as { "python:3.9" = "python:3.9-slim" }'),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        settings(tmp_path, text)
    assert caught.value.message.endswith(message)


def test_name_servers_are_addresses() -> None:
    with pytest.raises(UsageError, match="not 'dns'"):
        docker_options(EngineOptions(dns=("dns",)))
