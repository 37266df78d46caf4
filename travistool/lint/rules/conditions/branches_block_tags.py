"""`branches.only` holds for tags, too: without a pattern for them, a deployment on tags never comes."""

from collections.abc import Iterator

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import Deploy, File
from travistool.schema.elements import Element

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


def check(file: File) -> Iterator[Finding]:
    only = [one for one in file.listed("branches", "only") if one.kind == "str"]
    wanted = [tags for deploy in file.deployments if (tags := _tags(deploy)) is not None]
    branches = file.root.get("branches")
    if only and wanted and branches is not None and not any(_lets_tags_pass(str(one.value)) for one in only):
        for tags in wanted:
            message = (
                "this never deploys, 'branches.only' has nothing that fits a tag, and tags need to be listed there"
            )
            related = ((branches.key_span(), "what is built"),)
            yield Finding(tags.key_span(), message, related=related)


def _tags(deploy: Deploy) -> Element | None:
    """Return the `tags: true` of a deployment."""
    on = deploy.element.get("on")
    tags = on.get("tags") if on is not None else None
    return tags if tags is not None and tags.value is True else None


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
    summary="`branches.only` keeps the tags from being built that a deployment waits for",
    why="To Travis a tag is a branch of that name: it is built only if a line of `only` fits it. Add a pattern for your "
    "tags, such as `/^v\\d+/`.",
    bad="language: c\nbranches:\n  only: main\ndeploy:\n  provider: script\n  script: make release\n  on:\n"
    "    tags: true # <- here\n",
    good="language: c\nbranches:\n  only:\n    - main\n    - /^v\\d+/\ndeploy:\n  provider: script\n"
    "  script: make release\n  on:\n    tags: true\n",
    check=check,
    trigger=(("branches", "tags"),),
)
