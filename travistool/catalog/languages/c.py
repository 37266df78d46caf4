"""C: configure and make."""

from __future__ import annotations

from travistool.catalog.check import Caches
from travistool.catalog.language import SOURCE, Cache, Export, Images, Language, Stored
from travistool.catalog.rule import always

CCACHE = Cache(
    name="ccache",
    folders=(Stored("~/.ccache"),),
    exports=(Export("PATH", "/usr/lib/ccache:$PATH", Caches("ccache"), echo=True),),
)

LANGUAGE = Language(
    name="c",
    source=SOURCE.format("c"),
    versions=("compiler",),
    defaults={"compiler": "gcc"},
    defaults_by_os={"freebsd": {"compiler": "cc"}},
    exports=(
        Export("TRAVIS_COMPILER", "{compiler}", echo=True),
        Export("CC", "${CC:-{compiler}}", echo=True),
        Export("CC_FOR_BUILD", "${CC_FOR_BUILD:-{compiler}}", echo=True),
    ),
    announce=((always("{compiler} --version"),),),
    script=((always("./configure && make && make test"),),),
    caches=(CCACHE,),
    images=Images(
        image="buildpack-deps:{dist|jammy}",
        default="buildpack-deps:{dist|jammy}",
        versions={"clang": "silkeh/clang:latest"},
        advice="buildpack-deps has gcc, g++, make and autoconf; clang is a package",
    ),
    notes=("CC of the config's env wins over compiler; TRAVIS_COMPILER is compiler all the same",),
)
