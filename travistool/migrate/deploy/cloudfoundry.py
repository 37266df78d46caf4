"""`cloudfoundry`, and `anynines`, which is one: an app, by the client of Cloud Foundry."""

from __future__ import annotations

from travistool.migrate.deploy.options import Options, exported

_ADDRESSES = {"anynines": "https://api.de.a9s.eu", "cloudfoundry": "https://api.run.pivotal.io"}


def commands(options: Options) -> list[str]:
    """Return the commands. The client reads user and password from variables of its own."""
    options.client("cf")
    # The newer client pushes by the newer API alone.
    options.drop("v3", "logout")
    user = options.account("username", "CF_USERNAME")
    word = options.secret("password", "CF_PASSWORD")
    api = options.word("api", _ADDRESSES[options.provider])
    app = f" {options.word('app_name')}" if options.has("app_name") else ""
    manifest = f" -f {options.word('manifest')}" if options.has("manifest") else ""
    strategy = options.flag("deployment_strategy", "strategy")
    return [
        *exported(CF_USERNAME=user, CF_PASSWORD=word),
        f"cf api {api}{options.switch('skip_ssl_validation')}",
        "cf auth",
        f"cf target -o {options.word('organization')} -s {options.word('space')}",
        f"cf push{app}{manifest}{strategy}",
        "cf logout",
    ]
