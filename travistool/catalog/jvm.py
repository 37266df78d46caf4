"""What the languages of the Java machine share: JDK, Gradle, Maven, Ant.

Source: travis-build lib/travis/build/script/shared/jdk.rb and jvm.rb at 2812e526.
"""

from __future__ import annotations

from collections.abc import Mapping

from travistool.catalog.check import Configured, File, any_file
from travistool.catalog.language import Export, Images
from travistool.catalog.rule import Rule, always, when
from travistool.catalog.settings import Settings

ANNOUNCE = always("java -Xmx32m -version", "javac -J-Xmx32m -version")

EXPORTS = (
    Export("TRAVIS_JDK_VERSION", "{jdk}", Configured("jdk")),
    Export("TERM", "dumb", any_file("build.gradle", "build.gradle.kts"), echo=True, at="setup"),
)

INSTALL: tuple[Rule, ...] = (
    when(File("gradlew"), "./gradlew assemble", retry=True, fold="install"),
    when(File("build.gradle"), "gradle assemble", retry=True, fold="install"),
    when(
        File("mvnw"),
        "./mvnw install -DskipTests=true -Dmaven.javadoc.skip=true -B -V",
        retry=True,
        fold="install",
    ),
    when(
        File("pom.xml"),
        "mvn install -DskipTests=true -Dmaven.javadoc.skip=true -B -V",
        retry=True,
        fold="install",
    ),
)

SCRIPT: tuple[Rule, ...] = (
    when(File("gradlew"), "./gradlew check"),
    when(File("build.gradle"), "gradle check"),
    when(File("mvnw"), "./mvnw test -B"),
    when(File("pom.xml"), "mvn test -B"),
    always("ant test"),
)

NOTES = (
    "build.gradle.kts alone does not select Gradle: it only sets TERM",
    "oraclejdk10 is refused: the job ends as errored before anything runs",
)


def major(settings: Settings) -> str:
    """Return the number in the name of a JDK, 11 where there is none."""
    return "".join(char for char in settings.first("jdk") if char.isdigit()) or "11"


NAMES = {"major": major}

_JDKS: Mapping[str, str | None] = {
    "default": "eclipse-temurin:11-jdk",
    "openjdk6": "azul/zulu-openjdk:6",
    "openjdk7": "azul/zulu-openjdk:7",
    "oraclejdk7": "azul/zulu-openjdk:7",
    "oraclejdk10": None,
    **{f"openjdk{number}": f"openjdk:{number}-jdk" for number in (9, 10, 12, 13, 14, 15)},
    "oraclejdk9": "openjdk:9-jdk",
}

IMAGES = Images(
    image="eclipse-temurin:{major}-jdk",
    default="eclipse-temurin:11-jdk",
    versions=_JDKS,
    variants={"maven": "maven:3-eclipse-temurin-{major}", "gradle": "gradle:jdk{major}"},
    advice="the plain image has no mvn, gradle or ant: take a variant where the repository has no wrapper script",
)
