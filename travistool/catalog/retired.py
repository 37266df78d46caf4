"""Images, systems and services that came to an end, each with its day and where that is said."""

from __future__ import annotations

from typing import NamedTuple


class Retired(NamedTuple):
    """Something that is gone from the day `since` on; `successor` is what to write instead, `` where there is nothing."""

    name: str
    since: str
    successor: str
    source: str


_UBUNTU = "distro-info-data 0.58+deb12u7, ubuntu.csv, column eol"

UBUNTU: tuple[Retired, ...] = (
    Retired("precise", "2017-04-28", "jammy", _UBUNTU),
    Retired("trusty", "2019-04-25", "jammy", _UBUNTU),
    Retired("xenial", "2021-04-30", "jammy", _UBUNTU),
    Retired("bionic", "2023-05-31", "jammy", _UBUNTU),
    Retired("focal", "2025-05-29", "jammy", _UBUNTU),
    Retired("jammy", "2027-06-01", "noble", _UBUNTU),
)
"""Ubuntu's versions by `dist`: the end of their standard support, from when on nobody repairs them."""


SYSTEMS: tuple[Retired, ...] = (
    Retired("osx", "2025-03-31", "linux", "https://docs.travis-ci.com/user/reference/osx/"),
)
"""Systems by `os` that have no machines any more."""

_BINTRAY = "https://www.infoq.com/news/2021/02/jfrog-jcenter-bintray-closure/"

PROVIDERS: tuple[Retired, ...] = (
    Retired("bintray", "2021-05-01", "releases", _BINTRAY),
    Retired("bluemixcloudfoundry", "2023-06-01", "", "https://github.com/loopbackio/loopback-next/issues/9090"),
    Retired(
        "opsworks",
        "2024-05-26",
        "codedeploy",
        "https://docs.aws.amazon.com/opsworks/latest/userguide/workingstacks.html",
    ),
)
"""Providers of `deploy` whose service is closed."""

CHANNELS: tuple[Retired, ...] = (
    Retired(
        "hipchat",
        "2019-02-15",
        "slack",
        "https://www.techtarget.com/searchitoperations/news/252445755/"
        "Atlassian-HipChat-shutdown-surprises-enterprise-IT-pros",
    ),
    Retired("flowdock", "2022-10-01", "slack", "https://github.com/errbit/errbit/pull/1564"),
)
"""Keys of `notifications` whose service is closed. For Flowdock 2022-08-15 is told too: the later day is in the table."""

GITTER = Retired(
    "webhooks.gitter.im",
    "2023-02-13",
    "",
    "https://blog.gitter.im/2023/01/16/gitter-is-going-fully-native-matrix-in-feb-2023/",
)
"""Where Gitter took messages before it became a part of Matrix, which ended all tokens of its own."""

FREENODE = Retired(
    "freenode", "2021-06-15", "irc.libera.chat", "https://mail.gnu.org/archive/html/info-gnu/2021-06/msg00007.html"
)
"""The day on which the network dropped all names and channels; most projects had moved before."""

SITE = Retired("travis-ci.org", "2021-06-15", "travis-ci.com", "https://github.com/ofiwg/libfabric/issues/6842")
"""Announced for 2021-05-31 and put off; the source has what the site said on the day."""

_GOOGLE_CODE = "https://marxsoftware.blogspot.com/2015/03/the-end-of-google-code.html"

HOSTS: tuple[Retired, ...] = (
    Retired("bintray.com", "2021-05-01", "", _BINTRAY),
    Retired("googlecode.com", "2016-01-25", "", _GOOGLE_CODE),
    Retired("code.google.com", "2016-01-25", "", _GOOGLE_CODE),
    Retired(
        "fedorahosted.org",
        "2017-03-01",
        "",
        "https://fedoraproject.org/wiki/Infrastructure/Fedorahosted-retirement",
    ),
    Retired("gemnasium.com", "2018-05-15", "", "https://github.com/AaronLasseigne/active_interaction/issues/438"),
)
"""Hosts that files were fetched from, with all below them."""

UPLOADER = Retired(
    "codecov.io/bash",
    "2022-02-01",
    "the 'codecov' command",
    "https://docs.codecov.com/docs/about-the-codecov-bash-uploader",
)
"""The day that was announced for the end of support; the address answered for longer."""

COMPOSE = Retired("docker-compose", "2023-07-01", "docker compose", "https://docs.docker.com/compose/releases/migrate/")
"""Its makers name the month only."""


def retired(table: tuple[Retired, ...], name: str, as_of: str) -> Retired | None:
    """Return the row of a name if it is over on a day such as `2026-01-31`."""
    return next((row for row in table if row.name == name and row.since <= as_of), None)
