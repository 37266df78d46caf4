"""What the providers of Amazon share: credentials and the region, and a client."""

from __future__ import annotations

from travistool.migrate.deploy.options import Options, exported, in_quotes


def login(options: Options) -> list[str]:
    """Return the lines that give Amazon's client its credentials."""
    options.client("aws")
    key = options.secret("access_key_id", "AWS_ACCESS_KEY_ID")
    secret = options.secret("secret_access_key", "AWS_SECRET_ACCESS_KEY")
    region = in_quotes(options.text("region", "us-east-1").split(",", maxsplit=1)[0])
    return exported(AWS_ACCESS_KEY_ID=key, AWS_SECRET_ACCESS_KEY=secret, AWS_DEFAULT_REGION=region)
