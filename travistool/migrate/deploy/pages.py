"""`pages`: a folder as the branch that GitHub Pages shows; or, by the strategy `api`, only a build of what is there."""

from __future__ import annotations

import re
from collections.abc import Mapping

from travistool.migrate.deploy.options import Options, in_quotes

_BOT = ('"github-actions[bot]"', '"41898282+github-actions[bot]@users.noreply.github.com"')
"""Who owns the token of a workflow."""

_LOG: Mapping[str, str] = {
    "git_author_name": "$(git log -1 --format=%an)",
    "git_author_email": "$(git log -1 --format=%ae)",
    "git_commit_author": "$(git log -1 --format=%cn)",
    "git_commit_msg": "$(git log -1 --format=%B)",
    "git_branch": "$TRAVIS_BRANCH",
    "git_sha": "$TRAVIS_COMMIT",
    "git_tag": "$TRAVIS_TAG",
}


def commands(options: Options) -> list[str]:
    """Return the commands. The history of the branch is kept unless `keep_history` is off."""
    if options.text("strategy", "git") == "api":
        return _api(options)
    # Travis's tool never commits without a change, whatever `allow_empty_commit` says.
    options.drop("verbose", "allow_empty_commit")
    branch = options.word("target_branch", "gh-pages")
    keeps = options.is_on("keep_history", default=True)
    lines = [*_address(options), *_author(options), "site=$(mktemp -d)"]
    lines += _start(branch) if keeps else ['git init --quiet "$site"']
    lines.append(f'tar -C {options.word("local_dir", ".")} --exclude=.git -cf - . | tar -C "$site" -xf -')
    if options.is_on("deployment_file"):
        lines.append('touch "$site/deployed at $(date) by $name"')
    if options.has("fqdn"):
        lines.append(f'echo {options.word("fqdn")} > "$site/CNAME"')
    message = _message(options)
    force = "" if keeps else " --force"
    return [
        *lines,
        'git -C "$site" add --all',
        'if ! git -C "$site" diff --cached --quiet; then',
        f'  git -C "$site" -c user.name="$name" -c user.email="$email" commit --quiet -m {message}',
        f'  git -C "$site" push --quiet{force} "$address" HEAD:{branch}',
        "fi",
    ]


def _slug(options: Options) -> str:
    return options.text("repo", "$TRAVIS_REPO_SLUG")


def _address(options: Options) -> list[str]:
    """Return the lines that say where to push, and with what key or token."""
    host = options.text("url", "github.com")
    if options.has("deploy_key"):
        key = options.text("deploy_key")
        return [
            f'chmod 600 "{key}"',
            f'export GIT_SSH_COMMAND="ssh -i {key} -o IdentitiesOnly=yes -o StrictHostKeyChecking=accept-new"',
            f'address="git@{host}:{_slug(options)}.git"',
        ]
    token = options.own_secret("token", "GITHUB_TOKEN")
    return [
        f"export PAGES_TOKEN={token}",
        f'address="https://x-access-token:$PAGES_TOKEN@{host}/{_slug(options)}.git"',
    ]


def _author(options: Options) -> list[str]:
    name, email = '"$(git log -1 --format=%an)"', '"$(git log -1 --format=%ae)"'
    if options.is_on("committer_from_gh"):
        if options.has_own:
            name, email = _BOT
        else:
            options.client("gh")
            name, email = [f'"$(GH_TOKEN=$PAGES_TOKEN gh api user --jq .{key})"' for key in ("name", "email")]
    return [f"name={options.word('name', name)}", f"email={options.word('email', email)}"]


def _start(branch: str) -> list[str]:
    """Return the lines that fetch the branch, without its files; a new repository where there is none."""
    return [
        f'if git clone --quiet --depth 1 --branch {branch} "$address" "$site" 2> /dev/null; then',
        '  git -C "$site" rm -r --quiet --ignore-unmatch .',
        "else",
        '  git init --quiet "$site"',
        "fi",
    ]


def _message(options: Options) -> str:
    """Return the commit message, the tool's own placeholders filled in."""
    known = dict(_LOG)
    known["url"] = f"{options.text('url', 'github.com')}/{_slug(options)}.git"
    known["target_branch"] = options.text("target_branch", "gh-pages")
    known["project_name"] = options.text("project_name") or options.text("fqdn") or _slug(options)
    text = options.text("commit_message", "Deploy %{project_name} to %{url}:%{target_branch}")
    return in_quotes(re.sub(r"%\{(\w+)\}", lambda found: known.get(found[1], found[0]), text))


def _api(options: Options) -> list[str]:
    token = options.own_secret("token", "GITHUB_TOKEN")
    options.client("gh")
    return [f"export GH_TOKEN={token}", f'gh api --method POST "repos/{_slug(options)}/pages/builds"']
