"""JavaScript with Node.js: npm or yarn."""

from __future__ import annotations

from travistool.catalog import npm
from travistool.catalog.language import SOURCE, Images, Language

LANGUAGE = Language(
    name="node_js",
    source=SOURCE.format("node_js"),
    versions=("node_js",),
    aliases={"0.1": "0.10"},
    exports=npm.EXPORTS,
    setup=npm.SETUP,
    announce=npm.ANNOUNCE,
    install=(npm.INSTALL,),
    script=(npm.SCRIPT,),
    caches=npm.CACHES,
    images=Images(
        image="node:{node_js}",
        default="node:lts",
        versions={
            "node": "node:current",
            "stable": "node:current",
            "lts/*": "node:lts",
            "lts/argon": "node:4",
            "lts/boron": "node:6",
            "lts/carbon": "node:8",
            "lts/dubnium": "node:10",
            "lts/erbium": "node:12",
            "lts/fermium": "node:14",
            "lts/gallium": "node:16",
            "lts/hydrogen": "node:18",
            "lts/iron": "node:20",
            "iojs": "iojs:latest",
        },
        advice="node:0.10 and 0.12 exist, and are very old",
    ),
    notes=(*npm.NOTES, "without node_js the version is that of .nvmrc, else 0.10"),
)
