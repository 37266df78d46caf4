import json
from typing import Any

import pytest

from tests.plan.plans import normal
from travistool.plan.expand import expand
from travistool.plan.model import Event, Job
from travistool.simulate.docker.images import image_for, keys, needs_docker, services_of, unknown_services


def job(**config: Any) -> Job:
    return expand(normal(json.dumps(config)), Event(type="push")).jobs[0]


PYTHON = {"language": "python", "python": "3.9", "dist": "focal", "arch": "arm64"}


@pytest.mark.parametrize(
    ("config", "image"),
    [
        pytest.param(PYTHON, "python:3.9", id="a version"),
        pytest.param({"language": "minimal", "dist": "xenial"}, "buildpack-deps:xenial", id="a dist"),
        pytest.param({"language": "go", "go": "tip"}, None, id="no image of it"),
        pytest.param({"language": "python", "python": "a b"}, None, id="not a name"),
    ],
)
def test_suggestions(config: dict[str, Any], image: str | None) -> None:
    assert image_for(job(**config), {}) == image


def test_keys_from_the_most_specific_one() -> None:
    found = list(keys(job(name="Unit", **PYTHON)))
    assert found == ["1.1", "Unit", "python:3.9", "python", "focal/arm64", "focal", "default"]
    for number, key in enumerate(found):
        assert image_for(job(name="Unit", **PYTHON), {one: one for one in found[number:]}) == key


def test_services() -> None:
    asked = job(
        dist="xenial",
        services=["redis-server", "postgresql", "docker", "xvfb"],
        addons={"postgresql": "9.4", "mariadb": "10.3"},
    )
    assert [(one.service.name, one.image) for one in services_of(asked, {"redis": "mine"})] == [
        ("redis-server", "mine"),
        ("postgresql", "postgres:9.4"),
        ("mariadb", "mariadb:10.3"),
    ]
    assert [one.image for one in services_of(asked, {"postgresql:9.4": "old", "postgresql": "new"})][1] == "old"
    assert needs_docker(asked)
    assert unknown_services(asked) == ()
    assert unknown_services(job(services=["alsa", "mysql"])) == ("alsa",)
