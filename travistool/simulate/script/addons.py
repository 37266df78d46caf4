"""Services and addons that are set up before the repository is there, and hooks of addons around phases.

Source: travis-build lib/travis/build/addons and lib/travis/build/script/shared/services at 2812e526. What needs root
is done by the script, or shown and done beside it, as `Means` says.
"""

from collections.abc import Mapping
from typing import Any

from travistool.catalog.services import POSTGRESQL
from travistool.catalog.settings import as_text
from travistool.plan.model import Job
from travistool.simulate.script.facts import Means
from travistool.simulate.script.shell import Lines, call, fold, say, word

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


def prepare(job: Job, means: Means) -> Lines:
    """Return what happens before the checkout: packages, services, hosts."""
    addons = addons_of(job)
    return [*_apt(addons, means), *_snaps(addons, means), *_services(job, means), *_machine(job, addons, means)]


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
    packages = [as_text(one) for one in (*_listed(apt.get("packages")), *_listed(addons.get("apt_packages")))]
    sources = _listed(apt.get("sources"))
    really = means.packages == "install"
    lines = [statement for source in sources for statement in _source(source, really)]
    if packages or sources or apt.get("update") is True:
        lines.append(_root("travis_apt_get_update", really, "echo", "timing", "retry"))
    if packages:
        if any(name.startswith("postgresql") for name in packages):
            lines.append(_root("sudo systemctl stop postgresql", really, "echo"))
        wanted = " ".join(map(word, packages))
        install = f"sudo -E apt-get {_OPTIONS} $(travis_apt_get_options) install {wanted}"
        lines.append(_root(install, really, "echo", "timing", "assert"))
        if not really:
            lines.append(say("Packages are not installed here: the machine's own are used.", "yellow"))
    return fold("apt", ['export DEBIAN_FRONTEND="noninteractive"', *lines]) if lines else []


def _source(source: Any, really: bool) -> Lines:
    if isinstance(source, dict):
        line, key = as_text(source.get("sourceline")), source.get("key_url")
    else:
        line, key = as_text(source), None
    if line.startswith("ppa:"):
        return [_root(f"sudo -E apt-add-repository -y {word(line)}", really, "echo", "timing", "assert")]
    if " " not in line:
        text = f"The list of known sources is not here: '{line}' is not added, name it by its source line instead"
        return [say(text, "yellow")]
    lines = []
    if key:
        lines.append(
            _root(f"curl -sSL {word(as_text(key))} | sudo -E apt-key add -", really, "echo", "timing", "assert")
        )
    where = "${TRAVIS_ROOT}/etc/apt/sources.list"
    return [*lines, _root(f"echo {word(line)} | sudo tee -a {where} >/dev/null", really, "echo", "timing", "assert")]


def _snaps(addons: Mapping[str, Any], means: Means) -> Lines:
    lines: Lines = []
    for snap in _listed(addons.get("snaps")):
        name, options = as_text(snap), ""
        if isinstance(snap, dict):
            name = as_text(snap.get("name"))
            confinement, channel = snap.get("confinement"), snap.get("channel")
            options += f" --{as_text(confinement)}" if confinement in ("classic", "devmode") else ""
            options += f" --channel={word(as_text(channel))}" if channel else ""
        really = means.packages == "install"
        lines.append(_root(f"sudo snap install {word(name)}{options}", really, "echo", "timing", "assert"))
    return fold("snap", lines) if lines else []


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


def _postgresql(version: str, really: bool) -> Lines:
    lines = [call(f'export PATH="/usr/lib/postgresql/{version}/bin:$PATH"', "echo")]
    command = f"sudo systemctl start postgresql@{version}-main"
    lines.append(call(command if really else ":", "echo", "timing", display=command))
    if really:
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
        lines.append(_root(f"sudo hostname {word(as_text(hostname))}", really, "echo"))
    if "mariadb" in addons:
        version = as_text(addons["mariadb"])
        command = "sudo systemctl start mariadb"
        lines += [call(command if means.services == "start" else ":", "echo", display=command)]
        lines.append(call(f"export TRAVIS_MARIADB_VERSION={word(version)}", "echo"))
    if "postgresql" in addons:
        lines += _postgresql(postgresql_version(job), means.services == "start")
    if "rethinkdb" in addons:
        lines.append(call(f"export TRAVIS_RETHINKDB_VERSION={word(as_text(addons['rethinkdb']))}", "echo"))
    others = [name for name in addons if name not in SIMULATED]
    if others and means.checkout == "placed":
        lines.append(say(f"Not simulated: {', '.join(others)}", "yellow"))
    return lines
