"""Perl: cpanm, with Build.PL or a makefile."""

from __future__ import annotations

from travistool.catalog.check import File
from travistool.catalog.language import SOURCE, Export, Images, Language
from travistool.catalog.rule import always, when

LANGUAGE = Language(
    name="perl",
    source=SOURCE.format("perl"),
    versions=("perl",),
    defaults={"perl": "5.14"},
    # What YAML makes of a number that ends in 0.
    aliases={"5.1": "5.10", "5.2": "5.20", "5.3": "5.30"},
    exports=(Export("TRAVIS_PERL_VERSION", "{perl}"),),
    announce=((always("perl --version", "CP_VER=$(cpanm --version &); echo $CP_VER"),),),
    install=((always("cpanm --quiet --installdeps --notest .", retry=True, fold="install"),),),
    script=(
        (
            when(File("Build.PL"), "perl Build.PL && ./Build && ./Build test"),
            when(File("Makefile.PL"), "perl Makefile.PL && make test"),
            always("make test"),
        ),
    ),
    images=Images(image="perl:{perl}", default="perl:5.14"),
)
