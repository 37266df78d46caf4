"""Hack: known to the config's schema only. The compiler builds it as Ruby, as all names that it does not know."""

from __future__ import annotations

from travistool.catalog.language import Images
from travistool.catalog.languages.ruby import LANGUAGE as RUBY

LANGUAGE = RUBY._replace(
    name="hack",
    source="travis-build lib/travis/build.rb at 2812e526",
    versions=("hhvm", "php"),
    unlisted=("rvm", "gemfile", "jdk", "bundler_args"),
    images=Images(image="hhvm/hhvm:{hhvm}", default="hhvm/hhvm:latest"),
    notes=("the compiler does not know it: defaults and exports are those of ruby",),
)
