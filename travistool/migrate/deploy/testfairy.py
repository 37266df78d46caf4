"""`testfairy`: an app for testers, by the service's API."""

from __future__ import annotations

from travistool.migrate.deploy.options import Options

_CHANGES = 'git log --pretty=oneline --abbrev-commit "$TRAVIS_COMMIT_RANGE" 2> /dev/null'


def commands(options: Options) -> list[str]:
    """Return the commands. The changelog is that of the commits that were pushed."""
    key = options.secret("api_key", "TESTFAIRY_API_KEY")
    fields = [f"api_key={key}", f"apk_file=@{options.word('app_file')}"]
    fields += [f"symbols_file=@{options.word('symbols_file')}"] if options.has("symbols_file") else []
    for name, field in (("testers_groups", "testers-groups"), ("advanced_options", "advanced-options")):
        fields += [f"{field}={options.word(name)}"] if options.has(name) else []
    for name, field in (("notify", "notify"), ("auto_update", "auto-update")):
        if name in options.options:
            fields.append(f"{field}={'on' if options.is_on(name) else 'off'}")
    form = " ".join(f"-F {one}" for one in fields)
    return [
        f'answer=$(curl -fsS {form} -F changelog="$({_CHANGES} || true)" https://upload.testfairy.com/api/upload)',
        'echo "$answer"',
        'if grep -q \'"status" *: *"fail"\' <<< "$answer"; then exit 1; fi',
    ]
