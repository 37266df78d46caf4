"""Tasks that are the same for every target: secrets, settings of the website, dead services, commands of Travis's own."""

from collections.abc import Mapping

from travistool.migrate.deploys import ignored
from travistool.migrate.machine import addons, place_of
from travistool.migrate.model import Build, Row
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
    "sonarcloud": "run the scanner of SonarCloud with the token as a secret; the command 'sonar-scanner' has to be installed",
    "sonarqube": "run the scanner with the token as a secret; the command 'sonar-scanner' has to be installed",
    "coverity_scan": "run the scan in a job of its own that only that branch starts",
    "jwt": "make the tokens in a step of its own: Travis dropped this addon",
    "srcclr": "run the scanner in a step of its own",
}
_CLIENT = sought(r"(?m)(?:^|[;&|]\s*)travis\s+(?!-?lint)[a-z-]+|api\.travis-ci\.(?:org|com)", "travis")
_MANAGERS = sought(
    r"(?m)(?:^|[;&|(]|\b(?:then|do|else)\b)\s*(rvm|jdk_switcher|gimme)\s", "rvm", "jdk_switcher", "gimme"
)
_ENCRYPTED = sought(r"\$\{?(encrypted_[0-9a-f]+_(?:key|iv))\b", "encrypted_")


def note_job(row: Row, tasks: Tasks) -> None:
    """Note what a job asks for that no target has."""
    for name, value in addons(row.job).items():
        if name in _KNOWN_ADDONS or value in (None, False):
            continue
        way = _ADDON_WAYS.get(name, "do by a command what it did, if it is still needed: Travis itself may not know it")
        tasks.add("addon", f"the addon '{name}' has no equal", way, place_of(row.job, "addons", name))
    for provider, key in ignored(row.job):
        reason = f"'{key}' under 'on' of the deployment with '{provider}' asks for nothing"
        way = "make it a condition of the deployment if that was meant, or drop it: Travis does not look at it either"
        tasks.add("deployment", reason, way, place_of(row.job, "deploy"))
    _note_packages(row, tasks)
    if _CLIENT.is_in(row.texts):
        tasks.add(
            "command",
            "a command talks to Travis itself, by its client or its API",
            "ask the new system instead, or drop the command",
            place_of(row.job, "script"),
        )
    called = "\n".join(row.commands()) if _MANAGERS.may_be_in(row.texts) else ""
    for name in sorted(_MANAGERS.all_in(called)):
        tasks.add(
            "command",
            f"a command calls '{name}', which switches versions on Travis's machines only",
            "name the version by a key of its language or an image before you migrate, and drop the command",
            place_of(row.job, "before_install") or place_of(row.job, "install") or place_of(row.job, "script"),
        )
    for name in sorted(_ENCRYPTED.all_in(row.texts)):
        tasks.add(
            "secret",
            f"'${name}' decrypts a file, and only Travis knows its value",
            f"encrypt the file anew with a key of your own, and enter that as the secret {name.upper()}",
        )


def _note_packages(row: Row, tasks: Tasks) -> None:
    """Note packages that are gone, of the addon and of commands."""
    if row.os != "linux":
        return
    has_python2 = row.version("python").startswith("2.")
    given = addons(row.job)
    place = place_of(row.job, "addons", "apt" if "apt" in given else "apt_packages")
    note_gone(named(given.get("apt"), given.get("apt_packages")), tasks, place, has_python2=has_python2)
    for name in ("before_install", "install", "before_script", "script"):
        if name in row.blocks and not row.blocks[name].is_default:
            names = named_in("\n".join(row.blocks[name].commands))
            note_gone(names, tasks, row.blocks[name].place, has_python2=has_python2)


def note_root(build: Build, normal: Normal, tasks: Tasks) -> None:
    """Note what belongs to the whole build."""
    for secret in build.secrets:
        if secret.name_is_known:
            reason = f"the value of {secret.used_for} is encrypted for Travis"
            tasks.add("secret", reason, f"enter it as the secret {secret.name}", secret.place)
        else:
            reason = f"{secret.name} stands for an encrypted line whose variable only its author knows"
            way = (
                f"enter its clear text, NAME=value, as the secret {secret.name}, or name the variable where it is used"
            )
            tasks.add("secret", reason, way, secret.place)
    tasks.add(
        "setting",
        "cron builds, variables and the cancelling of superseded builds are settings of the website, not of the file",
        "look at More options > Settings of the repository on Travis, and take over what is set there",
    )
    root = normal.root.get("import")
    if root is not None:
        tasks.add(
            "setting", "what is imported has been merged in", "keep shared parts in the new system's way", root.span()
        )
