"""`puppetforge`: a module, built and sent to the Forge. It takes API keys, no passwords any more."""

from __future__ import annotations

from travistool.migrate.deploy.options import Options

_BUILD = "puts Puppet::Modulebuilder::Builder.new(Dir.pwd, nil, nil).build"


def commands(options: Options) -> list[str]:
    """Return the commands."""
    options.drop("username", "password")
    name = "PUPPETFORGE_API_KEY"
    key = options.secret(name.lower(), name)
    reason = "the Puppet Forge takes API keys only, no passwords"
    options.tasks.add(
        "secret", reason, f"make a key there, and enter it as the secret {name}", options.deployment.place
    )
    url = options.text("url", "https://forgeapi.puppet.com").rstrip("/")
    return [
        options.gem("puppet-modulebuilder"),
        f"archive=$(ruby -r puppet/modulebuilder -e '{_BUILD}')",
        f'curl -fsS -X POST -H "Authorization: Bearer "{key} -F "file=@$archive" "{url}/v3/releases"',
    ]
