"""Tasks that are the same for every target: secrets, settings of the website, dead services, commands of Travis's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import assert_never

from travistool.catalog.settings import as_text
from travistool.migrate.conditions import FALSE
from travistool.migrate.containers import has_image_of_dist, image_of, missing_tool, uses_docker
from travistool.migrate.deploys import ignored
from travistool.migrate.machine import addons, place_of
from travistool.migrate.model import Build, Row, Secret
from travistool.migrate.names import told
from travistool.migrate.packages import named, named_in, note_gone
from travistool.migrate.sought import sought
from travistool.migrate.tasks import Tasks
from travistool.schema.normalize import Normal

_KNOWN_ADDONS = frozenset(
    (
        *("apt", "apt_packages", "snaps", "homebrew", "hosts", "hostname", "ssh_known_hosts", "postgresql", "mariadb"),
        *("mysql", "rethinkdb", "chrome", "firefox", "code_climate", "deploy", "artifacts"),
    )
)
_ADDON_WAYS: Mapping[str, str] = {
    "sauce_connect": "start Sauce Connect in a step of its own before the tests",
    "browserstack": "start BrowserStack Local in a step of its own before the tests",
    "coverity_scan": "run the scan in a job of its own that only that branch starts",
    "jwt": "make the tokens in a step of its own: Travis dropped this addon",
    "srcclr": "run the scanner in a step of its own",
}
SET_UP: Mapping[str, frozenset[str]] = {
    "elm": frozenset(("elm_format", "elm_test")),
    "go": frozenset(("gimme_config",)),
    "python": frozenset(("virtualenv",)),
    "r": frozenset(("bioc", "cran", "fortran", "latex", "pandoc", "pandoc_version", "repos")),
    "smalltalk": frozenset(("smalltalk_edge",)),
}
"""What Travis's own set-up of a language asks for, beside versions. It has no commands that a file could take over.

Source: travis-build lib/travis/build/script/*.rb at 2812e526, `setup` and `configure`.
"""

_CLIENT = sought(r"(?m)(?:^|[;&|]\s*)travis\s+(?!-?lint)[a-z-]+|api\.travis-ci\.(?:org|com)", "travis")
_MANAGERS = sought(
    r"(?m)(?:^|[;&|(]|\b(?:then|do|else)\b)\s*(rvm|jdk_switcher|gimme|pyenv)\s", "rvm", "jdk_switcher", "gimme", "pyenv"
)


_SERVERS = sought(
    r"(?:\bservice\s+|\bsystemctl\s+(?:re)?(?:start|stop|load)\s+|/etc/init\.d/)"
    r"(mysql|mariadb|postgresql|redis-server|redis|mongod|mongodb|memcached|rabbitmq-server|elasticsearch)\b",
    "service",
    "systemctl",
    "/etc/init.d/",
)
_UNENCRYPTED = sought(r"\bgit://(github\.com)/", "git://")
_FOLDER = "/home/travis"


def note_job(row: Row, tasks: Tasks) -> None:
    """Note what a job asks for that no target has."""
    for name, value in addons(row.job).items():
        if name in _KNOWN_ADDONS or value in (None, False):
            continue
        if name in ("sonarcloud", "sonarqube"):
            _note_scanner(row, name, tasks)
            continue
        way = _ADDON_WAYS.get(name, "do by a command what it did, if it is still needed: Travis itself may not know it")
        tasks.add("addon", f"the addon '{name}' has no equal", way, place_of(row.job, "addons", name))
    for provider, key in ignored(row.job):
        reason = f"'{key}' under 'on' of the deployment with '{provider}' asks for nothing"
        way = "make it a condition of the deployment if that was meant, or drop it: Travis does not look at it either"
        tasks.add("deployment", reason, way, place_of(row.job, "deploy"))
    if _CLIENT.is_in(row.texts):
        tasks.add(
            "command",
            "a command talks to Travis itself, by its client or its API",
            "ask the new system instead, or drop the command",
            place_of(row.job, "script"),
        )
    _note_machine(row, tasks)
    _note_set_up(row, tasks)
    called = "\n".join(row.commands()) if _MANAGERS.may_be_in(row.texts) else ""
    for name in sorted(name for name in _MANAGERS.all_in(called) if not _brings(name, called)):
        tasks.add(
            "command",
            f"a command calls '{name}', which switches versions on Travis's machines only",
            "name the version by a key of its language or an image before you migrate, and drop the command",
            place_of(row.job, "before_install") or place_of(row.job, "install") or place_of(row.job, "script"),
        )


def _brings(name: str, texts: str) -> bool:
    """Tell whether commands install a program themselves: by a package, or from its own repository."""
    return re.search(rf"install\b[^\n;&|]*\b{name}\b|{name}(?:\.git|-installer|\.run|\.sh)\b", texts) is not None


def _note_set_up(row: Row, tasks: Tasks) -> None:
    given = [key for key in sorted(SET_UP.get(row.language.name, ())) if key in row.job.config]
    for key in given:
        tasks.add(
            "command",
            f"'{key}' tells Travis how to set up {row.language.name}, which jobs come with there",
            "check that the commands find what they need, or set it up before them",
            place_of(row.job, key),
        )


def note_browsers(build: Build, tasks: Tasks, *, in_images: bool) -> None:
    """Note what is not as on Travis of browsers: their versions on machines, and all of Firefox in images."""
    for row in build.rows:
        _note_chrome(row, tasks, in_images=in_images)
        asked = addons(row.job).get("firefox")
        if asked in (None, False) or row.when == FALSE:
            continue
        place = place_of(row.job, "addons", "firefox")
        if in_images and row.os == "linux":
            way = "install it before the tests, as firefox-esr in images of Debian"
            tasks.add("addon", "images of languages have no Firefox, which the addon 'firefox' installs", way, place)
        elif not as_text(asked).startswith("latest"):
            reason = f"the addon 'firefox' asks for {as_text(asked)}: the version of the machine is used"
            tasks.add("addon", reason, "check the tests with it, or install the other one before them", place)


def _note_chrome(row: Row, tasks: Tasks, *, in_images: bool) -> None:
    asked = addons(row.job).get("chrome")
    place = place_of(row.job, "addons", "chrome")
    if asked in (None, False) or in_images or row.when == FALSE:
        return
    if as_text(asked) == "beta":
        reason = "the addon 'chrome' asks for beta: the stable one of the machine is used"
        tasks.add("addon", reason, "check the tests with it, or install the other one before them", place)
    else:
        tasks.leave("addons.chrome", "the machines have the stable one", place)


def _note_machine(row: Row, tasks: Tasks) -> None:
    """Note commands for what is on Travis's machines, its servers and the folder of its user, and for what is gone."""
    asked = _SERVERS.may_be_in(row.texts) or _UNENCRYPTED.may_be_in(row.texts) or _FOLDER in row.texts
    for block in row.blocks.values() if asked else ():
        own = "\n".join(block.commands)
        for name in sorted(_SERVERS.all_in(own)):
            tasks.add(
                "command",
                f"a command starts or stops '{name}' on the machine, where it is a container, if it is there at all",
                "name it under 'services' before you migrate if that does not, and drop the command",
                block.place,
            )
        for host in sorted(_UNENCRYPTED.all_in(own)):
            tasks.add(
                "command",
                f"a command fetches by git://{host}/, which answers nobody any more",
                f"write https://{host}/ instead: jobs fail until then, on Travis as well",
                block.place,
            )
        if _FOLDER in own:
            tasks.add(
                "command",
                f"a command names {_FOLDER}, a folder of Travis's machines",
                "write $HOME, or $TRAVIS_BUILD_DIR for what is in the repository",
                block.place,
            )


def note_machines(build: Build, tasks: Tasks) -> None:
    """Note jobs whose machine is no container, so that no image brings their language."""
    for row in build.rows:
        if isinstance(row.job.config.get("android"), dict) and row.when != FALSE:
            reason = "'android' names components of the SDK, which no step installs"
            way = "take an image that has them, or install them by sdkmanager before the commands"
            tasks.add("version", reason, way, place_of(row.job, "android"))
        tool = missing_tool(row) if row.when != FALSE else ""
        if tool:
            reason = f"the image '{image_of(row, '')}' has no {tool}, which a command calls"
            way = "use a JDK whose image has it (8, 11, 17, 21), or install it before the commands"
            tasks.add("version", reason, way, place_of(row.job, "jdk"))
        key, version = next(((key, value) for key, value in row.versions if key in row.language.versions), ("", ""))
        if row.os == "osx" and row.osx_image and row.when != FALSE:
            reason = f"jobs run with the Xcode of their machine there, not with that of '{row.osx_image}'"
            way = "choose a machine that has it, or check simulators, SDKs and Swift versions"
            tasks.add("platform", reason, way, place_of(row.job, "osx_image"))
        on_machine = row.os in ("osx", "windows") or uses_docker(row)
        if on_machine and version not in ("", "none") and row.when != FALSE:
            what = f"with os '{row.os}'" if row.os != "linux" else "of jobs that start containers"
            reason = f"nothing installs {key} {version} on machines {what}"
            way = "install it at the beginning of the script, or see that the machine has it"
            tasks.add("version", reason, way, place_of(row.job, key))


def _note_scanner(row: Row, name: str, tasks: Tasks) -> None:
    """Note the program that the addon installs, where commands call it: plug-ins of builds find all in variables."""
    if "sonar-scanner" in row.texts:
        tasks.add(
            "addon",
            f"the addon '{name}' installs the command 'sonar-scanner'",
            "install it before it is called; its token is in $SONAR_TOKEN, the rest in $SONARQUBE_SCANNER_PARAMS",
            place_of(row.job, "addons", name),
        )


def note_packages(build: Build, tasks: Tasks, *, in_images: bool) -> None:
    """Note packages that are gone, of the addon and of commands. `in_images`: jobs run in those of their language or dist."""
    for row in build.rows:
        if row.os == "linux" and row.when != FALSE and not (in_images and has_image_of_dist(row)):
            _note_packages(row, tasks)


def _note_packages(row: Row, tasks: Tasks) -> None:
    has_python2 = row.version("python").startswith("2.")
    given = addons(row.job)
    place = place_of(row.job, "addons", "apt" if "apt" in given else "apt_packages")
    note_gone(named(given.get("apt"), given.get("apt_packages")), tasks, place, has_python2=has_python2)
    for name in ("before_install", "install", "before_script", "script"):
        if name in row.blocks and not row.blocks[name].is_default:
            names = named_in("\n".join(row.blocks[name].commands))
            note_gone(names, tasks, row.blocks[name].place, has_python2=has_python2)


def _note_secret(secret: Secret, build: Build, tasks: Tasks) -> None:
    commands: tuple[str, ...] = ()
    match secret.kind:
        case "value":
            reason = f"the value of {secret.used_for} is encrypted for Travis"
            way = f"enter it as the secret {secret.name}"
        case "setting":
            read = "read" if secret.used_for == "the commands" else "reads"
            reason = f"{secret.used_for} {read} ${secret.name}, a setting on Travis that nothing here sets"
            way = f"enter it as the secret {secret.name}"
        case "file":
            reason = f"${secret.name} decrypts a file, and only Travis knows its value"
            plain, _, encrypted = (secret.used_for or "FILE FILE.enc").partition(" ")
            is_key = secret.name.endswith("_key")
            way = f"make a new one, encrypt the file anew with it, and enter it as the secret {secret.name}"
            commands = (f"openssl rand -hex {32 if is_key else 16}",)
            commands += () if is_key else (f"openssl aes-256-cbc -K KEY -iv IV -in {plain} -out {encrypted}",)
        case "line":
            reason = f"{secret.name} stands for an encrypted line whose variable only its author knows"
            if build.asked:
                reason += f" (the commands read {_listed(build.asked)}, which nothing else sets)"
            way = (
                f"enter its clear text, NAME=value, as the secret {secret.name}, or name the variable where it is used"
            )
        case _:
            assert_never(secret.kind)
    tasks.add("secret", reason, way, secret.place, commands=commands)


def _listed(names: tuple[str, ...]) -> str:
    return told([f"${name}" for name in names])


def note_root(build: Build, normal: Normal, tasks: Tasks) -> None:
    """Note what belongs to the whole build."""
    for secret in build.secrets:
        _note_secret(secret, build, tasks)
    has_line = any(secret.kind == "line" for secret in build.secrets)
    names = (
        "" if has_line or not build.asked else f"; the commands read {_listed(build.asked)}, which nothing here sets"
    )
    tasks.add(
        "setting",
        "cron builds, variables and the cancelling of superseded builds are settings of the website, not of the file",
        f"look at More options > Settings of the repository on Travis, and take over what is set there{names}",
    )
    root = normal.root.get("import")
    if root is not None:
        tasks.add(
            "setting", "what is imported has been merged in", "keep shared parts in the new system's way", root.span()
        )
