"""Keep the secrets of a plan out of what people read: encrypted values, and plain text where a secret belongs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from travistool.grammar.secrets import MASK, NOTHING, Mask, is_secret
from travistool.plan.model import BuildPlan
from travistool.schema.run import Message

__all__ = ["MASK", "NOTHING", "Mask", "is_secret", "mask_for"]


def mask_for(plan: BuildPlan, messages: Iterable[Message]) -> Mask:
    """Return what hides the secrets of a plan. `messages` are the normalizer's, which name plain text secrets."""
    told = [str(message.element.value) for message in messages if message.level == "alert"]
    settings = [value for name, value in plan.event.settings.items() if is_secret(name, value)]
    return Mask([*told, *settings, *_variables(plan.config), *(one for job in plan.jobs for one in _rows(job.config))])


def _variables(config: Mapping[str, Any]) -> Iterator[str]:
    env = config.get("env")
    for part in env.values() if isinstance(env, dict) else ():
        yield from _rows({"env": part})


def _rows(config: Mapping[str, Any]) -> Iterator[str]:
    env = config.get("env")
    for row in env if isinstance(env, list) else ():
        for name, value in row.items() if isinstance(row, dict) else ():
            if isinstance(value, str) and name != "secure" and is_secret(name, value):
                yield value.strip("\"'")
