"""How far an image has come, and what to do where none comes."""

import pytest

from travistool.simulate.docker.pulling import Layers, way_out

BEGINS = (
    {"status": "Pulling from library/python", "id": "3.9"},
    {"status": "Pulling fs layer", "progressDetail": {}, "id": "a"},
    {"status": "Already exists", "progressDetail": {}, "id": "b"},
    {"status": "Pulling fs layer", "progressDetail": {}, "id": "c"},
)
COMES = (
    {"status": "Downloading", "progressDetail": {"current": 1_000_000, "total": 4_000_000}, "id": "a"},
    {"status": "Downloading", "progressDetail": {"current": 500_000, "total": 600_000}, "id": "c"},
    {"status": "Verifying Checksum", "progressDetail": {}, "id": "c"},
)
ENDS = (
    {"status": "Download complete", "progressDetail": {}, "id": "a"},
    {"status": "Extracting", "progressDetail": {"current": 10, "total": 4_100_000}, "id": "a"},
    {"status": "Pull complete", "progressDetail": {}, "id": "a"},
    {"status": "Pull complete", "progressDetail": {}, "id": "c"},
    {"status": "Digest: sha256:123"},
    {"status": "Status: Downloaded newer image for python:3.9"},
)


@pytest.mark.parametrize(
    ("told", "text", "size"),
    [
        pytest.param((), "", 0, id="nothing yet"),
        pytest.param(BEGINS, "1 of 3 layers", 0, id="layers are known"),
        pytest.param(BEGINS + COMES, "1 of 3 layers, 1.6 of 4.6 MB", 1_600_000, id="on the way"),
        pytest.param(BEGINS + COMES + ENDS, "3 of 3 layers, 4.6 of 4.6 MB", 4_600_000, id="there"),
    ],
)
def test_layers_are_added_up(told: tuple[dict[str, object], ...], text: str, size: int) -> None:
    layers = Layers()
    for one in told:
        layers.take(one)
    assert (layers.text(), layers.bytes) == (text, size)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("dial tcp: lookup registry-1.docker.io on 10.0.0.2:53: no such host", "docker load"),
        ("Get https://registry-1.docker.io/v2/: net/http: request canceled (Client.Timeout exceeded)", "docker load"),
        ("pull access denied for x, repository does not exist or may require 'docker login'", "docker login first"),
        ("toomanyrequests: You have reached your pull rate limit", "wait"),
        ("manifest for python:9 not found: manifest unknown: manifest unknown", "no such image or tag"),
        ("no matching manifest for linux/arm64/v8 in the manifest list entries", "architecture"),
        ("write /var/lib/docker/tmp/x: no space left on device", "prune"),
        ("http: server gave HTTP response to HTTPS client", "insecure-registries"),
        ("x509: certificate signed by unknown authority", "certs.d"),
        ("something else", "pull it before"),
    ],
)
def test_what_to_do(said: str, told: str) -> None:
    assert told in way_out(said)
