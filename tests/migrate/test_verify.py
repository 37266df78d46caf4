"""The comparison of rows: whatever stands in a config, it ends with an answer."""

import pytest

from tests.plan.plans import normal
from travistool.migrate.migrate import migrate
from travistool.migrate.target import Target, together
from travistool.migrate.targets import TARGETS
from travistool.migrate.verify import verify


@pytest.mark.parametrize("target", TARGETS, ids=lambda one: one.name)
def test_patterns_that_only_ruby_reads_stop_nothing(target: Target) -> None:
    config = normal("language: shell\nscript: x\nbranches:\n  except:\n    - /^*-v[0-9]/")
    assert target.evaluator is not None
    checked = verify(config, target.evaluator(together(migrate(config, target).files)))
    assert [one.differences for one in checked] == [()] * len(checked)
