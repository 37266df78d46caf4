"""`git_push`: a folder onto a branch of a repository, which is branched off another one where it does not exist."""

from __future__ import annotations

from travistool.migrate.deploy.options import Options, in_quotes


def commands(options: Options) -> list[str]:
    """Return the commands. The branch that is being built is never pushed to, unless `allow_same_branch` is on."""
    host, slug = options.text("host", "github.com"), options.text("repo", "$TRAVIS_REPO_SLUG")
    options.drop("enterprise", "allow_empty_commit")
    branch = options.word("branch")
    same = [] if options.is_on("allow_same_branch") else [f'[ "$TRAVIS_BRANCH" != {branch} ]']
    force = " --force" if options.is_on("force") else ""
    base = options.word("base_branch", "master")
    message = options.text("commit_message", "Update %{base_branch}").replace("%{base_branch}", base.strip('"'))
    commit = 'git -C "$copy" -c user.name="$name" -c user.email="$email" commit --quiet -m'
    name = options.word("name", '"$(git log -1 --format=%an)"')
    email = options.word("email", '"$(git log -1 --format=%ae)"')
    return [
        *same,
        *_address(options, host, slug),
        f"name={name}",
        f"email={email}",
        "copy=$(mktemp -d)",
        f'git clone --quiet --branch {branch} "$address" "$copy" 2> /dev/null ||',
        f'  git clone --quiet --branch {base} "$address" "$copy"',
        'git -C "$copy" rm -r --quiet --ignore-unmatch .',
        f'tar -C {options.word("local_dir", ".")} --exclude=.git -cf - . | tar -C "$copy" -xf -',
        'git -C "$copy" add --all',
        'if ! git -C "$copy" diff --cached --quiet; then',
        f"  {commit} {in_quotes(message)}",
        f'  git -C "$copy" push --quiet{force} "$address" HEAD:{branch}',
        "fi",
    ]


def _address(options: Options, host: str, slug: str) -> list[str]:
    if options.has("deploy_key"):
        key = options.text("deploy_key")
        return [
            f'chmod 600 "{key}"',
            f'export GIT_SSH_COMMAND="ssh -i {key} -o IdentitiesOnly=yes -o StrictHostKeyChecking=accept-new"',
            f'address="git@{host}:{slug}.git"',
        ]
    token = options.own_secret("token", "GITHUB_TOKEN")
    return [f"export PUSH_TOKEN={token}", f'address="https://x-access-token:$PUSH_TOKEN@{host}/{slug}.git"']
