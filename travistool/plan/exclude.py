"""`jobs.exclude`: drop the jobs that have everything a rule says."""

from __future__ import annotations

from typing import Any

from travistool.plan.env import globals_of
from travistool.plan.equality import equal, listed, without
from travistool.plan.planning import Config, Draft, Planning, children
from travistool.schema.elements import Element, flatten

_Rule = tuple[int, dict[str, Any], dict[str, Any], Element | None]


def without_excluded(planning: Planning, drafts: list[Draft]) -> list[Draft]:
    """Return the jobs that no rule fits. A rule's condition is asked for each job anew."""
    rules = _rules(planning)
    if not rules:
        return drafts
    shared = [*globals_of(planning.config), *_global_env(planning.config)]
    fits: dict[int, bool] = {}
    kept = []
    for draft in drafts:
        rule = _excluding(planning, rules, draft, shared, fits)
        if rule is None:
            kept.append(draft)
        else:
            number, _, _, element = rule
            reason = f"rule {number} of jobs.exclude fits it"
            planning.skip("job", draft.label(), reason, element, draft=draft, cause="excluded")
    _note_idle(planning, rules, fits)
    return kept


def _rules(planning: Planning) -> list[_Rule]:
    """Return number, keys to compare, the whole rule and its element, for each rule."""
    found = listed_maps(planning, "exclude")
    return [
        (number, {key: value for key, value in rule.items() if key != "if"}, rule, element)
        for number, (rule, element) in enumerate(found, 1)
    ]


def listed_maps(planning: Planning, part: str, flat: bool = True) -> list[tuple[Config, Element | None]]:
    """Return the maps in a part of `jobs` with their elements; with `flat`, also those in nested lists, and a lone one."""
    element = children(planning.root, "jobs", part)
    if element is None:
        return []
    items = list(flatten(element)) if flat else element.items
    return [(plain, item) for item in items if isinstance(plain := item.plain(), dict)]


def _excluding(
    planning: Planning, rules: list[_Rule], draft: Draft, shared: list[Any], fits: dict[int, bool]
) -> _Rule | None:
    """Return the first rule that fits the job; `fits` notes for each rule whether its condition ever held."""
    active = []
    for rule in rules:
        number, _, whole, element = rule
        decision = planning.decide(whole.get("if"), condition_of(element), draft.config)
        if decision.holds:
            active.append(rule)
        else:
            # The official number is that of the rule in the call, which is always 1.
            planning.say("skip_exclude", "jobs.exclude", decision, element, {"number": 1, "condition": whole["if"]})
        fits[number] = fits.get(number, False) or decision.holds
    job = draft.config
    env = job.get("env")
    if isinstance(env, list) and shared:
        job = {**job, "env": without(env, shared)}
    return next((rule for rule in active if _fits(rule[1], job)), None)


def condition_of(element: Element | None) -> Element | None:
    """Return the element of a rule's condition."""
    return None if element is None else element.get("if")


def _note_idle(planning: Planning, rules: list[_Rule], fits: dict[int, bool]) -> None:
    for number, _, whole, element in rules:
        if not fits.get(number, True):
            decision = planning.decide(whole.get("if"), condition_of(element), {})
            planning.skip("exclude", str(number), "its condition holds for no job", element, decision)


def _fits(rule: dict[str, Any], job: Config) -> bool:
    """Tell whether a job has all that a rule says; its `env` without global variables."""
    for key, value in rule.items():
        mine = job.get(key)
        if key == "stage":
            fits = equal(mine, value) or (mine is None and isinstance(value, str) and value.lower() == "test")
        elif key != "env" and isinstance(mine, list) != isinstance(value, list):
            fits = equal(listed(mine), listed(value))
        else:
            fits = equal(mine, value)
        if not fits:
            return False
    return True


def _global_env(config: Config) -> list[Any]:
    value = config.get("global_env")
    return value if isinstance(value, list) else []
