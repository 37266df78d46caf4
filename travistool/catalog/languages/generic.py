"""No language: nothing is set up, and nothing is run but what the config says."""

from travistool.catalog.language import SOURCE, Images, Language
from travistool.catalog.rule import always

LANGUAGE = Language(
    name="generic",
    source=SOURCE.format("generic"),
    announce=((always("bash -c 'echo $BASH_VERSION'", asserted=True),),),
    images=Images(image="buildpack-deps:{dist|jammy}", default="buildpack-deps:{dist|jammy}"),
    notes=("without script the phase runs nothing and the job passes",),
)
