"""From the config to all of its jobs, in ten steps (travis-yml lib/travis/yml/matrix.rb at 8d6f36f)."""

from __future__ import annotations

from travistool.plan.axes import axes, rows
from travistool.plan.env import with_env
from travistool.plan.equality import compact
from travistool.plan.exclude import without_excluded
from travistool.plan.include import with_default, with_first, with_included, with_shared
from travistool.plan.limits import within_comparisons
from travistool.plan.planning import Draft, Planning
from travistool.plan.support import without_unsupported


def matrix(planning: Planning) -> list[Draft]:
    """Return all jobs for the event; none, with a diagnostic, where there are too many to plan."""
    data, planning.data = planning.data, compact(planning.data)  # blank attributes are unknown here, and only here
    jobs = _jobs(planning)
    planning.data = data
    return jobs


def _jobs(planning: Planning) -> list[Draft]:
    keys = axes(planning)
    jobs = rows(planning, keys)  # each combination of the matrix keys' values
    if jobs is None:
        return []
    jobs = with_included(planning, keys, jobs)  # and the entries of jobs.include
    if not within_comparisons(planning, len(jobs)):
        return []
    jobs = with_default(jobs)  # at least one
    jobs = with_shared(planning, jobs)  # the root's keys that do not multiply
    jobs = with_first(planning, keys, jobs)  # entries: the first value of each matrix key
    jobs = with_env(planning, jobs)  # global variables, and the first row for entries
    jobs = without_excluded(planning, jobs)  # not those of jobs.exclude
    jobs = without_unsupported(planning, jobs)  # no keys that do nothing there
    jobs = without_repeated(planning, jobs)  # no two equal ones
    return without_refused(planning, jobs)  # not those whose own condition does not hold


def without_repeated(planning: Planning, drafts: list[Draft]) -> list[Draft]:
    """Return the jobs without those that equal an earlier one."""
    if len(drafts) < 2:
        return drafts
    found: dict[object, Draft] = {}
    for draft in drafts:
        if found.setdefault(planning.job_identity(draft.config), draft) is not draft:
            place = next((one.element for one in draft.origins.values() if one.kind in ("axis", "include")), None)
            reason = "it equals a job before it, so Travis drops it"
            planning.skip("job", draft.label(), reason, place, draft=draft, cause="repeated")
    return list(found.values())


def without_refused(planning: Planning, drafts: list[Draft]) -> list[Draft]:
    """Return the jobs whose `if` holds."""
    kept = []
    for draft in drafts:
        origin = draft.origins.get("if")
        place = origin.element if origin is not None else None
        draft.condition = decision = planning.decide(draft.config.get("if"), place, draft.config)
        if decision.holds:
            kept.append(draft)
            continue
        # The official number is that of the job in the call, which is always 1.
        planning.say("skip_job", "jobs.include", decision, place, {"number": 1, "condition": draft.config["if"]})
        planning.skip("job", draft.label(), "its condition does not hold", None, decision, draft, "condition")
    return kept
