"""D: dub, with dmd, ldc or gdc."""

from __future__ import annotations

from travistool.catalog.check import Named
from travistool.catalog.language import SOURCE, Export, Images, Language
from travistool.catalog.rule import always, when
from travistool.catalog.settings import Settings


def _old_dmd(settings: Settings) -> str:
    version = settings.first("d")
    return version if version.startswith("dmd-") and version <= "dmd-2.066.1" else ""


def _compiler(settings: Settings) -> str:
    """Return the program that the compiler's own script puts into DC."""
    version = settings.first("d")
    return "ldc2" if version.startswith("ldc") else "gdc" if version.startswith("gdc") else "dmd"


LANGUAGE = Language(
    name="d",
    source=SOURCE.format("d"),
    versions=("d",),
    defaults={"d": "dmd"},
    names={"old_dmd": _old_dmd, "program": _compiler},
    exports=(Export("DC", "{program}", at="setup"),),
    announce=(
        (when(Named("old_dmd"), "dmd --help | head -n 2"), always("$DC --version")),
        (always("dub --help | tail -n 1"),),
    ),
    script=((always("dub test --compiler=$DC"),),),
    images=Images(
        image="dlang2/dmd-ubuntu:{d}",
        default="dlang2/dmd-ubuntu:latest",
        versions={
            "dmd": "dlang2/dmd-ubuntu:latest",
            "ldc": "dlang2/ldc-ubuntu:latest",
            "gdc": "dlang2/gdc-ubuntu:latest",
            "dmd-N.M": "dlang2/dmd-ubuntu:N.M",
            "ldc-N.M": "dlang2/ldc-ubuntu:N.M",
        },
    ),
)
