"""Smalltalk: smalltalkCI."""

from __future__ import annotations

from travistool.catalog.language import SOURCE, Export, Images, Language
from travistool.catalog.rule import always

LANGUAGE = Language(
    name="smalltalk",
    source=SOURCE.format("smalltalk"),
    versions=("smalltalk", "smalltalk_config", "smalltalk_vm"),
    exports=(
        Export("TRAVIS_SMALLTALK_CONFIG", "{smalltalk_config}"),
        Export("TRAVIS_SMALLTALK_VERSION", "{smalltalk}"),
        Export("TRAVIS_SMALLTALK_VM", "{smalltalk_vm}"),
    ),
    script=((always("smalltalkci"),),),
    images=Images(image="hpiswa/smalltalkci", default="hpiswa/smalltalkci"),
    notes=("smalltalk_edge.source and .branch name the smalltalkCI that is used instead of hpi-swa's master",),
)
