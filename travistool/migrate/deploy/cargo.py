"""`cargo`: the crate goes to the registry."""

from __future__ import annotations

from travistool.migrate.deploy.options import Options


def commands(options: Options) -> list[str]:
    """Return the commands."""
    token = options.secret("token", "CARGO_REGISTRY_TOKEN")
    return [f"cargo publish --token {token}{options.switch('allow_dirty')}"]
