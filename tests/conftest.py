"""Options of the test suite, and what it asks of itself: in CI no test skips, and nothing is left in the project."""

import os
import signal
import subprocess
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import TypeVar

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
MAY_SKIP = ("root may read all files",)
"""Why a test may skip in CI. There any other skip is a failure: what is not tried is not known to work."""

CACHES = frozenset(("__pycache__", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache"))
"""What runs may leave behind."""

_AT_START = pytest.StashKey[frozenset[str]]()
_Report = TypeVar("_Report", pytest.TestReport, pytest.CollectReport)


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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _tried((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _tried((yield))


def _tried(report: _Report) -> _Report:
    """Make a failure of a skip that CI does not allow."""
    if IS_CI and report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if reason.removeprefix("Skipped: ") not in MAY_SKIP:
            report.outcome = "failed"
            report.longrepr = f"{reason}, but in CI nothing may be (see MAY_SKIP in tests/conftest.py)"
    return report


def pytest_sessionstart(session: pytest.Session) -> None:
    session.config.stash[_AT_START] = _working_tree(session.config)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail in CI if tests have touched the project's own files. Elsewhere people may work on them meanwhile."""
    if IS_CI and session.exitstatus == pytest.ExitCode.OK and _touched(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for line in _touched(config):
        terminalreporter.write_line(f"changed while the tests ran: {line}", yellow=True)


def _touched(config: pytest.Config) -> Iterable[str]:
    known: frozenset[str] = config.stash.get(_AT_START, frozenset[str]())
    return sorted(_working_tree(config) - known)


def _working_tree(config: pytest.Config) -> frozenset[str]:
    """Return what is changed, new or ignored in the project, as git says it: nothing where there is no git."""
    if hasattr(config, "workerinput") or config.getoption("--update-golden"):
        return frozenset()
    call = ["git", "status", "--porcelain", "--untracked-files=all", "--ignored=matching"]
    try:
        found = subprocess.run(call, cwd=config.rootpath, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return frozenset()
    return frozenset(line for line in found.stdout.splitlines() if CACHES.isdisjoint(Path(line[3:]).parts))


@pytest.fixture
def whole_corpus(request: pytest.FixtureRequest) -> bool:
    """Tell whether all recorded configs are to be tried."""
    return bool(request.config.getoption("--whole-corpus"))


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Tell whether files that hold expected output are to be written anew."""
    return bool(request.config.getoption("--update-golden"))
