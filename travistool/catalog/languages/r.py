"""R: a package with a DESCRIPTION, built and checked by R."""

from __future__ import annotations

from collections.abc import Callable

from travistool.catalog.check import AllOf, AnyOf, ConfigIs, Configured, File, Not, Shell
from travistool.catalog.language import SOURCE, Cache, Export, Images, Language, Stored
from travistool.catalog.rule import Choice, Command, always, fails, quiet, when
from travistool.catalog.settings import Settings

_RELEASES = {"release": "4.0.2", "bioc-devel": "4.0.2", "bioc-release": "4.0.2", "oldrel": "3.6.3"}
_PATCHES = {"3.0": "3.0.3", "3.1": "3.1.3", "3.2": "3.2.5", "3.3": "3.3.3", "3.4": "3.4.4", "3.5": "3.5.3"}


def _asked(settings: Settings) -> str:
    return next(iter(settings.items("r")), "")


def _listed(key: str, start: str = "") -> Callable[[Settings], str]:
    """Return the name whose text is all values of a key, for a command of the shell."""
    return lambda settings: " ".join(f"{start}{item.lower() if start else item}" for item in settings.items(key))


def _vector(key: str) -> Callable[[Settings], str]:
    """Return the name whose text is all values of a key, as R writes it."""
    return lambda settings: "c({})".format(", ".join(f'"{item}"' for item in settings.items(key)))


def _manual(key: str) -> Callable[[Settings], str]:
    """Return the name whose text is the arguments of a key; without LaTeX no manual is made."""
    return lambda settings: settings.first(key) + ("" if settings.has("latex") else " --no-manual")


def _install(packages: str) -> str:
    check = f'if (!all({packages} %in% installed.packages())) {{ q(status = 1, save = "no")}}'
    return f"Rscript -e 'install.packages({packages});{check}'"


def _tool(name: str) -> Choice:
    """Return how an R package is installed that others need."""
    there = f'requireNamespace("{name}", quietly = TRUE)'
    return (
        when(_LINUX, _install(f'c("{name}")'), fold=_FOLD),
        always(f"Rscript -e 'if (!{there}) install.packages(\"{name}\")'", retry=True, fold=_FOLD),
    )


_FOLD = "R-dependencies"
_NO_PACKAGE = "No DESCRIPTION file found, user must supply their own install and script steps"
_LINUX = ConfigIs("os", ("linux",))
_GITHUB = Configured("r_github_packages")
_BIOC = AnyOf(
    (Configured("bioc_required"), Configured("bioc_packages"), ConfigIs("asked", ("bioc-devel", "bioc-release")))
)
_BIOC_SCRIPT = (
    'if (!requireNamespace("BiocManager", quietly=TRUE))  install.packages("BiocManager");'
    'if ({bioc_devel}) BiocManager::install(version = "devel", ask = FALSE);'
    'cat(append = TRUE, file = "~/.Rprofile.site", "options(repos = BiocManager::repositories());")'
)
_DEPENDENCIES = (
    "deps <- remotes::dev_package_deps(dependencies = NA);remotes::install_deps(dependencies = TRUE);"
    'if (!all(deps$package %in% installed.packages())) { message("missing: ", '
    'paste(setdiff(deps$package, installed.packages()), collapse=", ")); q(status = 1, save = "no")}'
)
_TARBALL = (
    r"$version = $1 if (/^Version:\s(\S+)/);$package = $1 if (/^Package:\s*(\S+)/);"
    r'END { print "${package}_$version.tar.gz" }'
)
_LOGS = tuple(
    [
        f'for name in $(find "${{RCHECK_DIR}}" -type f -name "*{kind}");'
        'do echo ">>> Filename: ${name} <<<";cat ${name};done'
        for kind in ("fail", "log", "out")
    ]
)
_FAILED = Shell("[[ $CHECK_RET -ne 0 ]]", "R CMD check fails")
_WARNED = AllOf(
    (
        Configured("warnings_are_errors"),
        Shell('grep -q -R "WARNING" "${RCHECK_DIR}/00check.log"', "R CMD check has warnings"),
    )
)

LANGUAGE = Language(
    name="r",
    source=SOURCE.format("r"),
    versions=("r",),
    unlisted=("fortran", "use_devtools"),
    defaults={
        "r": "release",
        "cran": "https://cloud.r-project.org",
        "warnings_are_errors": "true",
        "r_check_args": "--as-cran",
        "pandoc": "true",
        "latex": "true",
        "fortran": "true",
        "pandoc_version": "2.2",
    },
    aliases={**_RELEASES, **_PATCHES, "3.6": "3.6.3", "4.0": "4.0.2"},
    names={
        "asked": _asked,
        "apt": _listed("apt_packages"),
        "brew": _listed("brew_packages"),
        "binary": _listed("r_binary_packages", "r-cran-"),
        "binary_source": _vector("r_binary_packages"),
        "source": _vector("r_packages"),
        "bioc_source": _vector("bioc_packages"),
        "github": _vector("r_github_packages"),
        "bioc_devel": lambda settings: (
            "TRUE" if settings.has("bioc_use_devel") or _asked(settings) == "bioc-devel" else "FALSE"
        ),
        "build_args": _manual("r_build_args"),
        "check_args": _manual("r_check_args"),
    },
    exports=(
        Export("TRAVIS_R_VERSION", "{r}"),
        Export("TRAVIS_R_VERSION_STRING", "{asked}"),
        Export("R_LIBS_USER", "~/R/Library"),
        Export("R_LIBS_SITE", "/usr/local/lib/R/site-library:/usr/lib/R/site-library"),
        Export("_R_CHECK_CRAN_INCOMING_", "false"),
        Export("NOT_CRAN", "true"),
        Export("R_PROFILE", "~/.Rprofile.site", at="before_env"),
    ),
    announce=((always("Rscript -e 'sessionInfo()'", fold="R-session-info"),),),
    install=(
        (fails(_NO_PACKAGE, Not(File("DESCRIPTION"))),),
        (when(_BIOC, f"Rscript -e '{_BIOC_SCRIPT}'", retry=True, fold="Bioconductor"),),
        (
            when(
                AllOf((_BIOC, Configured("bioc_check"))),
                "Rscript -e 'BiocManager::install(\"BiocCheck\")'",
                fold="Bioconductor",
            ),
        ),
        (
            when(
                AllOf((_LINUX, Configured("apt_packages"))),
                "sudo apt-get install -y {apt}",
                retry=True,
                fold=_FOLD,
            ),
        ),
        (
            when(
                AllOf((ConfigIs("os", ("osx",)), Configured("brew_packages"))),
                "brew install {brew}",
                retry=True,
                fold=_FOLD,
            ),
        ),
        (
            when(
                AllOf((_LINUX, Configured("r_binary_packages"))),
                "sudo apt-get install -y {binary}",
                retry=True,
                fold=_FOLD,
            ),
            when(Configured("r_binary_packages"), _install("{binary_source}"), fold=_FOLD),
        ),
        (when(Configured("r_packages"), _install("{source}"), fold=_FOLD),),
        (when(Configured("bioc_packages"), _install("{bioc_source}"), fold=_FOLD),),
        _tool("remotes"),
        tuple([when(AllOf((Configured("use_devtools"), rule.check)), *rule.commands) for rule in _tool("devtools")]),
        (when(_GITHUB, "Rscript -e 'remotes::install_github({github})'", fold=_FOLD),),
        (always(f"Rscript -e '{_DEPENDENCIES}'", fold=_FOLD),),
    ),
    script=(
        (fails(_NO_PACKAGE, Not(File("DESCRIPTION"))),),
        (
            always(
                quiet(f"export PKG_TARBALL=$(perl -ne '{_TARBALL}' DESCRIPTION)"),
                Command(text="R CMD build {build_args} .", asserted=True, fold="R-build"),
                Command(text='R CMD check "${PKG_TARBALL}" {check_args}; CHECK_RET=$?', asserted=False, fold="R-check"),
                quiet("export RCHECK_DIR=$(expr \"$PKG_TARBALL\" : '\\(.*\\)_').Rcheck"),
            ),
        ),
        (
            when(
                Configured("bioc_check"),
                'Rscript -e "BiocCheck::BiocCheck(\\"${PKG_TARBALL}\\", \'quit-with-status\'=TRUE)"',
                fold="Bioc-check",
            ),
        ),
        (when(_FAILED, *_LOGS),),
        (fails("R CMD check failed", _FAILED),),
        (when(_WARNED, *_LOGS),),
        (fails("Found warnings, treating as errors (as requested).", _WARNED),),
    ),
    caches=(Cache(name="packages", folders=(Stored("$R_LIBS_USER"),)),),
    images=Images(
        image="r-base:{r}",
        default="r-base:4.0.2",
        versions={
            "release": "r-base:latest",
            "devel": "rocker/r-devel",
            "oldrel": "r-base:3.6.3",
            "bioc-release": "bioconductor/bioconductor_docker:latest",
            "bioc-devel": "bioconductor/bioconductor_docker:devel",
        },
    ),
    notes=(
        "arm64 and trusty are refused",
        "before R 3.5 Bioconductor is set up by its biocLite.R, from the address of bioc",
    ),
)
