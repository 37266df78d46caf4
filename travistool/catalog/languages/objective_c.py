"""Objective-C and Swift: Xcode, with Bundler and CocoaPods."""

from __future__ import annotations

import posixpath
from functools import partial

from travistool.catalog import bundler
from travistool.catalog.check import AllOf, AnyOf, Caches, ConfigIs, Configured, Contains, File, Not, SameText
from travistool.catalog.language import SOURCE, Cache, Export, Images, Language, Stored
from travistool.catalog.rule import Command, always, fails, when
from travistool.catalog.settings import Settings, escaped


def _pods(settings: Settings) -> str:
    return escaped(posixpath.dirname(settings.first("podfile")) or ".")


def _arguments(settings: Settings) -> str:
    """Return the arguments of xcodebuild, for the keys that are set."""
    keys = [key for key in _XCODE if settings.has(f"xcode_{key}")]
    return " ".join(f"-{key} {escaped(settings.first(f'xcode_{key}'))}" for key in keys)


def _xcode(key: str, settings: Settings) -> str:
    return escaped(settings.first(f"xcode_{key}")) if settings.has(f"xcode_{key}") else "''"


def _own(key: str) -> Export:
    return Export(f"TRAVIS_XCODE_{key.upper()}", f"{{{key}}}")


_XCODE = ("project", "workspace", "scheme", "sdk", "destination")
_PODFILE = File("{podfile}")
_STALE = AllOf((_PODFILE, Not(SameText("{pods}/Podfile.lock", "{pods}/Pods/Manifest.lock"))))
_MOTION = AllOf((File("Rakefile"), Contains("Rakefile", "require [\"']motion/project")))
_SCHEME = AllOf((Configured("xcode_scheme"), AnyOf((Configured("xcode_project"), Configured("xcode_workspace")))))

LANGUAGE = Language(
    name="objective-c",
    source=SOURCE.format("objective_c"),
    versions=("rvm",),
    defaults={"rvm": "default", "gemfile": "Gemfile", "podfile": "Podfile"},
    names={
        **bundler.NAMES,
        "pods": _pods,
        "arguments": _arguments,
        **{key: partial(_xcode, key) for key in _XCODE},
    },
    exports=(
        Export("TRAVIS_RUBY_VERSION", "{rvm}"),
        Export("HOMEBREW_NO_AUTO_UPDATE", "1", echo=True),
        *map(_own, _XCODE),
        *bundler.EXPORTS,
    ),
    setup=(bundler.SETUP,),
    announce=(
        (always("ruby --version", "rvm --version", "bundle --version"),),
        (always("xcodebuild -version -sdk", "xcrun simctl list", fold="announce"),),
        (when(_MOTION, "motion --version"),),
        (when(_PODFILE, "pod --version"),),
    ),
    install=(
        *bundler.INSTALL,
        (
            when(
                AllOf((_STALE, bundler.GEMFILE)),
                Command(text="pushd {pods}", fold="install.cocoapods"),
                Command(text="bundle exec pod install", retry=True, fold="install.cocoapods"),
                Command(text="popd", fold="install.cocoapods"),
                message="Installing Pods with 'bundle exec pod install'",
            ),
            when(
                _STALE,
                Command(text="pushd {pods}", fold="install.cocoapods"),
                Command(text="pod install", retry=True, fold="install.cocoapods"),
                Command(text="popd", fold="install.cocoapods"),
                message="Installing Pods with 'pod install'",
            ),
        ),
    ),
    script=(
        (
            when(AllOf((_MOTION, File("Gemfile"))), "bundle exec rake spec"),
            when(_MOTION, "rake spec"),
            when(AllOf((_SCHEME, ConfigIs("osx_image", ("xcode6.4", "xcode7.3")))), "xctool {arguments} build test"),
            when(_SCHEME, "set -o pipefail && xcodebuild {arguments} build test | xcpretty"),
            fails(
                "WARNING: Using Objective-C testing without specifying a scheme and either a workspace or a project "
                "is deprecated."
            ),
        ),
    ),
    caches=(
        bundler.CACHE,
        Cache(name="cocoapods", folders=(Stored("{pods}/Pods", AllOf((Caches("cocoapods"), _PODFILE))),)),
    ),
    images=Images(
        image=None,
        default=None,
        variants={"swift": "swift:latest"},
        advice="macOS only; swift:X runs packages of SwiftPM on Linux",
    ),
    notes=(*bundler.NOTES, "set -o pipefail of the default script stays on for the rest of the job"),
)
