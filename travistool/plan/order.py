"""The order of jobs: by stage, tolerated ones last in each, else as written (travis-yml configs/reorder.rb at 8d6f36f)."""

from __future__ import annotations

from travistool.plan.planning import Draft
from travistool.plan.stages import StageDraft


def ordered(stages: list[StageDraft], drafts: list[Draft]) -> list[Draft]:
    """Return the jobs in the order of their stages; those without a stage come first."""
    places: dict[str | None, int] = {}
    for place, stage in enumerate(stages):
        places.setdefault(stage.key, place)

    def rank(draft: Draft) -> tuple[int, bool]:
        stage = draft.config.get("stage")
        tolerated = draft.config.get("allow_failure")
        place = places.get(str(stage).lower() if stage is not None else "", -1)
        return place, tolerated is not None and tolerated is not False

    return sorted(drafts, key=rank)
