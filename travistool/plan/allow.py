"""`jobs.allow_failures`: jobs whose failure does not fail the build (travis-yml configs/allow_failures.rb at 8d6f36f)."""

from __future__ import annotations

from typing import Any

from travistool.plan.env import globals_of
from travistool.plan.equality import equal, without
from travistool.plan.exclude import condition_of, listed_maps
from travistool.plan.model import Decision, Origin
from travistool.plan.planning import Config, Draft, Planning


def with_tolerances(planning: Planning, drafts: list[Draft]) -> list[Draft]:
    """Return the jobs, those that a rule fits marked with `allow_failure`."""
    drafts = list(drafts)
    shared = globals_of(planning.config)
    branch = (planning.data or {}).get("branch")
    for number, (rule, element) in enumerate(listed_maps(planning, "allow_failures", flat=False), 1):
        keys = {key: value for key, value in rule.items() if key != "if"}
        used, refusal = False, None
        for index, draft in enumerate(drafts):
            if not _fits(keys, draft.config, shared, branch):
                continue
            used = True
            decision = planning.decide(rule.get("if"), condition_of(element), draft.config)
            if decision.holds:
                drafts[index] = draft.having("allow_failure", True, Origin("tolerance", element))
                continue
            refusal = decision
            # The official number is that of the job, not of the rule.
            args = {"number": index + 1, "condition": rule["if"]}
            planning.say("skip_allow_failure", "jobs.allow_failures", decision, element, args)
            reason = f"it does not apply to '{draft.label()}': its condition does not hold"
            planning.skip("allow_failure", str(number), reason, element, decision, draft, "condition")
        if not used and refusal is None:
            planning.skip("allow_failure", str(number), "it fits no job", element, Decision(True))
    return drafts


def _fits(rule: Config, job: Config, shared: list[Any], branch: Any) -> bool:
    return all(_has(job, key, value, shared, branch) for key, value in rule.items())


def _has(job: Config, key: str, value: Any, shared: list[Any], branch: Any) -> bool:
    if key == "branch":
        return equal(branch, value)
    if key == "env":
        return _has_env(job.get("env"), value, shared)
    return equal(job.get(key), value)


def _has_env(env: Any, value: Any, shared: list[Any]) -> bool:
    """Compare without global variables. A rule that adds only global variables to a job's row fits too."""
    if not isinstance(env, list):
        return False
    own = without(env, shared)
    if equal(own, value):
        return True
    others = without(value, own) if isinstance(value, list) else []
    if not any(one is not None and one is not False for one in others):
        return False
    return all(any(equal(one, other) for other in shared) for one in others)
