"""`hackage`: a package of Haskell; a candidate unless `publish` is on."""

from __future__ import annotations

from travistool.migrate.deploy.options import Options


def commands(options: Options) -> list[str]:
    """Return the commands. Newer versions of cabal leave the archive in another folder."""
    user, word = options.account("username", "HACKAGE_USERNAME"), options.secret("password", "HACKAGE_PASSWORD")
    return [
        "cabal check",
        "cabal sdist",
        "shopt -s nullglob",
        "for file in dist/*.tar.gz dist-newstyle/sdist/*.tar.gz; do",
        f'  cabal upload{options.switch("publish")} --username={user} --password={word} "$file"',
        "done",
    ]
