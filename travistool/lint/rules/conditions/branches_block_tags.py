"""`branches.only` holds for tags, too: without a pattern for them, what is for tags never comes."""

from __future__ import annotations

from collections.abc import Iterator
from re import search

from travistool.diagnostics import Severity
from travistool.lint.conditions import asks_for_tag, tree_of
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import Deploy, File, place
from travistool.schema.elements import Element, flatten

_TAGS = (
    "v1.2.3",
    "1.2.3",
    "v1.2",
    "1.2",
    "v1",
    "1",
    "release-1.2.3",
    "2026-01-31",
    "v1.2.3-rc.1",
    "app-1.2.3",
    "v10.20.30",
)
"""Names that tags usually have."""


_ASKED = r"(?<!! )-n [\"']?\$\{?TRAVIS_TAG\b|\$\{?TRAVIS_TAG\}?[\"']?\s*=~"


def check(file: File) -> Iterator[Finding]:
    only = [one for one in file.listed("branches", "only") if one.kind == "str"]
    branches = file.root.get("branches")
    if not only or branches is None:
        return
    wanted = [(tags.key_span(), "deploys") for deploy in file.deployments if (tags := _tags(deploy)) is not None]
    wanted += [(place(one), "holds") for one in file.conditions if _asks(one)]
    if wanted and not any(_lets_tags_pass(str(one.value)) for one in only):
        for span, does in wanted:
            message = (
                f"this never {does}: a tag is built only if 'branches.only' has something that fits it, add a pattern"
            )
            yield Finding(span, message, related=((branches.key_span(), "what is built"),))


def _asks(condition: Element) -> bool:
    tree = tree_of(condition) if "tag" in str(condition.value).lower() else None
    return tree is not None and asks_for_tag(tree)


def _tags(deploy: Deploy) -> Element | None:
    """Return what says that a deployment is for tags: `tags: true`, or a `condition` that asks for one."""
    on = deploy.element.get("on")
    tags = on.get("tags") if on is not None else None
    if tags is not None and tags.value is True:
        return tags
    condition = on.get("condition") if on is not None else None
    texts = [str(one.value) for one in flatten(condition)] if condition is not None else []
    return condition if any(search(_ASKED, text) and "||" not in text for text in texts) else None


def _lets_tags_pass(text: str) -> bool:
    """Tell whether a line may fit a tag. What is no pattern, and what we cannot try, might be the name of one."""
    if len(text) < 2 or not (text.startswith("/") and text.endswith("/")):
        return any(sign.isdigit() for sign in text) or "$" in text
    # Imported late: it compiles patterns, and most files that list branches deploy nothing by tag.
    from travistool.grammar.conditions import regex  # noqa: PLC0415
    from travistool.grammar.conditions.errors import UntranslatableRegexError  # noqa: PLC0415

    try:
        pattern = regex.compile(text[1:-1])
    except (regex.RubyRegexError, UntranslatableRegexError):
        return True
    return any(sign.isdigit() for sign in text) or "\\d" in text or any(pattern.search(name) for name in _TAGS)


RULE = Rule(
    name="branches-block-tags",
    severity=Severity.WARNING,
    summary="`branches.only` keeps the tags from being built that a deployment or a job waits for",
    why="To Travis a tag is a branch of that name: it is built only if a line of `only` fits it. Add a pattern for your "
    "tags, such as `/^v\\d+/`.",
    bad="language: c\nbranches:\n  only: main\ndeploy:\n  provider: script\n  script: make release\n  on:\n"
    "    tags: true # <- here\n",
    good="language: c\nbranches:\n  only:\n    - main\n    - /^v\\d+/\ndeploy:\n  provider: script\n"
    "  script: make release\n  on:\n    tags: true\n",
    check=check,
    trigger=(("branches", "tags"), ("branches", "tag "), ("branches", "TRAVIS_TAG")),
)
