"""`surge`: a folder as a site."""

from __future__ import annotations

from travistool.migrate.deploy.options import Options, exported


def commands(options: Options) -> list[str]:
    """Return the commands. Surge takes the account from variables, which settings of the website may have been."""
    token = options.secret("token", "SURGE_TOKEN")
    login = options.account("login", "SURGE_LOGIN")
    domain = f" {options.word('domain')}" if options.has("domain") else ""
    return [
        *exported(SURGE_LOGIN=login, SURGE_TOKEN=token),
        f"{options.npx('surge')} {options.word('project', '.')}{domain}",
    ]
