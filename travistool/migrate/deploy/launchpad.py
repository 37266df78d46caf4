"""`launchpad`: the service is told to import the code anew, by its API."""

from __future__ import annotations

from travistool.migrate.deploy.options import Options


def commands(options: Options) -> list[str]:
    """Return the commands."""
    token = options.secret("oauth_token", "LAUNCHPAD_OAUTH_TOKEN")[1:-1]
    secret = options.secret("oauth_token_secret", "LAUNCHPAD_OAUTH_TOKEN_SECRET")[1:-1]
    parts = (
        'oauth_consumer_key=\\"Travis%20Deploy\\"',
        'oauth_nonce=\\"$RANDOM$RANDOM\\"',
        f'oauth_signature=\\"%26{secret}\\"',
        'oauth_signature_method=\\"PLAINTEXT\\"',
        'oauth_timestamp=\\"$(date +%s)\\"',
        f'oauth_token=\\"{token}\\"',
        'oauth_version=\\"1.0\\"',
    )
    address = f"https://api.launchpad.net/1.0/{options.text('slug')}/+code-import"
    return [
        f'authorization="Authorization: OAuth {", ".join(parts)}"',
        f'curl -fsS -X POST -H "$authorization" -d ws.op=requestImport "{address}"',
    ]
