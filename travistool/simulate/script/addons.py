"""Services and addons that are set up before the repository is there, and hooks of addons around phases.

Source: travis-build lib/travis/build/addons and lib/travis/build/script/shared/services at 2812e526. What needs root
is done by the script, or shown and done beside it, as `Means` says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from travistool.catalog.services import POSTGRESQL
from travistool.catalog.settings import as_text
from travistool.plan.model import Job
from travistool.simulate.script.facts import Means
from travistool.simulate.script.shell import Lines, call, fold, inspected, say, word

_ALIASES = {
    "hbase": "hbase-master",
    "memcache": "memcached",
    "neo4j-server": "neo4j",
    "rabbitmq": "rabbitmq-server",
    "redis": "redis-server",
}
_MONGO = {"precise": "mongodb"}
_OPTIONS = "-yq --no-install-suggests --no-install-recommends"

SIMULATED = frozenset(
    ("apt", "apt_packages", "snaps", "hosts", "hostname", "postgresql", "mariadb", "ssh_known_hosts", "code_climate")
)
"""Addons that a job here has, too; others are announced."""


def names(job: Job) -> tuple[str, ...]:
    """Return the services of a job by the names of their units."""
    value = job.config.get("services")
    listed = value if isinstance(value, list) else [value] if value not in (None, False) else []
    known = [as_text(one).lower() for one in listed]
    return tuple(dict.fromkeys(_ALIASES.get(name, name) for name in known if name))


def addons_of(job: Job) -> Mapping[str, Any]:
    """Return the addons of a job that are switched on."""
    value = job.config.get("addons")
    return (
        {name: given for name, given in value.items() if given not in (None, False)} if isinstance(value, dict) else {}
    )


def postgresql_version(job: Job) -> str:
    """Return the version of PostgreSQL that a job gets."""
    asked = addons_of(job).get("postgresql")
    return as_text(asked) if asked is not None else POSTGRESQL.get(as_text(job.config.get("dist")), "9.6")


def has_snaps(job: Job) -> bool:
    """Tell whether a job installs snaps: the oldest systems know none."""
    return bool(addons_of(job).get("snaps")) and job.config.get("dist") not in ("precise", "trusty")


def prepare(job: Job, means: Means) -> Lines:
    """Return what happens before the checkout: packages, services, hosts."""
    addons = addons_of(job)
    snaps = _snaps(addons, means) if has_snaps(job) else []
    return [*_apt(addons, means), *snaps, *_services(job, means), *_machine(job, addons, means)]


def hooks(job: Job, phase: str) -> Lines:
    """Return what addons do in front of a phase of the config."""
    if phase != "before_script":
        return []
    climate = addons_of(job).get("code_climate")
    token = climate.get("repo_token") if isinstance(climate, dict) else climate
    if token is None or isinstance(token, dict):
        return []
    return [f"export CODECLIMATE_REPO_TOKEN={word(as_text(token))}"]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value in (None, False) else [value]


def _root(command: str, really: bool, *flags: str) -> str:
    """Return the statement of a command that needs root; where it must not be run, that is said."""
    if really:
        return call(command, *flags)
    return call(":", "echo", display=command)


def _apt(addons: Mapping[str, Any], means: Means) -> Lines:
    given = addons.get("apt")
    apt = given if isinstance(given, dict) else {"packages": given}
    lines = _packages(apt, means)
    return [*lines, *_packages({"packages": addons.get("apt_packages")}, means)]


def _packages(apt: Mapping[str, Any], means: Means) -> Lines:
    # A text may name several packages: all of them are words of one command.
    packages = [as_text(one) for one in _listed(apt.get("packages")) if one is not None]
    sources = [one for one in _listed(apt.get("sources")) if one is not None]
    really = means.packages == "install"
    lines = [say("Adding APT Sources", "yellow")] if sources else []
    lines += [statement for source in sources for statement in _source(source, really)]
    if packages or sources or apt.get("update") not in (None, False):
        lines.append(_root("travis_apt_get_update", really, "echo", "timing", "retry"))
    if packages:
        lines.append(say("Installing APT Packages", "yellow"))
        if any(name.startswith("postgresql") for name in packages):
            lines.append(say("A package of PostgreSQL: its service is stopped first.", "yellow"))
            lines.append(_root("sudo systemctl stop postgresql", really, "echo"))
        install = f"sudo -E apt-get {_OPTIONS} $(travis_apt_get_options) install {' '.join(packages)}"
        lines.append(_root(install, really, "echo", "timing", "assert"))
        if not really:
            lines.append(say("Packages are not installed here: the machine's own are used.", "yellow"))
    return fold("apt", lines) if lines else []


def _source(source: Any, really: bool) -> Lines:
    if isinstance(source, dict):
        line, key = as_text(source.get("sourceline")), source.get("key_url")
    else:
        line, key = as_text(source), None
    if line.startswith("ppa:"):
        return [_root(f"sudo -E apt-add-repository -y {inspected(line)}", really, "echo", "timing", "assert")]
    if " " not in line:
        text = f"The list of known sources is not here: '{line}' is not added, name it by its source line instead"
        return [say(text, "yellow")]
    lines = []
    if key:
        fetch = f'curl -sSL "{as_text(key)}" | sudo -E apt-key add -'
        lines.append(_root(fetch, really, "echo", "timing", "assert"))
    add = f"echo {inspected(line)} | sudo tee -a ${{TRAVIS_ROOT}}/etc/apt/sources.list >/dev/null"
    return [*lines, _root(add, really, "echo", "timing", "assert")]


def _snaps(addons: Mapping[str, Any], means: Means) -> Lines:
    snaps = [one for one in _listed(addons.get("snaps")) if one is not None]
    if not snaps:
        return []
    # `core` comes first, since the others need it.
    commands = ["install core", *[f"install {_snap(snap)}" for snap in snaps], "list"]
    really = means.packages == "install"
    lines = [_root(f"sudo snap {command}", really, "echo", "timing", "assert") for command in commands]
    return fold("snap", [say(f"Installing {len(snaps)} Snaps", "yellow"), *lines])


def _snap(snap: Any) -> str:
    if not isinstance(snap, dict):
        return as_text(snap)
    confinement = "classic" if snap.get("classic") is True else as_text(snap.get("confinement") or "").lower()
    channel = as_text(snap.get("channel") or "").lower()
    flags = [f"--{confinement}"] if "classic" in confinement or "devmode" in confinement else []
    return " ".join([as_text(snap.get("name")), *flags, *([f"--channel={channel}"] if channel else [])])


def _services(job: Job, means: Means) -> Lines:
    wanted = [name for name in names(job) if not (name == "postgresql" and "postgresql" in addons_of(job))]
    if not wanted:
        return []
    if as_text(job.config.get("os") or "linux") != "linux":
        return [say("Services are not supported on this operating system", "red")]
    really = means.services == "start"
    lines: Lines = []
    for name in wanted:
        # The others may run beside the script. A screen is in the machine itself.
        lines += _start(name, job, really or (name == "xvfb" and means.packages == "install"))
    return [*fold("services", lines), *(["sleep 3"] if really else [])]


def _start(name: str, job: Job, really: bool) -> Lines:
    def shown(command: str) -> str:
        return call(command if really else ":", "echo", "timing", display=command)

    if name == "xvfb":
        return [shown("sudo systemctl start xvfb"), call("export DISPLAY=:99.0", "echo")]
    if name == "postgresql":
        return _postgresql(postgresql_version(job), really)
    if name == "mongodb":
        name = _MONGO.get(as_text(job.config.get("dist")), "mongod")
    lines = [shown(f"sudo systemctl start {word(name)}")]
    if name == "mysql" and really:
        lines.append("for _ in 1 2 3 4 5 6 7 8 9 10; do mysql -e 'select 1' >/dev/null 2>&1 && break; sleep 1; done")
    return lines


def _postgresql(version: str, really: bool, shown: str = "") -> Lines:
    lines = [
        call(":", "echo", "timing", display=f"travis_setup_postgresql {shown}".rstrip()),
        say(f"Starting PostgreSQL v{version}", "yellow"),
        call(f'export PATH="/usr/lib/postgresql/{version}/bin:$PATH"'),
    ]
    if really:
        lines.append(f"sudo systemctl start postgresql@{version}-main >/dev/null 2>&1")
        for port in ("5432", "5433"):
            lines.append(f"sudo -u postgres createuser -s -p {port} travis >/dev/null 2>&1")
            lines.append(f"sudo -u postgres createdb -O travis -p {port} travis >/dev/null 2>&1")
    return lines


def _machine(job: Job, addons: Mapping[str, Any], means: Means) -> Lines:
    """Return hosts, hostname and databases of a version. Their commands are not in the log."""
    # Beside the script, the names are there already: a container's own cannot be changed from inside.
    really = means.packages == "install" and means.services == "start"
    is_shown = means.packages == "install"
    lines: Lines = []
    hosts = [as_text(one) for one in _listed(addons.get("hosts"))]
    if hosts and is_shown:
        added = " ".join(hosts)
        edit = f"s/^\\(127\\.0\\.0\\.1.*\\)$/\\1 {added}/"
        lines += fold("hosts", [_root(f"sudo sed -e {word(edit)} -i'.bak' /etc/hosts", really, "echo")])
    hostname = addons.get("hostname")
    if hostname is not None and is_shown:
        name = as_text(hostname)
        lines += [say(f"Set hostname to {name}", "yellow"), _root(f"sudo hostname {word(name)}", really, "echo")]
    if "mariadb" in addons:
        version = as_text(addons["mariadb"])
        command = "sudo systemctl start mariadb"
        lines += [call(command if means.services == "start" else ":", "echo", display=command)]
        lines.append(call(f"export TRAVIS_MARIADB_VERSION={word(version)}"))
    if "postgresql" in addons:
        version = postgresql_version(job)
        lines += fold("postgresql", _postgresql(version, means.services == "start", version))
    if "rethinkdb" in addons:
        lines.append(call(f"export TRAVIS_RETHINKDB_VERSION={word(as_text(addons['rethinkdb']))}"))
    others = [name for name in addons if name not in SIMULATED]
    if others and means.checkout == "placed":
        lines.append(say(f"Not simulated: {', '.join(others)}", "yellow"))
    return lines
