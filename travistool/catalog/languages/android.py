"""Android: Gradle, Maven or Ant, with packages of the SDK."""

from __future__ import annotations

from travistool.catalog.check import File
from travistool.catalog.jvm import ANNOUNCE, EXPORTS
from travistool.catalog.language import SOURCE, Export, Images, Language
from travistool.catalog.rule import always, when

_SDK = "/usr/local/android-sdk"

LANGUAGE = Language(
    name="android",
    source=SOURCE.format("android"),
    versions=("jdk",),
    exports=(
        *EXPORTS,
        Export("ANDROID_HOME", _SDK, echo=True, at="setup"),
        Export("ANDROID_SDK_ROOT", _SDK, echo=True, at="setup"),
        Export(
            "PATH",
            f"{_SDK}/cmdline-tools/latest/bin:{_SDK}/tools:{_SDK}/tools/bin:{_SDK}/platform-tools:"
            "/usr/local/cmdline-tools/bin:/usr/local/emulator:/usr/local/platform-tools:$PATH",
            echo=True,
            at="setup",
        ),
    ),
    announce=((ANNOUNCE,),),
    script=(
        (
            when(File("gradlew"), "./gradlew build connectedCheck"),
            when(File("build.gradle"), "gradle build connectedCheck"),
            when(File("pom.xml"), "mvn install -B"),
            always("ant debug install test"),
        ),
    ),
    images=Images(
        image="cimg/android:2025.12",
        default="cimg/android:2025.12",
        advice="pick a dated tag; there is no official Android image",
    ),
    notes=(
        "the prefixes of android.components: build-tools-X is build-tools;X, platform-tools-X platform-tools",
        "further prefixes: android-X is platforms;android-X, extra-google-X extras;google;X",
        "a package that cannot be installed prints a red line and nothing else happens",
        "android.licenses has no effect: all licenses are accepted",
    ),
)
