"""A build in the making: what all steps read and write. Private to this package."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

from travistool.plan.decide import ALWAYS, decide
from travistool.plan.equality import identity
from travistool.plan.model import Decision, Factor, Origin, OriginKind, Skipped, SkippedCause, SkippedKind, entry_of
from travistool.schema.elements import Element
from travistool.schema.run import Message

if TYPE_CHECKING:
    from travistool.diagnostics import Diagnostic

Config = dict[str, Any]


class Draft:
    """A job in the making. `env` holds one origin for each item of `config["env"]`, once that is a list.

    Steps make new dicts instead of changing `config`, whose values all jobs share.
    """

    __slots__ = ("condition", "config", "env", "origins")

    def __init__(
        self,
        config: Config,
        origins: dict[str, Origin],
        env: tuple[Origin, ...] = (),
        condition: Decision = ALWAYS,
    ) -> None:
        self.config = config
        self.origins = origins
        self.env = env
        self.condition = condition

    def having(self, key: str, value: Any, origin: Origin) -> Draft:
        """Return the job with another value for a key."""
        return Draft({**self.config, key: value}, {**self.origins, key: origin}, self.env, self.condition)

    def label(self) -> str:
        """Return what people may know the job by: its name, else what tells it from others."""
        name = self.config.get("name")
        if isinstance(name, str) and name:
            return name
        told = [
            f"{key}: {_short(self.config[key])}"
            for key, origin in self.origins.items()
            if key in self.config and key != "env" and (origin.kind == "axis" or key == "stage")
        ]
        env = self.config.get("env")
        if isinstance(env, list):
            own = [row for row, origin in zip(env, self.env, strict=False) if origin.kind != "root"]
            told += [f"env: {_short(own)}"] if own else []
        elif isinstance(env, dict) and "global" not in env and self.origins["env"].kind == "axis":
            # A row that is not joined with the global variables yet.
            told.append(f"env: {_short(env)}")
        return ", ".join(told) or "job"


def _short(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(map(_short, value))
    if isinstance(value, dict):
        return " ".join(f"{key}={item}" if key != "secure" else "[secure]" for key, item in value.items())
    return str(value)


class Planning:
    """The config and the event's attributes, and what the steps have to say.

    `data` of None lets all conditions pass, as the official matrix does when it is asked without an event.
    """

    __slots__ = ("config", "data", "diagnostics", "factors", "messages", "numbered", "numbers", "root", "skipped")

    def __init__(self, root: Element, data: Mapping[str, Any] | None, config: Config | None = None) -> None:
        self.root = root
        plain = root.plain() if config is None else config
        self.config: Config = plain if isinstance(plain, dict) else {}
        self.data = data
        self.messages: list[Message] = []
        self.skipped: list[Skipped] = []
        self.diagnostics: list[Diagnostic] = []
        self.factors: list[Factor] = []
        self.numbered: dict[int, tuple[Any, int]] = {}
        self.numbers: dict[Hashable, int] = {}

    def decide(self, condition: Any, place: Element | None, config: Mapping[str, Any]) -> Decision:
        """Return what the `if` of a job, rule, stage ... comes to for `config`; `place` is the condition's element."""
        if condition is None or self.data is None:
            return ALWAYS
        return decide(condition, place, config, self.data)

    def say(self, code: str, key: str, decision: Decision, element: Element | None, args: dict[str, Any]) -> None:
        """Add an official message about a condition that does not hold; `args` hold it as written."""
        element = element or self.root
        self.messages.append(Message("info", key, code, args, decision.span or element.span(), element))

    def skip(
        self,
        kind: SkippedKind,
        what: str,
        reason: str,
        element: Element | None,
        decision: Decision = ALWAYS,
        draft: Draft | None = None,
        cause: SkippedCause = "",
    ) -> None:
        """Note that something does not happen, `draft` being the job. A problem of its condition makes part of the reason."""
        if decision.problem:
            reason = f"{reason}: {decision.problem}"
        span = decision.span or (element.span() if element is not None else None)
        config, entry = (None, None) if draft is None else (draft.config, entry_of(draft.origins))
        self.skipped.append(Skipped(kind, what, reason, span, decision.condition, config, cause, entry))

    def job_identity(self, config: Config) -> frozenset[Any]:
        """Return a key that is equal for jobs that Travis takes as the same. Values shared by jobs are seen once."""
        return frozenset(
            [(key, value if isinstance(value, str) else self._seen(value)) for key, value in config.items()]
        )

    def _seen(self, value: Any) -> int:
        # The value is kept beside its number, so that its id is not given to another one.
        found = self.numbered.get(id(value))
        if found is None:
            number = self.numbers.setdefault(identity(value), len(self.numbers))
            found = self.numbered[id(value)] = (value, number)
        return found[1]


def children(element: Element | None, *keys: str) -> Element | None:
    """Return the element under a path of keys; None when there is none."""
    for key in keys:
        if element is None:
            return None
        element = element.get(key)
    return element


def origin(kind: OriginKind, element: Element | None) -> Origin:
    """Return the origin of a value: `default` where nothing of it is written."""
    return Origin(kind if element is not None and _is_written(element) else "default", element)


def _is_written(element: Element) -> bool:
    if element.node is not None or element.key_node is not None:
        return True
    return any(map(_is_written, element.children.values())) or any(map(_is_written, element.items))
