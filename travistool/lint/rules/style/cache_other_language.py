"""A shorthand of `cache` works only under its own language; under another nothing is stored and nothing is said."""

from __future__ import annotations

from travistool.catalog.caches import PRESETS
from travistool.diagnostics import Severity
from travistool.lint.jobs import languages_for, word_span
from travistool.lint.rule import Finding, Rule
from travistool.lint.wording import listing, quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.subject import File


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
                yield Finding(word_span(one, name), message)


RULE = Rule(
    name="cache-other-language",
    severity=Severity.INFO,
    summary="a shorthand of `cache` belongs to another language",
    why="Each shorthand is a part of its language's build script. With another language Travis takes the word and stores "
    "nothing: name the folder under `directories`, such as `$HOME/.cache/pip`.",
    bad="language: go\ncache: pip # <- here\n",
    good="language: go\ncache:\n  directories:\n    - $HOME/.cache/pip\n",
    check=check,
    trigger=tuple(("cache", name) for name in PRESETS),
)
