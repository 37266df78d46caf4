"""All languages that the build compiler knows: one module per language, loaded when a job first needs it."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from travistool.catalog.language import Language

LANGUAGES = (
    "android",
    "c",
    "clojure",
    "cpp",
    "crystal",
    "csharp",
    "d",
    "dart",
    "elixir",
    "elm",
    "erlang",
    "generic",
    "go",
    "groovy",
    "hack",
    "haskell",
    "haxe",
    "java",
    "julia",
    "matlab",
    "nix",
    "node_js",
    "objective-c",
    "perl",
    "perl6",
    "php",
    "python",
    "r",
    "ruby",
    "rust",
    "scala",
    "shell",
    "smalltalk",
)
"""All languages, by the names of their schemas. A module has `_` where a name has `-`."""

FALLBACK = "ruby"
"""What a job is built as whose language the compiler does not know, or that has none. travis-build lib/travis/build.rb."""

_NAMES = {
    "bash": "shell",
    "c++": "cpp",
    "cplusplus": "cpp",
    "golang": "go",
    "javascript": "node_js",
    "js": "node_js",
    "jvm": "java",
    "minimal": "shell",
    "node": "node_js",
    "objective_c": "objective-c",
    "sh": "shell",
    "swift": "objective-c",
}


def language(name: str) -> Language:
    """Return a language by its name or another name of it; the fallback for a name that is not known."""
    known = _NAMES.get(name.lower(), name.lower())
    return _load(known if known in LANGUAGES else FALLBACK)


@cache
def _load(name: str) -> Language:
    found: Language = import_module(f"travistool.catalog.languages.{name.replace('-', '_')}").LANGUAGE
    return found
