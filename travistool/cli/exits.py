"""The exit codes of `travistool simulate`."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from travistool.simulate.result import JobState

EXIT_CODES: dict[JobState, int] = {"passed": 0, "failed": 1, "errored": 3, "canceled": 4, "skipped": 6}
"""The exit code by the state of the build; 2 is wrong usage."""

ENGINE_PROBLEM = 5
INTERRUPTED = 130
