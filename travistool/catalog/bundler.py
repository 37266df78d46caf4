"""What Ruby and Objective-C share: Bundler and its cache.

Source: travis-build lib/travis/build/script/shared/bundler.rb at 2812e526.
"""

from __future__ import annotations

import posixpath

from travistool.catalog.check import AllOf, Caches, Configured, File, Shell
from travistool.catalog.language import Cache, Export, Stored
from travistool.catalog.rule import Choice, always, fails, quiet, when
from travistool.catalog.settings import Settings

GEMFILE = File("${BUNDLE_GEMFILE:-{gemfile}}")
LOCK = File("${BUNDLE_GEMFILE:-{gemfile}}.lock")

_EMPTY_VENDOR = Shell(
    "[[ -e vendor/cache && $(du -s vendor/cache | cut -f 1) -eq 0 ]]", "vendor/cache is there and empty"
)

SETUP: Choice = (
    when(AllOf((Configured("gemfile", by_default=False), File("{gemfile}"))), message="Using {gemfile}"),
    fails("{gemfile} not found, cannot continue", Configured("gemfile", by_default=False)),
)

INSTALL: tuple[Choice, ...] = (
    (when(AllOf((GEMFILE, LOCK, _EMPTY_VENDOR)), quiet("rm -rf vendor/cache")),),
    (
        when(
            AllOf((GEMFILE, LOCK)),
            "bundle install {bundler_args|--jobs=3 --retry=3 --deployment}{bundler_path}",
            retry=True,
            fold="install.bundler",
        ),
        when(
            GEMFILE,
            "bundle install {bundler_args|--jobs=3 --retry=3}{bundler_path}",
            retry=True,
            fold="install.bundler",
        ),
        always(message="No Gemfile found, skipping bundle install"),
    ),
)

EXPORTS = (Export("BUNDLE_GEMFILE", "$PWD/{gemfile}", GEMFILE, echo=True, at="setup"),)

CACHE = Cache(
    name="bundler",
    folders=(Stored("{bundler_folder}", AllOf((Caches("bundler"), GEMFILE))),),
    before_upload=("bundle clean",),
)

NOTES = (
    "bundler_args replaces all default arguments, with and without a lock file",
    "BUNDLE_GEMFILE of the config says which file is looked for; then it is set to the file that gemfile names",
)


def bundler_path(settings: Settings) -> str:
    """Return the argument that puts gems where the cache finds them; `` without that cache or with a path given."""
    if not settings.caches("bundler") or _own_path(settings):
        return ""
    return " --path=${BUNDLE_PATH:-vendor/bundle}"


def bundler_folder(settings: Settings) -> str:
    """Return the folder of the gems, from the repository's."""
    beside = posixpath.dirname(settings.first("gemfile"))
    own = _own_path(settings)
    folder = posixpath.join(beside, own or "vendor/bundle")
    return folder if own else f"${{BUNDLE_PATH:-{folder}}}"


def _own_path(settings: Settings) -> str:
    words = " ".join(settings.items("bundler_args")).replace("--path ", "--path=").split()
    path = next((word.removeprefix("--path=") for word in words if word.startswith("--path=")), "")
    return path or ("vendor/bundle" if "--deployment" in words else "")


NAMES = {"bundler_path": bundler_path, "bundler_folder": bundler_folder}
