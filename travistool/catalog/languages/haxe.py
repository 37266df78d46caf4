"""Haxe: the hxml files that the config names."""

from __future__ import annotations

from travistool.catalog.check import Configured
from travistool.catalog.language import SOURCE, Export, Images, Language
from travistool.catalog.rule import always, fails, when

LANGUAGE = Language(
    name="haxe",
    source=SOURCE.format("haxe"),
    versions=("haxe", "neko"),
    defaults={"haxe": "stable", "neko": "2.3.0"},
    exports=(
        Export("TRAVIS_HAXE_VERSION", "{haxe}"),
        Export("TRAVIS_NEKO_VERSION", "{neko}"),
        Export("NEKOPATH", "$HOME/neko", at="before_env"),
        Export("HAXE_STD_PATH", "$HOME/haxe/std", at="before_env"),
    ),
    announce=(
        (always("haxe -version 2>&1", asserted=True, fold="haxe-version"),),
        (always("neko -version 2>&1", asserted=True, fold="neko-version"),),
    ),
    install=((when(Configured("hxml"), 'yes | haxelib install "{each}"', retry=True, each="hxml"),),),
    script=(
        (
            when(Configured("hxml"), 'haxe "{each}"', each="hxml"),
            fails(
                "No hxml: and script: is specified. "
                "Please specify at least one of them in your .travis.yml to run tests."
            ),
        ),
    ),
    images=Images(image="haxe:{haxe}", default="haxe:latest", versions={"stable": "haxe:latest", "development": None}),
    notes=("TRAVIS_HAXE_VERSION of stable is the number of that version",),
)
