"""Scala: sbt where there is a project of it, else Gradle, Maven or Ant."""

from __future__ import annotations

from travistool.catalog import jvm
from travistool.catalog.check import AllOf, AnyOf, File, Folder, Not
from travistool.catalog.language import SOURCE, Export, Images, Language
from travistool.catalog.rule import always, when
from travistool.catalog.settings import Settings


def _args(settings: Settings) -> str:
    return f" {settings.first('sbt_args')}" if settings.has("sbt_args") else ""


_SBT = AnyOf((Folder("project"), File("build.sbt")))
_NO_SBT = (Not(Folder("project")), Not(File("build.sbt")))

_IMAGE = "sbtscala/scala-sbt:eclipse-temurin-jammy-8u352-b08_1.9.3_2.12.18"
"""There is no `latest`. Most builds want Java 8; this one is seen in public Dockerfiles."""

LANGUAGE = Language(
    name="scala",
    source=SOURCE.format("scala"),
    versions=("scala", "jdk"),
    defaults={"scala": "2.12.8", "jdk": "default"},
    names={"args": _args},
    exports=(
        *jvm.EXPORTS,
        Export("TRAVIS_SCALA_VERSION", "{scala}"),
        Export("JVM_OPTS", "@/etc/sbt/jvmopts", _SBT, echo=True, at="setup"),
        Export("SBT_OPTS", "@/etc/sbt/sbtopts", _SBT, echo=True, at="setup"),
    ),
    announce=((jvm.ANNOUNCE,), (always(message="Using Scala {scala}"),)),
    install=(tuple([rule._replace(check=AllOf((*_NO_SBT, rule.check))) for rule in jvm.INSTALL]),),
    script=((when(_SBT, "sbt{args} ++{scala} test"), *jvm.SCRIPT),),
    images=Images(
        image=_IMAGE,
        default=_IMAGE,
        advice="tags join the versions of JDK, sbt and Scala; sbt takes the Scala that ++ names",
    ),
    notes=jvm.NOTES,
)
