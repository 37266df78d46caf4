"""Python: pip in a virtualenv. There is no default script: a job without one fails."""

from __future__ import annotations

from travistool.catalog.check import Caches, File
from travistool.catalog.language import SOURCE, Cache, Export, Images, Language, Stored
from travistool.catalog.rule import always, fails, when
from travistool.catalog.settings import Settings


def _environment(settings: Settings) -> str:
    """Return the name of the virtualenv."""
    version = settings.first("python")
    name = version if version.lower().startswith("pypy") else f"python{version}"
    return f"{name}_with_system_site_packages" if settings.part("virtualenv", "system_site_packages") else name


LANGUAGE = Language(
    name="python",
    source=SOURCE.format("python"),
    versions=("python",),
    defaults={"python": "3.10"},
    names={"environment": _environment},
    exports=(
        Export("TRAVIS_PYTHON_VERSION", "{python}"),
        Export("VIRTUAL_ENV", "$HOME/virtualenv/{environment}", at="setup"),
        Export("PIP_DISABLE_PIP_VERSION_CHECK", "1", at="announce"),
        Export("PIP_PROGRESS_BAR", "off", at="announce"),
    ),
    setup=((always("source ~/virtualenv/{environment}/bin/activate"),),),
    announce=((always("python --version", "pip --version"),),),
    install=(
        (
            when(File("Requirements.txt"), "pip install -r Requirements.txt", retry=True, fold="install"),
            when(File("requirements.txt"), "pip install -r requirements.txt", retry=True, fold="install"),
            always(
                message="Could not locate requirements.txt. "
                "Override the install: key in your .travis.yml to install dependencies."
            ),
        ),
    ),
    script=((fails("Please override the script: key in your .travis.yml to run tests."),),),
    caches=(Cache(name="pip", folders=(Stored("$HOME/.cache/pip", Caches("pip")),)),),
    images=Images(
        image="python:{python}",
        default="python:3.10",
        versions={
            "nightly": "python:rc",
            "pypy": "pypy:2.7",
            "pypy2.7": "pypy:2.7",
            "pypy3": "pypy:3",
            "2.6": None,
            "pypy3.3*": "pypy:3.5",
            "pypyN.M": "pypy:N.M",
            "pypyN.M-*": "pypy:N.M",
            "pypy3-*": "pypy:3",
            "pypy-*": "pypy:2.7",
            "N.M-dev": "python:N.M",
            "N.M_with_system_site_packages": "python:N.M",
        },
    ),
    notes=("a pip older than 20.3 prints a notice before it installs",),
)
