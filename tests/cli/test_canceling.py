"""Ctrl-C is heard wherever it comes."""

import os
import signal
import threading

import pytest

from travistool.cli.canceling import canceling
from travistool.simulate.engine import Stop


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_that_does_not_wake_the_main_thread(number: signal.Signals) -> None:
    """Another thread gets it, while the main one waits for something else."""
    reader, writer = os.pipe()
    stop, over = Stop(), threading.Event()

    def tell() -> None:
        os.write(writer, b"stopped")

    stop.on_set(tell)
    other = threading.Thread(target=over.wait)
    other.start()

    def send() -> None:
        signal.pthread_kill(other.ident or 0, number)

    late = threading.Timer(5, lambda: os.write(writer, b"nobody heard it"))
    late.start()
    with canceling() as canceler:
        canceler.add(stop)
        threading.Timer(0.1, send).start()
        assert os.read(reader, 100) == b"stopped"
        assert (canceler.is_set, canceler.signal) == (True, number)
    late.cancel()
    over.set()
    other.join()
    os.close(reader)
    os.close(writer)
