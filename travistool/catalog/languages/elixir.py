"""Elixir: Mix, on a release of OTP."""

from __future__ import annotations

from travistool.catalog.check import ConfigAtLeast
from travistool.catalog.language import SOURCE, Export, Images, Language
from travistool.catalog.rule import always, when
from travistool.catalog.settings import Settings, parts


def _otp(settings: Settings) -> str:
    """Return the release of OTP that is really used: one that does not go with this Elixir is replaced."""
    elixir, otp = parts(settings.first("elixir")), parts(settings.first("otp_release"))
    too_new = parts("1.0") <= elixir < parts("1.1") and otp >= parts("18")
    too_old = (elixir >= parts("1.2") and otp < parts("18")) or (elixir >= parts("1.6") and otp < parts("19"))
    if not (too_new or too_old):
        return settings.first("otp_release")
    needs = (("1.8", "20.0"), ("1.6", "19.0"), ("1.2", "18.0"))
    return next((release for version, release in needs if elixir >= parts(version)), "17.4")


LANGUAGE = Language(
    name="elixir",
    source=SOURCE.format("elixir"),
    versions=("elixir", "otp_release"),
    defaults={"elixir": "1.0.2", "otp_release": "17.4"},
    names={"otp": _otp},
    exports=(
        # The release that was asked for, although another one may be used.
        Export("TRAVIS_OTP_RELEASE", "{otp_release}"),
        Export("TRAVIS_ELIXIR_VERSION", "{elixir}"),
        Export("ELIXIR_VERSION", "{elixir}", at="announce"),
        Export("MIX_ARCHIVES", "$HOME/.kiex/mix/elixir-{elixir}", at="announce"),
    ),
    announce=((always("kiex use {elixir}", fold="elixir"),), (always("elixir --version"),)),
    install=(
        (when(ConfigAtLeast("elixir", "1.3.0"), "mix local.rebar --force", fold="install.rebar"),),
        (always("mix local.hex --force", fold="install.hex"),),
        (always("mix deps.get", fold="install.deps"),),
    ),
    script=((always("mix test"),),),
    images=Images(image="elixir:{elixir}", default="elixir:latest"),
    notes=("OTP is replaced where it does not go with Elixir: 1.0 needs less than 18, 1.2 18, 1.6 19",),
)
