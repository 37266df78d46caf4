"""What controls services in a job is a script for any shell, and is there only where it is asked for."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.plan.plans import normal
from travistool.plan.expand import expand
from travistool.plan.model import Event
from travistool.simulate.docker import control
from travistool.simulate.docker.options import DockerOptions

SCRIPT = Path(control.__file__).with_name("control.sh")


def test_it_is_clean_for_shellcheck() -> None:
    checker = Path(sys.executable).with_name("shellcheck")
    found = subprocess.run([checker, SCRIPT], capture_output=True, text=True, check=False)
    assert found.stdout == ""


@pytest.mark.parametrize(
    ("config", "names"),
    [
        pytest.param({"install": "sudo service mysql restart"}, ("mysql",), id="service"),
        pytest.param({"script": ["true", "sudo systemctl start redis"]}, ("redis-server",), id="another name of it"),
        pytest.param({"before_script": "sudo /etc/init.d/postgresql start"}, ("postgresql",), id="its script"),
        pytest.param({"install": "service mysql start", "services": ["mysql"]}, (), id="it is there"),
        pytest.param({"install": "service mysql stop; service mine start"}, (), id="stopped, or unknown"),
    ],
)
def test_services_that_a_job_starts_itself(config: dict[str, Any], names: tuple[str, ...]) -> None:
    (job,) = expand(normal(json.dumps(config)), Event(type="push")).jobs
    assert control.started(job, DockerOptions()) == names


@pytest.mark.parametrize(
    ("config", "lacks"),
    [
        pytest.param({"script": "docker build ."}, True, id="calls it"),
        pytest.param({"script": ["true", "cd x && sudo docker-compose up -d"]}, True, id="in the middle of a line"),
        pytest.param({"services": "docker", "script": "docker build ."}, False, id="has it"),
        pytest.param({"before_install": "sudo apt-get install -y docker.io", "script": "docker ps"}, False, id="installs it"),
        pytest.param({"script": ["npm run docker build", "echo docker is fun", "./docker run"]}, False, id="names it"),
    ],
)  # fmt: skip
def test_jobs_that_lack_an_engine(config: dict[str, Any], lacks: bool) -> None:
    (job,) = expand(normal(json.dumps({"language": "generic", **config})), Event(type="push")).jobs
    assert control.lacks_docker(job) is lacks


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
