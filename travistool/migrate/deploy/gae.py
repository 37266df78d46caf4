"""`gae`: an app of Google App Engine, by Google's client."""

from __future__ import annotations

from travistool.migrate.deploy.options import Options


def commands(options: Options) -> list[str]:
    """Return the commands. The new version takes the traffic unless `promote` is off."""
    options.client("gcloud")
    options.drop("install_sdk", "default")
    if isinstance(options.options.get("keyfile"), dict):
        front = [f"printf '%s' {options.secret('keyfile', 'GAE_KEY_JSON')} > /tmp/gae.json"]
        key = "/tmp/gae.json"  # noqa: S108  # of the machine that the job has for itself
    else:
        front, key = [], options.word("keyfile", "service-account.json")
    flags = options.flag("project") + f" --verbosity {options.word('verbosity', 'warning')}" + options.flag("version")
    if options.is_on("no_promote") or not options.is_on("promote", default=True):
        flags += " --no-promote"
    if options.is_on("no_stop_previous_version") or not options.is_on("stop_previous_version", default=True):
        flags += " --no-stop-previous-version"
    config = " ".join(options.words("config")) or "app.yaml"
    return [
        *front,
        f"gcloud --quiet auth activate-service-account --key-file {key}",
        f"gcloud --quiet app deploy {config}{flags}",
    ]
