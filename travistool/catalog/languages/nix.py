"""Nix: nix-build."""

from __future__ import annotations

from travistool.catalog.language import SOURCE, Export, Images, Language
from travistool.catalog.rule import always

LANGUAGE = Language(
    name="nix",
    source=SOURCE.format("nix"),
    versions=("nix",),
    defaults={"nix": "2.3.6"},
    exports=(Export("NIX_CURL_FLAGS", "-sS", echo=True),),
    announce=(
        (
            always(
                "nix-env --version",
                "nix-instantiate --eval -E 'with import <nixpkgs> {}; lib.version or lib.nixpkgsVersion'",
            ),
        ),
    ),
    script=((always("nix-build"),),),
    images=Images(image="nixos/nix:{nix}", default="nixos/nix:2.3.6"),
)
