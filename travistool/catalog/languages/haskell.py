"""Haskell: cabal."""

from __future__ import annotations

from travistool.catalog.language import SOURCE, Export, Images, Language
from travistool.catalog.rule import always

LANGUAGE = Language(
    name="haskell",
    source=SOURCE.format("haskell"),
    versions=("ghc",),
    unlisted=("cabal",),
    defaults={"ghc": "7.10.3", "cabal": "2.0"},
    exports=(
        Export("TRAVIS_GHC_DEFAULT", "7.10.3", at="before_env"),
        Export("TRAVIS_HASKELL_VERSION", "$(ghc --numeric-version)", echo=True, at="setup"),
    ),
    setup=((always("cabal update", retry=True, fold="cabal"),),),
    announce=((always("ghc --version", "cabal --version"),),),
    install=((always("cabal install --only-dependencies --enable-tests", retry=True, fold="install"),),),
    script=((always("cabal configure --enable-tests && cabal build && cabal test"),),),
    images=Images(image="haskell:{ghc}", default="haskell:latest"),
    notes=(
        "a GHC or cabal of that version that is not there ends the job as errored",
        "the folders of GHC and cabal come first in PATH",
    ),
)
