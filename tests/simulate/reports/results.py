"""Results that tests of reports share."""

from travistool.simulate.result import BuildResult, Command, JobResult, JobState, Phase, StageResult

PHASES = (
    Phase("checkout", "passed", 1.0),
    Phase("prepare", "passed", 0.5),
    Phase("script", "failed", 2.0, (Command("true", 0, 1.0), Command("make a\nmake b", 2, 1.0))),
    Phase("after_failure", "ignored", 0.25, (Command("report", 3, 0.25),)),
)
GOOD = JobResult(
    "1.1", "good", None, "passed", seconds=2.5, phases=(Phase("script", "passed", 2.5),), log_bytes=4_600_000
)
BAD = JobResult(
    "1.2", None, None, "failed", allow_failure=True, exit_code=1, seconds=3.75, phases=PHASES, kept="/tmp/x"
)
APART = JobResult("1.3", None, None, "skipped", because="it runs on windows")


def build(*jobs: JobResult, state: JobState = "passed") -> BuildResult:
    return BuildResult(state, "push", (StageResult("", state, jobs, 4.0),), 4.0)
