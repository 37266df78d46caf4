"""`snap`: a snap for a channel of the store. The store wants new credentials, not the tokens of old."""

from __future__ import annotations

from travistool.migrate.deploy.options import Options, exported, glob_word


def commands(options: Options) -> list[str]:
    """Return the commands."""
    options.client("snapcraft")
    token = options.secret("token", "SNAPCRAFT_STORE_CREDENTIALS")
    reason = "snapcraft takes credentials of a newer kind than those of the config"
    name = token.strip('"$')
    way = f"export new ones with 'snapcraft export-login', and enter them as the secret {name}"
    options.tasks.add("secret", reason, way, options.deployment.place)
    return [
        *exported(SNAPCRAFT_STORE_CREDENTIALS=token),
        "shopt -s globstar nullglob",
        f"snaps=({glob_word(options.text('snap', '**/*.snap'))})",
        "[ ${#snaps[@]} = 1 ]",
        f'snapcraft upload "${{snaps[0]}}" --release={options.word("channel", "edge")}',
    ]
