"""`firebase`: what firebase.json describes. Its tokens still work, but will not for ever."""

from __future__ import annotations

from travistool.migrate.deploy.options import Options


def commands(options: Options) -> list[str]:
    """Return the commands."""
    token = options.secret("token", "FIREBASE_TOKEN")
    flags = "".join(options.flag(key) for key in ("project", "message", "only")) + options.switch("force")
    return [f"{options.npx('firebase-tools')} deploy --non-interactive --token {token}{flags}"]
