"""What is left of a condition where some of the event is known."""

import pytest

from travistool.migrate.assume import PRESENT, assume
from travistool.migrate.conditions import (
    FALSE,
    TRUE,
    Condition,
    Equals,
    Matches,
    Not,
    Present,
    Same,
    both,
    either,
    residual,
)

MAIN = Equals("branch", "main")


@pytest.mark.parametrize(
    ("condition", "known", "left"),
    [
        (Equals("type", "push"), {"type": "push"}, TRUE),
        (Equals("type", "push"), {"type": "cron"}, FALSE),
        (MAIN, {"type": "push"}, MAIN),
        (Present("tag"), {"tag": PRESENT}, TRUE),
        (Equals("tag", "v1"), {"tag": PRESENT}, Equals("tag", "v1")),
        (Matches("tag", "^v"), {"tag": None}, FALSE),
        (both(Not(Equals("type", "cron")), MAIN), {"type": "push"}, MAIN),
        (either(Present("tag"), MAIN), {"tag": None}, MAIN),
        (Same("head_branch", "branch"), {"head_branch": None}, FALSE),
        (Not(Equals("env:TRAVIS_EVENT_TYPE", "cron")), {}, TRUE),
        (Present("env:SLOW"), {}, Present("env:SLOW")),
        (residual("type = push AND branch = main", {}), {"type": "push"}, MAIN),
    ],
)
def test_what_is_left(condition: Condition, known: dict[str, str | None], left: Condition) -> None:
    assert assume(condition, known) == left
