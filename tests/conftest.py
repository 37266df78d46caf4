"""Options of the test suite."""

import os
import signal

import pytest
from hypothesis import settings

# CI tries the same examples each time: a red build is a change's own. Elsewhere every run looks for new ones.
settings.register_profile("ci", derandomize=True, deadline=None)
# A busy machine is slow: what must be fast is measured by the benchmarks.
settings.register_profile("here", deadline=None)
settings.register_profile("fast", max_examples=10, deadline=None)
SLOW = {"parity", "packaging", "browser", "docker", "migrate", "heavy", "jobs", "processes"}
"""Markers of tests that `--fast` leaves out."""

IS_CI = os.environ.get("CI") == "true"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write what the tests would compare, then read the diff"
    )
    parser.addoption("--fast", action="store_true", help="leave out what is marked as slow or heavy")
    parser.addoption("--whole-corpus", action="store_true", help="all recorded configs, where a sample is usual")


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many examples are tried, before modules ask for it (`tests/examples.py`)."""
    settings.load_profile("ci" if IS_CI else "fast" if config.getoption("--fast") else "here")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # So a shell starts what runs in the background, and what tests start and interrupt would inherit it.
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is marked as slow in one way or another, for `--fast`."""
    if not config.getoption("--fast"):
        return
    kept, left_out = list[pytest.Item](), list[pytest.Item]()
    for item in items:
        is_slow = SLOW.intersection(mark.name for mark in item.iter_markers())
        (left_out if is_slow else kept).append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept


@pytest.fixture
def whole_corpus(request: pytest.FixtureRequest) -> bool:
    """Tell whether all recorded configs are to be tried."""
    return bool(request.config.getoption("--whole-corpus"))


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Tell whether files that hold expected output are to be written anew."""
    return bool(request.config.getoption("--update-golden"))
