"""`jobs.include`: jobs of their own, and what they take over from the root."""

from __future__ import annotations

from typing import Any

from travistool.plan.axes import matrix_keys
from travistool.plan.equality import is_blank, listed
from travistool.plan.exclude import listed_maps
from travistool.plan.model import Factor, Origin
from travistool.plan.planning import Draft, Planning, children, origin
from travistool.schema.elements import Element

_NOT_SHARED = frozenset(
    ("jobs", "import", "stages", "notifications", "version", "allow_failure", "global_env", "merge_mode")
)


def with_included(planning: Planning, keys: tuple[str, ...], drafts: list[Draft]) -> list[Draft]:
    """Return the jobs of the matrix and the entries, but no matrix job if it is the only one and made of single values."""
    included = _included(planning)
    if included:
        element = children(planning.root, "jobs", "include")
        planning.factors.append(Factor("jobs.include", len(included), element.key_span() if element else None))
    if included and len(drafts) == 1 and all(len(listed(drafts[0].config[key])) == 1 for key in keys):
        _note_lone(planning, drafts[0])
        planning.factors = planning.factors[-1:]
        return included
    return drafts + included


def _note_lone(planning: Planning, draft: Draft) -> None:
    """Note the loss of the matrix job, unless nobody asked for one: defaults and global variables make none."""
    env = planning.config.get("env")
    has_rows = not isinstance(env, dict) or is_set(env.get("jobs"))
    asked = [one.element for key, one in draft.origins.items() if one.kind == "axis" and (key != "env" or has_rows)]
    # The last matrix key is most often the version or the row of variables that the user has in mind.
    written = next(reversed(asked), None)
    if written is not None:
        reason = "the matrix gives only this job, and jobs.include has entries: Travis then runs the entries alone"
        planning.skip("job", draft.label(), reason, written, draft=draft, cause="lone")


def _included(planning: Planning) -> list[Draft]:
    """Return the entries; one without stage is in the stage of the entry before."""
    drafts = []
    stage: Any = None
    before = Origin("inherited")
    for plain, element in listed_maps(planning, "include"):
        config = dict(plain)
        origins = {key: Origin("include", element.get(key) if element is not None else None) for key in config}
        if is_set(config.get("stage")):
            stage, before = config["stage"], Origin("inherited", origins["stage"].element)
        elif is_set(stage):
            config["stage"], origins["stage"] = stage, before
        drafts.append(Draft(config, origins))
    return drafts


def is_set(value: Any) -> bool:
    """Tell whether Ruby takes a value as true: all but null and false."""
    return value is not None and value is not False


def with_default(drafts: list[Draft]) -> list[Draft]:
    """Return the jobs, or the one that a config without any still gets."""
    return drafts or [Draft({}, {})]


def with_shared(planning: Planning, drafts: list[Draft]) -> list[Draft]:
    """Return the jobs with all keys of the root that they have not themselves and that do not multiply jobs."""
    excluded = {*matrix_keys(), *_NOT_SHARED}
    shared = {key: value for key, value in planning.config.items() if key not in excluded and not is_blank(value)}
    origins = {key: _origin(planning, key) for key in shared}
    return [Draft({**shared, **draft.config}, {**origins, **draft.origins}) for draft in drafts]


def _origin(planning: Planning, key: str) -> Origin:
    element = planning.root.get(key)
    is_own = element is not None and element.source is planning.root.source
    return origin("root" if is_own else "import", element)


def with_first(planning: Planning, keys: tuple[str, ...], drafts: list[Draft]) -> list[Draft]:
    """Return the jobs with the first value of each matrix key that they have not themselves; not for variables."""
    first: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    for key in keys:
        if key != "env":
            value = planning.config[key]
            first[key] = (value[0] if value else None) if isinstance(value, list) else value
            origins[key] = _first_origin(planning.root.get(key))
    return [Draft({**first, **draft.config}, {**origins, **draft.origins}) for draft in drafts]


def _first_origin(element: Element | None) -> Origin:
    if element is not None and element.kind == "seq" and element.items:
        element = element.items[0]
    return origin("inherited", element)
