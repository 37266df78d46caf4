"""What the tests of migrations share."""

import pytest


@pytest.fixture
def whole(request: pytest.FixtureRequest) -> bool:
    """Tell whether all recorded configs are to be migrated, not just the sample."""
    return bool(request.config.getoption("--whole-corpus"))
