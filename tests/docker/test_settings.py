"""What the settings of a project say about containers counts, and what will be pulled is said before."""

from pathlib import Path

import pytest

from tests.docker.calling import Call
from tests.docker.running import MICRO
from tests.engine import require_engine, require_image

pytestmark = pytest.mark.docker


def test_settings_count_for_jobs(tmp_path: Path) -> None:
    require_engine()
    require_image(MICRO)
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / ".travistool.toml").write_text(
        f'[simulate]\ndns = ["192.0.2.7"]\npids = 77\npull = "never"\nimages = {{ generic = "{MICRO}" }}\n'
    )
    script = ["cat /etc/resolv.conf", "cat /sys/fs/cgroup/pids/pids.max /sys/fs/cgroup/pids.max 2>/dev/null; true"]
    call = Call(folder, {"language": "generic", "script": script})
    assert call.end() == 0, call.printed
    assert "nameserver 192.0.2.7" in call.printed
    assert "\n77\n" in call.printed
    call = Call(folder, {"language": "generic", "script": script}, "--dns", "192.0.2.8")
    assert call.end() == 0, call.printed
    assert "192.0.2.8" in call.printed
    assert "192.0.2.7" not in call.printed


@pytest.mark.parametrize(
    ("pull", "told"),
    [
        ("missing", "note: the image 'travistool-test:none' is pulled first, its size is not known"),
        ("never", "cannot run here: there is no image 'travistool-test:none' here"),
    ],
)
def test_missing_images_are_announced(tmp_path: Path, pull: str, told: str) -> None:
    require_engine()
    folder = tmp_path / "project"
    folder.mkdir()
    call = Call(folder, {"script": "true"}, "--list", "--pull", pull, "--image", "minimal=travistool-test:none")
    call.end()
    assert told in call.printed
