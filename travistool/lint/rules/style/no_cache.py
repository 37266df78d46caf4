"""A package manager downloads the same packages in each build, and a word would keep them."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.fixes import new_key
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import place
from travistool.lint.wording import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.subject import File

_CACHES = {
    "ruby": "bundler",
    "python": "pip",
    "rust": "cargo",
    "r": "packages",
    "objective-c": "cocoapods",
}
"""By language; that of npm is on by itself."""


def check(file: File) -> Iterator[Finding]:
    language, install = file.root.get("language"), file.root.get("install")
    if language is None or language.node is None or str(language.value) not in _CACHES:
        return
    if any(owner.get("cache") is not None for owner in file.owners):
        return
    if install is not None and (install.value is False or install.plain() in (["skip"], ["true"], "skip", "true")):
        return
    cache = f"cache: {_CACHES[str(language.value)]}"
    message = f"nothing is cached, {quoted(cache)} keeps the packages from build to build"
    yield Finding(place(language), message, new_key(file, language, cache))


RULE = Rule(
    name="no-cache",
    severity=Severity.INFO,
    summary="packages are not cached",
    why="Each build downloads, and often compiles, the same packages. The shorthand of the language keeps them; a cache that "
    "is fetched may also be slower than the download, so measure.",
    bad="language: python # <- here\nscript: pytest\n",
    good="language: python\ncache: pip\nscript: pytest\n",
    check=check,
    trigger=tuple(_CACHES),
    unless=("cache:",),
    profile="pedantic",
    fix="unsafe",
)
