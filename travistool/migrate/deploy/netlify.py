"""`netlify`: a folder as a draft, or as the site itself with `prod`. Newer clients would build it first."""

from __future__ import annotations

from travistool.migrate.deploy.options import Options


def commands(options: Options) -> list[str]:
    """Return the commands."""
    token = options.secret("auth", "NETLIFY_AUTH_TOKEN")
    flags = "".join(options.flag(key) for key in ("site", "dir", "functions", "message")) + options.switch("prod")
    return [f"{options.npx('netlify-cli')} deploy --no-build --auth {token}{flags}"]
