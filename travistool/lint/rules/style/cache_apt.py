"""`cache: apt` was never built: the key is taken and nothing is stored."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.fixes import deletion
from travistool.lint.jobs import word_span
from travistool.lint.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.subject import File


def check(file: File) -> Iterator[Finding]:
    for owner in file.owners:
        apt = (cache.get("apt")) if (cache := owner.get("cache")) is not None else None
        if apt is not None and apt.value is True:
            message = "'apt' caches nothing, packages are still downloaded in each build, delete it"
            yield Finding(word_span(apt, "apt"), message, deletion(file, apt, "delete 'apt'"))


RULE = Rule(
    name="cache-apt",
    severity=Severity.INFO,
    summary="`cache: apt` has no effect",
    why="Travis accepts the word but stores no packages. To make builds faster, install less, or use an image that"
    " has the packages.",
    bad="language: c\ncache: apt # <- here\n",
    good="language: c\ncache: ccache\n",
    check=check,
    trigger=(("cache", "apt"),),
    fix="unsafe",
)
