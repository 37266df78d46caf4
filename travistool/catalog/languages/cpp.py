"""C++: configure and make."""

from __future__ import annotations

from travistool.catalog.language import SOURCE, Export, Images, Language
from travistool.catalog.languages.c import CCACHE
from travistool.catalog.rule import always
from travistool.catalog.settings import Settings


def _cxx(settings: Settings) -> str:
    return _of_family(settings, "g++", "clang++", "c++")


def _cc(settings: Settings) -> str:
    return _of_family(settings, "gcc", "clang", "cc")


def _of_family(settings: Settings, gnu: str, clang: str, system: str) -> str:
    compiler = settings.first("compiler").lower()
    if compiler.startswith(("gcc", "g++")):
        return gnu
    if compiler.startswith("clang"):
        return clang
    return system if settings.first("os") == "freebsd" else gnu


LANGUAGE = Language(
    name="cpp",
    source=SOURCE.format("cpp"),
    versions=("compiler",),
    defaults={"compiler": "g++"},
    defaults_by_os={"freebsd": {"compiler": "c++"}},
    names={"cxx": _cxx, "cc": _cc},
    exports=(
        Export("TRAVIS_COMPILER", "{compiler}", echo=True),
        Export("CXX", "${CXX:-{cxx}}", echo=True),
        Export("CXX_FOR_BUILD", "${CXX_FOR_BUILD:-{cxx}}", echo=True),
        Export("CC", "${CC:-{cc}}", echo=True),
        Export("CC_FOR_BUILD", "${CC_FOR_BUILD:-{cc}}", echo=True),
    ),
    announce=((always("{compiler} --version"),),),
    script=((always("./configure && make && make test"),),),
    caches=(CCACHE,),
    images=Images(
        image="buildpack-deps:{dist|jammy}",
        default="buildpack-deps:{dist|jammy}",
        versions={"clang": "silkeh/clang:latest", "clang++": "silkeh/clang:latest"},
    ),
)
