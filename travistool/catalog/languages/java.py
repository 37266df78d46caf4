"""Java: Gradle, Maven or Ant."""

from __future__ import annotations

from travistool.catalog import jvm
from travistool.catalog.language import SOURCE, Language

LANGUAGE = Language(
    name="java",
    source=SOURCE.format("pure_java"),
    versions=("jdk",),
    names=jvm.NAMES,
    exports=jvm.EXPORTS,
    announce=((jvm.ANNOUNCE,),),
    install=(jvm.INSTALL,),
    script=(jvm.SCRIPT,),
    images=jvm.IMAGES,
    notes=(*jvm.NOTES, "nothing is installed where there is only a build.xml"),
)
