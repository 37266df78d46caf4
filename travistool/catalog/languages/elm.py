"""Elm: elm-test and elm-format, on Node.js."""

from __future__ import annotations

from travistool.catalog.check import Not, Program
from travistool.catalog.language import SOURCE, Cache, Export, Images, Language, Stored
from travistool.catalog.npm import ANNOUNCE, EXPORTS, INSTALL, SETUP
from travistool.catalog.rule import always, when
from travistool.catalog.settings import Settings


def _tag(settings: Settings) -> str:
    version = settings.first("elm")
    return version if version.startswith(("elm", "latest-")) else f"latest-{version}"


def _test(settings: Settings) -> str:
    return settings.first("elm_test") or _tag(settings)


def _format(settings: Settings) -> str:
    return settings.first("elm_format") or _tag(settings)


LANGUAGE = Language(
    name="elm",
    source=SOURCE.format("elm"),
    versions=("elm", "node_js"),
    unlisted=("npm_args",),
    defaults={"elm": "latest-0.19.1", "node_js": "12"},
    names={"test": _test, "format": _format},
    exports=(
        *EXPORTS,
        Export("TRAVIS_ELM_VERSION", "{elm}"),
        Export("TRAVIS_ELM_TEST_VERSION", "{test}"),
        Export("TRAVIS_ELM_FORMAT_VERSION", "{format}"),
    ),
    setup=(
        *SETUP,
        (always("npm install -g elm@{elm}"),),
        (when(Not(Program("elm-test")), "npm install -g elm-test@{test}"),),
        (always("npm install -g elm-format@{format}"),),
    ),
    announce=(*ANNOUNCE, (always("elm --version", "elm-test --version", "elm-format --help | head -n 1"),)),
    install=(INSTALL,),
    script=((always("elm-format --validate . && elm-test"),),),
    caches=(
        Cache(
            name="elm",
            folders=(
                Stored("$HOME/.cache/elm"),
                Stored("$HOME/.elm"),
                Stored("$HOME/.cache/elm-stuff"),
                Stored("elm-stuff"),
                Stored("$HOME/.cache/elm-tests-stuff"),
                Stored("tests/elm-stuff"),
            ),
        ),
    ),
    images=Images(image="node:{node_js}", default="node:12"),
    notes=("cache: npm and yarn keep nothing here, only elm does",),
)
