"""The languages of the Java machine on GitHub, Android among them."""

from __future__ import annotations

import re

from travistool.migrate.data.facts import facts
from travistool.migrate.github.language import Language, note_version, uses, with_options
from travistool.migrate.github.slots import slot
from travistool.migrate.machine import place_of
from travistool.migrate.model import Row
from travistool.migrate.tasks import Tasks


def java(row: Row, runner: str, tasks: Tasks) -> Language:  # noqa: ARG001  # the form of all languages
    """Return the JDK."""
    asked = row.version("jdk")
    number = "".join(re.findall(r"\d+", asked)[:1])
    if not asked or asked == "default" or not number:
        return Language((uses("actions/setup-java", distribution="temurin", java_version="11"),))
    is_temurin = number in facts("github")["versions"]["java_temurin"]
    distribution = "temurin" if is_temurin else "zulu"
    if ("oracle" in asked and int(number) < 17) or "ibm" in asked:
        note_version(
            row,
            tasks,
            "jdk",
            f"'{asked}' cannot be installed: its OpenJDK is used",
            "check that nothing asks for the other one",
        )
    version = f"{number}-ea" if asked.endswith("-ea") else number
    return Language(
        (
            uses(
                "actions/setup-java",
                distribution=slot("distribution", distribution),
                java_version=slot("java", version),
            ),
        )
    )


def scala(row: Row, runner: str, tasks: Tasks) -> Language:
    """Return the JDK and sbt."""
    return Language((*java(row, runner, tasks).steps, uses("sbt/setup-sbt")))


def clojure(row: Row, runner: str, tasks: Tasks) -> Language:
    """Return the JDK and Leiningen."""
    return Language((*java(row, runner, tasks).steps, with_options(uses("DeLaGuardo/setup-clojure"), lein="latest")))


def android(row: Row, runner: str, tasks: Tasks) -> Language:
    """Return the JDK and the components of the SDK."""
    found = java(row, runner, tasks)
    given = row.job.config.get("android")
    names = given.get("components") if isinstance(given, dict) else None
    words = [_component(str(name)) for name in (names if isinstance(names, list) else [])]
    wanted = [f'"{word}"' for word in words if word]
    place = place_of(row.job, "android")
    for name, word in zip(names if isinstance(names, list) else (), words, strict=True):
        if not word and str(name) in _OLD_TOOLS:
            tasks.leave("android.components", f"'{name}' comes with the machine", place)
        elif not word and not str(name).startswith("sys-img"):
            reason = f"the Android component '{name}' has no name that sdkmanager of today knows"
            tasks.add("package", reason, "drop it, or install what is there in its place", place)
    if any(str(name).startswith("sys-img") for name in names or ()) or "emulator" in row.texts:
        tasks.add(
            "platform",
            "the job starts an Android emulator",
            "run the tests by reactivecircus/android-emulator-runner, which starts one with hardware support",
            place_of(row.job, "android"),
        )
    if not wanted:
        return found
    tool = '"$ANDROID_HOME/cmdline-tools/latest/bin/sdkmanager"'
    return found._replace(
        steps=(
            *found.steps,
            {"name": "Install Android components", "run": f"yes | {tool} {' '.join(wanted)} > /dev/null"},
        )
    )


_OLD_TOOLS = frozenset(("tools", "platform-tool"))


def _component(name: str) -> str:
    if name.startswith("build-tools-"):
        return f"build-tools;{name.removeprefix('build-tools-')}"
    if re.match(r"android-\d+$", name):
        return f"platforms;{name}"
    if name in ("platform-tools", "emulator"):
        return name
    found = re.match(r"extra-(\w+)-(\w+)$", name)
    return f"extras;{found[1]};{found[2]}" if found and found[2] in ("m2repository", "google_play_services") else ""
