"""Groovy: built as Java is."""

from __future__ import annotations

from travistool.catalog import jvm
from travistool.catalog.language import SOURCE, Language

LANGUAGE = Language(
    name="groovy",
    source=SOURCE.format("groovy"),
    versions=("jdk",),
    names=jvm.NAMES,
    exports=jvm.EXPORTS,
    announce=((jvm.ANNOUNCE,),),
    install=(jvm.INSTALL,),
    script=(jvm.SCRIPT,),
    images=jvm.IMAGES,
    notes=jvm.NOTES,
)
