"""Clojure: Leiningen."""

from __future__ import annotations

from travistool.catalog.jvm import ANNOUNCE, EXPORTS
from travistool.catalog.language import SOURCE, Images, Language
from travistool.catalog.rule import always
from travistool.catalog.settings import Settings


def _command(settings: Settings) -> str:
    """Return `lein` for a version from 2 on, else what `lein` says: it is the name of the command."""
    version = settings.first("lein")
    return "lein" if version[:1] in tuple("23456789") and version.replace(".", "").isdigit() else version


LANGUAGE = Language(
    name="clojure",
    source=SOURCE.format("clojure"),
    versions=("jdk", "lein"),
    defaults={"lein": "lein", "jdk": "default"},
    names={"command": _command},
    exports=EXPORTS,
    announce=((ANNOUNCE,), (always("{command} version"),)),
    install=((always("{command} deps", retry=True, fold="install"),),),
    script=((always("{command} test"),),),
    images=Images(
        image="clojure:lein",
        default="clojure:lein",
        versions={f"openjdk{number}": f"clojure:temurin-{number}-lein" for number in (8, 11, 17)},
    ),
    notes=("lein from version 2 on is installed in that version; any other value is the name of the command",),
)
