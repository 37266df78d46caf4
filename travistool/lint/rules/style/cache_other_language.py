"""A shorthand of `cache` works only under its own language; under another nothing is stored and nothing is said."""

from __future__ import annotations

from travistool.catalog.caches import FOLDERS, PRESETS
from travistool.diagnostics import Severity
from travistool.document.nodes import Scalar, Sequence
from travistool.lint.fixes import addition, both, deletion, replacement
from travistool.lint.jobs import languages_for, word_span
from travistool.lint.rule import Finding, Rule
from travistool.lint.wording import listing, quoted
from travistool.schema.elements import flatten
from travistool.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.diagnostics import Fix
    from travistool.lint.subject import File
    from travistool.schema.elements import Element


def check(file: File) -> Iterator[Finding]:
    for owner in file.owners:
        cache = owner.get("cache")
        for name, one in cache.children.items() if cache is not None else ():
            if name not in PRESETS or one.value is not True or (one.node is None and one.key_node is None):
                continue
            languages = languages_for(file, owner, "cache")
            if languages.isdisjoint(PRESETS[name]):
                why = (
                    f"works only with {listing(PRESETS[name])}" if PRESETS[name] else "stores nothing with any language"
                )
                found = listing(sorted(languages), "and")
                message = f"the shorthand {quoted(name)} {why}, not with {found}, list the folder under 'directories'"
                fix = _fix(file, cache, one, name) if cache is not None else None
                yield Finding(word_span(one, name), message, fix)


def _fix(file: File, cache: Element, one: Element, name: str) -> Fix | None:
    """List the folder in place of the shorthand; without a list the first shorthand makes one, the others follow it."""
    folder, listed, written = FOLDERS.get(name), cache.get("directories"), word_span(one, name)
    if folder is None or (any(span.start < written.start for span in _without_effect(file, cache)) and listed is None):
        return None
    if listed is not None:
        if any(str(item.value) == folder for item in flatten(listed)):
            return deletion(file, one, f"delete it, '{folder}' is listed already")
        return both(addition(file, listed, folder), deletion(file, one, ""), f"list '{folder}'")
    if isinstance(one.node, Scalar) and one.node.text.lower() == name:
        text = f"directories: [{folder}]"
        is_item = isinstance(cache.node, Sequence) and not cache.node.flow
        return replacement(f"list '{folder}'", (written, written.text, text if is_item else f"{{{text}}}"))
    whole = Span(file.source, written.start, one.node.end if one.node is not None else written.end)
    return replacement(f"list '{folder}'", (whole, whole.text, f"directories: [{folder}]"))


def _without_effect(file: File, cache: Element) -> list[Span]:
    """Return the places of the shorthands of other languages that have a folder."""
    languages = languages_for(file, cache.parent or file.root, "cache")
    return [
        word_span(one, name)
        for name, one in cache.children.items()
        if name in FOLDERS and one.value is True and languages.isdisjoint(PRESETS[name])
    ]


RULE = Rule(
    name="cache-other-language",
    severity=Severity.INFO,
    summary="a shorthand of `cache` belongs to another language",
    why="Each shorthand is a part of its language's build script. With another language Travis accepts the word "
    "but stores nothing: name the folder under `directories`, such as `$HOME/.cache/pip`.",
    bad="language: go\ncache: pip # <- here\n",
    good="language: go\ncache:\n  directories:\n    - $HOME/.cache/pip\n",
    check=check,
    trigger=tuple(("cache", name) for name in PRESETS),
    fix="unsafe",
)
