"""Hosts that answer, and hosts that do not."""

import socket
import time

import pytest

from travistool.cli import reaching
from travistool.simulate.addresses import Address


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)


def test_who_answers_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        there = Address("127.0.0.1", server.getsockname()[1])
        assert reaching.unreachable([there], 1) == frozenset()
    assert reaching.unreachable([there], 1) == {there}


def test_a_machine_is_there_that_refuses() -> None:
    # Nothing of this machine listens at the port that is asked then.
    assert reaching.unreachable([Address("127.0.0.1", 0)], 1) == frozenset()


def test_ports_of_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert reaching.listens(port)
    reaching.listens.cache_clear()
    assert not reaching.listens(port)


def test_who_does_not_answer_costs_no_more_than_the_time() -> None:
    start = time.monotonic()
    # The first is set aside for documentation: nobody answers there.
    nobody = {Address("192.0.2.1"), Address("no-such-host.invalid")}
    assert reaching.unreachable(nobody, 0.3) == nobody
    assert time.monotonic() - start < 2


def test_behind_a_proxy_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:1")
    assert reaching.unreachable([Address("no-such-host.invalid")]) == frozenset()
    ssh = Address("no-such-host.invalid", 22)
    assert reaching.unreachable([ssh]) == {ssh}
