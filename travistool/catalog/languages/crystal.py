"""Crystal: shards and crystal spec."""

from __future__ import annotations

from travistool.catalog.check import ConfigIs, File
from travistool.catalog.language import SOURCE, Cache, Images, Language, Stored
from travistool.catalog.rule import always, when

LANGUAGE = Language(
    name="crystal",
    source=SOURCE.format("crystal"),
    versions=("crystal",),
    defaults={"crystal": "stable"},
    announce=((always("crystal --version", "shards --version"),),),
    install=((when(File("shard.yml"), "shards install"),),),
    script=((always("crystal spec"),),),
    caches=(Cache(name="shards", folders=(Stored("$HOME/.cache/shards", ConfigIs("os", ("linux", "osx"))),)),),
    images=Images(
        image="crystallang/crystal:{crystal}",
        default="crystallang/crystal:latest",
        versions={
            "stable": "crystallang/crystal:latest",
            "latest": "crystallang/crystal:latest",
            "nightly": "crystallang/crystal:nightly",
        },
    ),
)
