"""Which images have a service, for those that only some have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Service(NamedTuple):
    """`dists` have the service; `names` is a pattern of what installs it elsewhere; `instead` is the way out."""

    dists: tuple[str, ...]
    names: str
    instead: str
    source: str


_OLD = ("precise", "trusty")
_GUIDE = "https://docs.travis-ci.com/user/database-setup/"
_LISTS = "https://docs.travis-ci.com/user/reference/trusty/ and precise/: no later image lists it"

SERVICES: Mapping[str, Service] = {
    "rabbitmq": Service(_OLD, r"rabbitmq", "add the package 'rabbitmq-server'", f"{_GUIDE}#rabbitmq"),
    "cassandra": Service(_OLD, r"cassandra", "start it with 'docker run'", _LISTS),
    "neo4j": Service(_OLD, r"neo4j", "start it with 'docker run'", _LISTS),
    "riak": Service(_OLD, r"riak", "start it with 'docker run'", f"{_GUIDE}#riak"),
}
"""By the name of the service as the official parser has it."""
