"""`azure_web_apps`: the repository, pushed to an app with what the job has built."""

from __future__ import annotations

from travistool.migrate.deploy.options import Options


def commands(options: Options) -> list[str]:
    """Return the commands. What the job has changed is committed first, ignored files as well."""
    user, word = options.account("username", "AZURE_WA_USERNAME"), options.secret("password", "AZURE_WA_PASSWORD")
    site = options.text("site", "$AZURE_WA_SITE")
    host = options.text("slot") or site
    quiet = "" if options.is_on("verbose") else " > /dev/null 2>&1"
    login = f"{user}:{word}".replace('"', "")
    address = f'"https://{login}@{host}.scm.azurewebsites.net:443/{site}.git"'
    commit = 'git -c user.name="$(git log -1 --format=%an)" -c user.email="$(git log -1 --format=%ae)" commit --quiet'
    return [
        'if [ -n "$(git status --short)" ]; then',
        "  git checkout HEAD",
        "  git add . --all --force",
        f'  {commit} -m "Cleanup commit"',
        "fi",
        f"git push --force --quiet {address} HEAD:refs/heads/master{quiet}",
    ]
