"""Shorthands of `cache`, and the languages that know them.

Source: travis-build lib/travis/build/script/*.rb at 2812e526; `tests/catalog/test_caches.py` compares with the languages.
"""

from __future__ import annotations

from collections.abc import Mapping

PRESETS: Mapping[str, tuple[str, ...]] = {
    "bundler": ("ruby", "objective-c", "hack"),
    "cargo": ("rust",),
    "ccache": ("c", "cpp"),
    "cocoapods": ("objective-c",),
    "composer": (),
    "elm": ("elm",),
    "npm": ("node_js",),
    "packages": ("r",),
    "pip": ("python",),
    "shards": ("crystal",),
    "yarn": ("node_js",),
}
"""By name. Under other languages, and for one without any, the shorthand is taken and does nothing."""

FOLDERS: Mapping[str, str] = {
    "ccache": "$HOME/.ccache",
    "npm": "$HOME/.npm",
    "pip": "$HOME/.cache/pip",
    "yarn": "$HOME/.cache/yarn",
}
"""What a shorthand stores, where that is one folder whatever the project is like."""
