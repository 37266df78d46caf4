"""`engineyard`: an app on one of its environments, by the service's own client."""

from __future__ import annotations

from travistool.migrate.deploy.options import Options


def commands(options: Options) -> list[str]:
    """Return the commands. Without an environment, Travis's tool takes the only one there is; so does this."""
    app = options.word("app", '"${TRAVIS_REPO_SLUG##*/}"')
    only = "\"$(ey-core environments | awk -F '|' 'NR > 2 {gsub(/ /, \"\", $2); print $2}')\""
    env = options.word("env", only)
    flags = f' --ref="$TRAVIS_COMMIT" --environment={env} --app={app}'
    flags += f" --account={options.word('account')}" if options.has("account") else ""
    flags += f" --migrate={options.word('migrate')}" if options.has("migrate") else " --no-migrate"
    return [options.gem("ey-core"), *_login(options), f"ey-core deploy{flags}"]


def _login(options: Options) -> list[str]:
    if options.has("email") and not options.has("api_key"):
        email, word = options.account("email", "ENGINEYARD_EMAIL"), options.secret("password", "ENGINEYARD_PASSWORD")
        return [f"printf '%s\\n%s\\n' {email} {word} | ey-core login"]
    options.drop("email", "password")
    key = options.secret("api_key", "ENGINEYARD_API_KEY")
    return [f"printf 'https://api.engineyard.com/: %s\\n' {key} > ~/.ey-core"]
