"""Rust: cargo."""

from __future__ import annotations

from travistool.catalog.check import ConfigIs, Named
from travistool.catalog.language import SOURCE, Cache, Export, Images, Language, Stored
from travistool.catalog.rule import always, quiet, when
from travistool.catalog.settings import Settings, escaped

_UNIX = ConfigIs("os", ("linux", "osx"))


def _version(settings: Settings) -> str:
    return escaped(settings.first("rust"))


def _moving(settings: Settings) -> str:
    version = settings.first("rust")
    return version if any(name in version for name in ("nightly", "stable", "beta")) else ""


LANGUAGE = Language(
    name="rust",
    source=SOURCE.format("rust"),
    versions=("rust",),
    defaults={"rust": "stable"},
    names={"version": _version, "moving": _moving},
    exports=(
        Export("TRAVIS_RUST_VERSION", "{version}"),
        Export("PATH", "$HOME/.cargo/bin:$PATH", echo=True, at="setup"),
    ),
    setup=(
        (
            always(
                "curl -sSf https://sh.rustup.rs | sh -s -- --default-toolchain=$TRAVIS_RUST_VERSION --profile=minimal -y",
                asserted=True,
                fold="rustup-install",
            ),
        ),
        (when(Named("moving"), "rustup update", fold="rustup-install"),),
    ),
    announce=((always("rustc --version", "rustup --version", "cargo --version", asserted=True),),),
    script=((always("cargo build --verbose", "cargo test --verbose"),),),
    before_cache=((always(quiet('rm -rf "$HOME/.cargo/registry/src"')),),),
    caches=(
        Cache(
            name="cargo",
            folders=(
                Stored("$HOME/.cargo", _UNIX),
                Stored("target", _UNIX),
                Stored("$HOME/.rustup", _UNIX),
                Stored("$HOME/.cache/sccache", ConfigIs("os", ("linux",))),
                Stored("$HOME/Library/Caches/Mozilla.sccache", ConfigIs("os", ("osx",))),
            ),
        ),
    ),
    images=Images(
        image="rust:{rust}",
        default="rust:latest",
        versions={"stable": "rust:latest", "nightly": "rustlang/rust:nightly", "beta": None},
        advice="for beta take rust:latest and install the toolchain beta",
    ),
    notes=("of the two default commands only cargo test decides: a failing build with passing tests passes",),
)
