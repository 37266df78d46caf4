"""No language is given and no script: Travis takes Ruby, with `bundle install` and `rake`."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.rule import Finding, Rule
from travistool.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.subject import File
    from travistool.schema.elements import Element

_RUBY = ("rvm", "gemfile", "bundler_args")
_WORK = ("before_install", "install", "before_script")
"""Phases that tell a build of its own from a part of one, or from a file that only switches something off."""


def check(file: File) -> Iterator[Finding]:
    root = file.root
    if any(owner.get(key) is not None for owner in file.owners for key in _RUBY):
        return
    bare = [owner for owner in (file.jobs or (root,)) if owner.get("script") is None and not _has_language(owner)]
    if not bare or root.get("script") is not None or _has_language(root):
        return
    if not any(owner.get(phase) is not None for owner in file.owners for phase in _WORK):
        return
    keys = sorted(child.key_node.start for child in root.children.values() if child.key_node is not None)
    start = keys[0] if keys else 0
    line = file.text[start:].split("\n", 1)[0]
    span = Span(file.source, start, start + len(line.partition(":")[0].rstrip()))
    yield Finding(span, "no 'language' and no 'script', so Travis takes it for Ruby and runs 'rake': write both")


def _has_language(owner: Element) -> bool:
    language = owner.get("language")
    return language is not None and language.node is not None


RULE = Rule(
    name="no-language",
    severity=Severity.WARNING,
    summary="no language and no script is given",
    why="Travis builds a job without a language as Ruby: it runs `bundle install` if there is a Gemfile, then `rake`. That "
    "fails in any other project. Write the language, or `language: minimal` and the commands.",
    bad="os: linux # <- here\ninstall: make deps\n",
    good="os: linux\nlanguage: generic\ninstall: make deps\nscript: make test\n",
    check=check,
    trigger=("install:", "before_script:"),
    unless=("language:", "rvm:", "import:", "\nscript:"),
)
