"""The keys of a deployment's `on` that ask for a version. Source: travis-build addons/deploy/conditions.rb at 2812e526."""

from __future__ import annotations

RUNTIMES = (
    *("d", "dart", "elm", "elixir", "ghc", "go", "haxe", "jdk", "julia", "mono", "node", "otp_release", "perl", "php"),
    *("python", "r", "ruby", "rust", "scala", "smalltalk"),
)
"""Each is compared with the variable `TRAVIS_<KEY>_VERSION`."""

OTHER_NAMES = {"node_js": "node", "rvm": "ruby"}
"""Keys of the config that mean one of them."""
