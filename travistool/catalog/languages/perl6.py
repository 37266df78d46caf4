"""Perl 6: prove."""

from __future__ import annotations

from travistool.catalog.language import SOURCE, Export, Images, Language
from travistool.catalog.rule import always

LANGUAGE = Language(
    name="perl6",
    source=SOURCE.format("perl6"),
    versions=("perl6",),
    defaults={"perl6": "latest"},
    exports=(Export("TRAVIS_PERL6_VERSION", "{perl6}"),),
    announce=((always("perl6 --version"),),),
    script=((always("PERL6LIB=lib prove --ext .t --ext .t6 -v -r --exec=perl6 t/"),),),
    images=Images(image="rakudo-star:{perl6}", default="rakudo-star:latest"),
)
