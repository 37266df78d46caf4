"""Images, systems and services that came to an end, each with its day and where that is said."""

from typing import NamedTuple


class Retired(NamedTuple):
    """Something that is gone from the day `since` on; `successor` is what to write instead, `` where there is nothing."""

    name: str
    since: str
    successor: str
    source: str


UBUNTU: tuple[Retired, ...] = (
    Retired("precise", "2017-04-28", "jammy", "https://wiki.ubuntu.com/Releases"),
    Retired("trusty", "2019-04-30", "jammy", "https://wiki.ubuntu.com/Releases"),
    Retired("xenial", "2021-04-30", "jammy", "https://wiki.ubuntu.com/Releases"),
    Retired("bionic", "2023-05-31", "jammy", "https://wiki.ubuntu.com/Releases"),
    Retired("focal", "2025-05-31", "jammy", "https://wiki.ubuntu.com/Releases"),
    Retired("jammy", "2027-04-30", "noble", "https://wiki.ubuntu.com/Releases"),
)
"""Ubuntu's versions by `dist`: the end of their standard support, from when on nobody repairs them."""


SYSTEMS: tuple[Retired, ...] = (
    Retired("osx", "2025-03-31", "linux", "https://docs.travis-ci.com/user/reference/osx/"),
)
"""Systems by `os` that have no machines any more."""

PROVIDERS: tuple[Retired, ...] = (
    Retired(
        "bintray",
        "2021-05-01",
        "packagecloud",
        "https://jfrog.com/blog/into-the-sunset-bintray-jcenter-gocenter-and-chartcenter/",
    ),
    Retired("bluemixcloudfoundry", "2023-06-01", "", "https://www.ibm.com/cloud/blog/deprecation-of-ibm-cloud-foundry"),
    Retired(
        "opsworks",
        "2024-05-26",
        "codedeploy",
        "https://docs.aws.amazon.com/opsworks/latest/userguide/stacks-eol-faqs.html",
    ),
)
"""Providers of `deploy` whose service is closed."""

CHANNELS: tuple[Retired, ...] = (
    Retired("hipchat", "2019-02-15", "slack", "https://www.atlassian.com/partnerships/slack/faq"),
    Retired("flowdock", "2023-08-15", "slack", "https://www.flowdock.com/"),
)
"""Keys of `notifications` whose service is closed."""

GITTER = Retired(
    "webhooks.gitter.im", "2023-02-13", "", "https://blog.gitter.im/2023/02/13/gitter-has-fully-migrated-to-matrix/"
)
"""Where Gitter took messages before it became a part of Matrix."""

FREENODE = Retired("freenode", "2021-05-26", "irc.libera.chat", "https://libera.chat/about")
"""The day on which the network closed the channels of projects that had moved; most had."""

SITE = Retired("travis-ci.org", "2021-06-15", "travis-ci.com", "https://blog.travis-ci.com/2021-05-07-orgshutdown")

HOSTS: tuple[Retired, ...] = (
    Retired(
        "bintray.com",
        "2021-05-01",
        "",
        "https://jfrog.com/blog/into-the-sunset-bintray-jcenter-gocenter-and-chartcenter/",
    ),
    Retired(
        "googlecode.com", "2016-01-25", "", "https://opensource.googleblog.com/2015/03/farewell-to-google-code.html"
    ),
    Retired(
        "code.google.com", "2016-01-25", "", "https://opensource.googleblog.com/2015/03/farewell-to-google-code.html"
    ),
    Retired(
        "fedorahosted.org",
        "2017-03-01",
        "pagure.io",
        "https://communityblog.fedoraproject.org/fedorahosted-sunset-2017-02-28/",
    ),
    Retired(
        "gemnasium.com",
        "2018-05-15",
        "",
        "https://about.gitlab.com/press/releases/2018-01-30-gemnasium-acquisition.html",
    ),
)
"""Hosts that files were fetched from, with all below them."""

UPLOADER = Retired(
    "codecov.io/bash",
    "2022-02-01",
    "the 'codecov' command",
    "https://docs.codecov.com/docs/about-the-codecov-bash-uploader",
)
COMPOSE = Retired("docker-compose", "2023-07-04", "docker compose", "https://docs.docker.com/compose/migrate/")


def retired(table: tuple[Retired, ...], name: str, as_of: str) -> Retired | None:
    """Return the row of a name if it is over on a day such as `2026-01-31`."""
    return next((row for row in table if row.name == name and row.since <= as_of), None)
