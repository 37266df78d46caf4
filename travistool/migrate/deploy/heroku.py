"""`heroku`: the folder as it is, as a build by Heroku's API; by the strategy `git`, the commit."""

from __future__ import annotations

from travistool.migrate.deploy.options import Options, exported, in_quotes

_HEADERS = "-H 'Accept: application/vnd.heroku+json; version=3' -H \"Authorization: Bearer $HEROKU_API_KEY\""
_FUNCTION = f"""\
heroku_api() {{
  curl -fsS -X "$1" "https://api.heroku.com/$2" {_HEADERS} -H 'Content-Type: application/json' ${{3:+-d "$3"}}
}}"""


def commands(options: Options) -> list[str]:
    """Return the commands. What `run` asks for runs on Heroku, `restart` restarts the app."""
    key = options.secret("api_key", "HEROKU_API_KEY")
    options.drop("username", "password", "version")
    app = options.text("app", "${TRAVIS_REPO_SLUG##*/}")
    lines = [*exported(HEROKU_API_KEY=key), f'app="{app}"']
    lines += _git(options) if options.text("strategy") == "git" or options.has("git") else _build(options)
    called = [f"{options.npx('heroku')} {_command(one)}" for one in options.words("run")]
    return [*lines, *called]


def _command(word: str) -> str:
    return 'ps:restart --app "$app"' if word == "restart" else f'run --app "$app" -- {word}'


def _git(options: Options) -> list[str]:
    address = options.text("git", "https://heroku:$HEROKU_API_KEY@git.heroku.com/$app.git")
    return ["git fetch --unshallow origin || true", f"git push --force {in_quotes(address)} HEAD:refs/heads/master"]


def _build(options: Options) -> list[str]:
    options.program("jq")
    return [
        _FUNCTION,
        'archive=$(mktemp) && tar -czf "$archive" --exclude .git .',
        "blob=$(heroku_api POST sources)",
        'curl -fsS -X PUT -H \'Content-Type:\' --data-binary "@$archive" "$(jq -r .source_blob.put_url <<< "$blob")"',
        'request=$(jq -c --arg version "$TRAVIS_COMMIT" \'{source_blob: {url: .source_blob.get_url, version: $version}}\' <<< "$blob")',
        'build=$(heroku_api POST "apps/$app/builds" "$request")',
        'curl -fsS "$(jq -r .output_stream_url <<< "$build")"',
        'until status=$(heroku_api GET "apps/$app/builds/$(jq -r .id <<< "$build")" | jq -r .status) && [ "$status" != pending ]; do',
        "  sleep 5",
        "done",
        '[ "$status" = succeeded ]',
    ]
