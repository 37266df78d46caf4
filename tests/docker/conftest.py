"""An engine of ours over a real one, and jobs for it."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.docker.running import MICRO, Machine
from tests.engine import require_engine, require_image
from travistool.simulate.docker.engine import DockerEngine
from travistool.simulate.docker.options import DockerOptions


@pytest.fixture
def machine(request: pytest.FixtureRequest) -> Iterator[Machine]:
    """Give what runs jobs in the smallest image; a mark `options` holds options for the engine."""
    require_engine()
    mark = request.node.get_closest_marker("options")
    given: dict[str, Any] = {"images": {"default": MICRO}, "network": "none", "pull": "never"} | (
        dict(mark.kwargs) if mark else {}
    )
    for image in given["images"].values():
        require_image(image)
    made = Machine(DockerEngine(DockerOptions(**given)))
    yield made
    made.engine.close()
    assert made.left() == []
