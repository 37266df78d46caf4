"""What a pipeline would run for an event: stages in order, what each one's `when` says, deployments in the scripts.

It reads the file as written. Source: jenkins.io/doc/book/pipeline/syntax, "when", "parallel", "catchError".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from travistool.migrate.asked import deployments
from travistool.migrate.jenkins.groovy import Block, inside, read, texts_in
from travistool.migrate.verify import Found
from travistool.plan.model import Event

_ENV = re.compile(r"(!?)env\.(\w+)(\?\.matches)?")
_CALL = re.compile(r"(run\w+)\(.*\)\Z")
_DEF = re.compile(r"def (\w+)\(\w*\)\Z")


def evaluator(text: str) -> Callable[[Event], tuple[Found, ...]]:
    """Return the function that says for an event which rows a pipeline would run."""
    file = read(text)
    (pipeline,) = [one for one in file if one.head == "pipeline"]
    functions = {found[1]: _texts(one) for one in file for found in [_DEF.match(one.head)] if found}
    stages = pipeline.named("stages")[0]
    return lambda event: tuple(_Run(functions, event).inside(stages, ()))


class _Run:
    """One build. `functions` are their scripts; `number` counts the jobs, which are told apart by it."""

    def __init__(self, functions: Mapping[str, str], event: Event) -> None:
        self.functions = functions
        self.event = event
        self.number = 0

    def inside(self, stages: Block, before: tuple[str, ...]) -> Iterator[Found]:
        """Yield the rows of stages: one after the other, or side by side."""
        for stage in stages.named("stage"):
            found = list(self.stage(stage, before))
            yield from found
            if stages.head == "stages":
                before = (*before, *[one.job for one in found])

    def stage(self, stage: Block, before: tuple[str, ...]) -> Iterator[Found]:
        if not all(self.holds(one) for part in stage.named("when") for one in part.inside or ()):
            return
        for inner in (*stage.named("stages"), *stage.named("parallel")):
            yield from self.inside(inner, before)
        for steps in stage.named("steps"):
            self.number += 1
            heads = [one.head for one in inside((steps,))]
            called = [self.functions[found[1]] for head in heads for found in [_CALL.match(head)] if found]
            deployed = tuple(deployments("\n".join(called), self.event))
            is_tolerated = any(head.startswith("catchError") for head in heads)
            yield Found(texts_in(stage.head)[0], f"job {self.number}", before, is_tolerated, deployed)

    def holds(self, condition: Block) -> bool:
        """Tell whether a condition of `when` holds."""
        parts = condition.inside or ()
        match re.match(r"\w*", condition.head)[0]:  # type: ignore[index]
            case "beforeAgent":
                return True
            case "allOf":
                return all(map(self.holds, parts))
            case "anyOf":
                return any(map(self.holds, parts))
            case "not":
                return not all(map(self.holds, parts))
            case "expression":
                return self.expression(parts[0].head)
            case _:
                return self.asked(condition.head)

    def asked(self, head: str) -> bool:
        event = self.event
        pull = event.type == "pull_request"
        name, texts = head.split("(", maxsplit=1)[0].split(maxsplit=1)[0], texts_in(head)
        match name:
            case "changeRequest":
                if not texts or not pull:
                    return pull
                value = event.head_branch if " branch:" in head else event.branch
                return _fits(head, texts[0], value or "")
            case "branch":
                return _fits(head, texts[0], "PR-1" if pull else event.tag or event.branch or "")
            case "tag":
                return bool(event.tag) and _fits(head, texts[0], event.tag or "")
            case "buildingTag":
                return bool(event.tag)
            case "triggeredBy":
                return event.type == {"TimerTrigger": "cron", "UserIdCause": "api"}[texts[0]]
            case "environment":
                return event.settings.get(texts[0]) == texts[1]
            case "changelog":
                return _matches(texts[0], event.commit_message or "")
            case _:
                raise ValueError(f"no condition: {head}")

    def expression(self, text: str) -> bool:
        if text in ("true", "false"):
            return text == "true"
        if text.startswith("scm."):
            return _matches(texts_in(text)[0], f"https://example.com/{self.event.repo}.git")
        found = _ENV.match(text)
        if found is None:
            raise ValueError(f"no expression: {text}")
        value: str | None = dict(self.event.settings).get(found[2])
        if found[2] == "CHANGE_FORK":
            value = self.event.head_repo if self.event.head_repo != self.event.repo else None
        if found[3]:
            return value is not None and _matches(texts_in(text)[0], value)
        return bool(value) is (not found[1])


def _fits(head: str, wanted: str, value: str) -> bool:
    return _matches(wanted, value) if "'REGEXP'" in head else wanted == value


def _matches(pattern: str, text: str) -> bool:
    """Match as Java does, as far as Python has the same; what it cannot read fits nothing."""
    try:
        return re.fullmatch(pattern, text) is not None
    except re.error:
        return False


def _texts(block: Block) -> str:
    return "\n".join("".join(texts_in(one.head)) for one in inside((block,)))
