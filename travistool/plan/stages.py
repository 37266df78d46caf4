"""Stages: which ones there are, in which order, and which jobs are in them (travis-yml configs/stages.rb at 8d6f36f)."""

from __future__ import annotations

from typing import Any

from travistool.plan.decide import ALWAYS
from travistool.plan.exclude import condition_of
from travistool.plan.model import Decision, Origin
from travistool.plan.planning import Config, Draft, Planning
from travistool.schema.elements import Element

DEFAULT = "test"


class StageDraft:
    """A stage in the making. `element` is None for one that only jobs name."""

    __slots__ = ("condition", "config", "element")

    def __init__(self, config: Config, element: Element | None = None) -> None:
        self.config = config
        self.element = element
        self.condition: Decision = ALWAYS

    @property
    def key(self) -> str | None:
        """What tells stages apart: the name in lower case; None without a name."""
        name = self.config.get("name")
        return name.lower() if isinstance(name, str) else None


def with_stages(planning: Planning, drafts: list[Draft]) -> tuple[list[StageDraft], list[Draft]]:
    """Return the stages with jobs, and the jobs that are in one of them; no stages where nothing asks for any."""
    declared = _declared(planning)
    if not declared and not any(stage_of(draft) is not None for draft in drafts):
        return [], drafts
    drafts = _assign(drafts, _default(declared, drafts))
    stages = _accepted(planning, _all(declared, drafts), drafts)
    keys = {stage.key for stage in stages}
    return stages, [draft for draft in drafts if _key(draft) in keys]


def stage_of(draft: Draft) -> str | None:
    """Return the name of a job's stage; None when it names none."""
    stage = draft.config.get("stage")
    return stage if isinstance(stage, str) else None


def _key(draft: Draft) -> str | None:
    stage = stage_of(draft)
    return None if stage is None else stage.lower()


def _declared(planning: Planning) -> list[StageDraft]:
    value, element = planning.config.get("stages"), planning.root.get("stages")
    if not isinstance(value, list):
        return []
    items: list[Element | None] = [*element.items] if element is not None else [None] * len(value)
    return [StageDraft(item, place) for item, place in zip(value, items, strict=False) if isinstance(item, dict)]


def _default(declared: list[StageDraft], drafts: list[Draft]) -> str:
    """Return the name that jobs before the first stage get: `test`, in the case that the config writes it in."""
    names: list[Any] = [stage.config.get("name") for stage in declared] + [stage_of(draft) for draft in drafts]
    return next((name for name in names if isinstance(name, str) and name.lower() == DEFAULT), DEFAULT)


def _assign(drafts: list[Draft], name: str) -> list[Draft]:
    """Return the jobs, each with a stage: its own, or that of the job before."""
    assigned = []
    origin = Origin("default")
    for draft in drafts:
        own = stage_of(draft)
        if own is None:
            assigned.append(draft.having("stage", name, origin))
        else:
            name, origin = own, Origin("inherited", draft.origins.get("stage", origin).element)
            assigned.append(draft)
    return assigned


def _all(declared: list[StageDraft], drafts: list[Draft]) -> list[StageDraft]:
    """Return the declared stages, then those that jobs name, each name once in any case."""
    found: dict[str | None, StageDraft] = {}
    for stage in declared:
        found.setdefault(stage.key, stage)
    for draft in drafts:
        found.setdefault(_key(draft), StageDraft({"name": stage_of(draft)}))
    return list(found.values())


def _accepted(planning: Planning, stages: list[StageDraft], drafts: list[Draft]) -> list[StageDraft]:
    """Return the stages whose condition holds and that have a job; note why the others are not run."""
    used = {_key(draft) for draft in drafts}
    kept = []
    for number, stage in enumerate(stages, 1):
        name = str(stage.config.get("name"))
        place = condition_of(stage.element)
        stage.condition = decision = planning.decide(stage.config.get("if"), place, planning.config)
        if not decision.holds:
            planning.say(
                "skip_stage", "stages", decision, stage.element, {"number": number, "condition": stage.config["if"]}
            )
            planning.skip("stage", name, "its condition does not hold", stage.element, decision)
            for draft in drafts:
                if _key(draft) == stage.key:
                    reason = f"the condition of its stage '{name}' does not hold"
                    planning.skip("job", draft.label(), reason, stage.element, decision, draft, "stage")
        elif stage.key not in used:
            planning.skip("stage", name, "it has no jobs", stage.element)
        else:
            kept.append(stage)
    return kept


def stage_title(name: str) -> str:
    """Return the name of a stage as Travis shows it: the first letter in upper case."""
    return name[:1].upper() + name[1:]
