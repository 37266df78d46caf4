"""MATLAB: its own test runner."""

from __future__ import annotations

from travistool.catalog.language import SOURCE, Export, Images, Language
from travistool.catalog.rule import always

LANGUAGE = Language(
    name="matlab",
    source=SOURCE.format("matlab"),
    versions=("matlab",),
    defaults={"matlab": "latest"},
    exports=(Export("TRAVIS_MATLAB_VERSION", "{matlab}"),),
    script=((always("matlab -batch \"assertSuccess(runtests('IncludeSubfolders',true));\""),),),
    images=Images(
        image="mathworks/matlab:{matlab}", default="mathworks/matlab:latest", advice="the image needs a license"
    ),
)
