"""No language: nothing is set up, and nothing is run but what the config says."""

from __future__ import annotations

from travistool.catalog.language import SOURCE, Images, Language
from travistool.catalog.rule import Command, always

# A second shell takes as long as all else of a job that does nothing.
_VERSION = Command(text="bash -c 'echo $BASH_VERSION'", asserted=True, same="echo $BASH_VERSION")

LANGUAGE = Language(
    name="generic",
    source=SOURCE.format("generic"),
    announce=((always(_VERSION),),),
    images=Images(image="buildpack-deps:{dist|jammy}", default="buildpack-deps:{dist|jammy}"),
    notes=("without script the phase runs nothing and the job passes",),
)
