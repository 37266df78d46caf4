"""Go: make where there is a makefile, else go get and go test."""

from __future__ import annotations

from travistool.catalog.check import ALWAYS, any_file
from travistool.catalog.language import SOURCE, Export, Images, Language
from travistool.catalog.rule import when
from travistool.catalog.settings import Settings, escaped


def _version(settings: Settings) -> str:
    version = settings.first("go")
    return version if version == "go1" else version.removeprefix("go")


def _args(settings: Settings) -> str:
    return escaped(settings.first("gobuild_args"))


def _get_args(settings: Settings) -> str:
    """Return the arguments of go get: those of the build, and -t."""
    words = settings.first("gobuild_args").split()
    return " ".join(words if "-t" in words else [*words, "-t"])


def _path(settings: Settings) -> str:
    return settings.first("go_import_path") or f"github.com/{settings.repo or '${TRAVIS_REPO_SLUG}'}"


_MAKEFILE = any_file("GNUmakefile", "makefile", "Makefile", "BSDmakefile")
_INSTALL = "travis_install_go_dependencies {version} {args}"
_SCRIPT = "travis_script_go {args}"

LANGUAGE = Language(
    name="go",
    source=SOURCE.format("go"),
    versions=("go",),
    defaults={"go": "1.11.x", "gobuild_args": "-v"},
    names={"version": _version, "args": _args, "get_args": _get_args, "import_path": _path},
    exports=(
        Export("TRAVIS_GO_VERSION", "{version}", at="before_env"),
        Export("TRAVIS_GO_IMPORT_PATH", "{import_path}", at="before_env"),
        Export("GIMME_GO_VERSION", "{version}", at="before_env"),
        Export("GOMAXPROCS", "${GOMAXPROCS:-$(nproc 2>/dev/null || echo 2)}", at="before_env"),
        Export("GO111MODULE", "${GO111MODULE:-auto}", at="before_env"),
        Export("GOPATH", "$HOME/gopath", echo=True, at="setup"),
        Export("PATH", "$HOME/gopath/bin:$PATH", echo=True, at="setup"),
        Export("GOROOT", "$(go env GOROOT)", echo=True, at="setup"),
        Export("PATH", "$GOROOT/bin:$PATH", echo=True, at="setup"),
    ),
    announce=((when(ALWAYS, "gimme version", "go version"),), (when(ALWAYS, "go env", fold="go.env"),)),
    install=(
        (
            when(_MAKEFILE, message="Makefile detected", shown=_INSTALL, fold="install"),
            when(ALWAYS, "go get {get_args} ./...", shown=_INSTALL, retry=True, fold="install"),
        ),
    ),
    script=((when(_MAKEFILE, "make", shown=_SCRIPT), when(ALWAYS, "go test {gobuild_args} ./...", shown=_SCRIPT)),),
    images=Images(
        image="golang:{version}",
        default="golang:1.11",
        versions={"1.x": "golang:1", "stable": "golang:latest", "master": None, "tip": None, "N.M.x": "golang:N.M"},
    ),
    notes=(
        "Godeps/Godeps.json puts Godeps/_workspace into GOPATH and PATH, and runs godep restore where that is empty",
        "the repository is linked into GOPATH under its import path; the job stays in its own folder",
        "stable, master and N.M.x are turned into a full version by the service",
    ),
)
