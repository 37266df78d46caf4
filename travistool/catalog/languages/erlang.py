"""Erlang: rebar, rebar3 or make."""

from __future__ import annotations

from travistool.catalog.check import AllOf, File, Not, Program, any_file
from travistool.catalog.language import SOURCE, Export, Images, Language
from travistool.catalog.rule import always, when
from travistool.catalog.settings import Settings


def _major(settings: Settings) -> str:
    return settings.first("otp_release").split(".")[0]


_CONFIGURED = any_file("rebar.config", "Rebar.config")
_OWN_REBAR = AllOf((_CONFIGURED, File("./rebar")))

LANGUAGE = Language(
    name="erlang",
    source=SOURCE.format("erlang"),
    versions=("otp_release",),
    defaults={"otp_release": "R14B04"},
    names={"major": _major},
    exports=(Export("TRAVIS_OTP_RELEASE", "{otp_release}"),),
    install=(
        (
            when(_OWN_REBAR, "./rebar get-deps", retry=True, fold="install"),
            when(AllOf((_CONFIGURED, Not(Program("rebar3")))), "rebar get-deps", retry=True, fold="install"),
        ),
    ),
    script=(
        (
            when(_OWN_REBAR, "./rebar compile && ./rebar skip_deps=true eunit"),
            when(AllOf((_CONFIGURED, Program("rebar3"))), "rebar3 eunit"),
            when(_CONFIGURED, "rebar compile && rebar skip_deps=true eunit"),
            always("make test"),
        ),
    ),
    images=Images(image="erlang:{major}", default="erlang:latest"),
)
