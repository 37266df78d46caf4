"""A language without a version: the build gets what the image or the build script has as its default on that day."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.jobs import language_of
from travistool.lint.rule import Finding, Rule
from travistool.lint.subject import place
from travistool.lint.wording import listing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.subject import File

_KEYS: dict[str, tuple[str, ...]] = {
    "elixir": ("elixir",),
    "erlang": ("otp_release",),
    "go": ("go",),
    "haskell": ("ghc",),
    "node_js": ("node_js",),
    "perl": ("perl",),
    "php": ("php", "hhvm"),
    "python": ("python",),
    "ruby": ("rvm",),
    "scala": ("scala",),
}
"""By language: keys of which one says the version. Others have a moving default that is meant, such as Rust's stable."""


def check(file: File) -> Iterator[Finding]:
    for owner in file.owners:
        language = owner.get("language")
        keys = _KEYS.get(language_of(file, owner), ())
        if language is None or language.node is None or not keys:
            continue
        around = (owner, file.root) if owner is not file.root else (owner, *file.jobs)
        if not any(one.get(key) is not None for one in around for key in keys):
            message = f"no version is given under {listing(keys)}, so the build uses the default of the day"
            yield Finding(place(language), message)


RULE = Rule(
    name="version-not-given",
    severity=Severity.INFO,
    summary="a language has no version",
    why="The version is then a default of the image or of Travis, often an old one, and moves without a commit. A file such as "
    "`.ruby-version` or `.nvmrc` may give it; then all is well.",
    bad="language: ruby # <- here\nscript: rake\n",
    good="language: ruby\nrvm: '3.3'\nscript: rake\n",
    check=check,
    trigger=tuple(("language", name) for name in (*_KEYS, "node", "golang")),
    profile="strict",
)
