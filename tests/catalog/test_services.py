import re

import pytest

from travistool.catalog.services import BY_NAME, FROM_ADDONS, SERVICES, Service, image_of

ROWS = [pytest.param(one, id=one.name) for one in SERVICES]


@pytest.mark.parametrize("row", ROWS)
def test_rows_make_sense(row: Service) -> None:
    assert "{version}" in row.image
    for dist in ("", "trusty", "xenial", "bionic", "focal", "jammy", "noble"):
        assert re.fullmatch(r"[a-z][a-z0-9/-]*:[\w.-]+", image_of(row, "", dist))
    assert 0 < row.port < 65536
    assert row.sockets == "" or row.sockets.startswith("/var/run/")
    assert row.seconds >= 60


def test_names_and_ports_are_unique() -> None:
    assert len(BY_NAME) == len(SERVICES)
    # One takes the place of the other.
    assert {one.port for one in SERVICES if one.name in ("mysql", "mariadb")} == {3306}
    assert len({one.port for one in SERVICES}) == len(SERVICES) - 1


def test_addons_have_rows() -> None:
    assert set(FROM_ADDONS) <= set(BY_NAME)


@pytest.mark.parametrize(
    ("name", "version", "dist", "image"),
    [
        pytest.param("postgresql", "9.4", "trusty", "postgres:9.4", id="asked for"),
        pytest.param("mysql", "", "xenial", "mysql:5.7", id="of the dist"),
        pytest.param("mysql", "", "noble", "mysql:8.0", id="the usual one"),
    ],
)
def test_versions(name: str, version: str, dist: str, image: str) -> None:
    assert image_of(BY_NAME[name], version, dist) == image
