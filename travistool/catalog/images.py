"""Container images for Ubuntu's versions: what a job starts from where its language suggests no image."""

from __future__ import annotations

from collections.abc import Mapping

BY_DIST: Mapping[str, str] = {
    "precise": "ubuntu:12.04",
    "trusty": "ubuntu:14.04",
    "xenial": "ubuntu:16.04",
    "bionic": "ubuntu:18.04",
    "focal": "ubuntu:20.04",
    "jammy": "ubuntu:22.04",
    "noble": "ubuntu:24.04",
    "rhel8": "registry.access.redhat.com/ubi8/ubi",
}
"""From general knowledge of the public registries, as all suggested images."""
