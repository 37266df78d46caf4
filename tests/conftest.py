"""Options of the test suite."""

import os

import pytest
from hypothesis import settings

# CI tries the same examples each time: a red build is a change's own. Elsewhere every run looks for new ones.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI") == "true":
    settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write what the tests would compare, then read the diff"
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Tell whether files that hold expected output are to be written anew."""
    return bool(request.config.getoption("--update-golden"))
