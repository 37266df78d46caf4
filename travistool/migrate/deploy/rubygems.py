"""`rubygems`: the gems of the specifications that are named, built and pushed."""

from __future__ import annotations

from travistool.migrate.deploy.options import Options, glob_word


def commands(options: Options) -> list[str]:
    """Return the commands. The gem has the repository's name where the config gives none."""
    key = options.secret("api_key", "RUBYGEMS_API_KEY")
    gem = options.text("gem", "${TRAVIS_REPO_SLUG##*/}")
    spec = options.text("gemspec").removesuffix(".gemspec") or gem
    pattern = options.text("gemspec_glob") or f"{spec}.gemspec"
    host = options.flag("host")
    return [
        f"export GEM_HOST_API_KEY={key}",
        f"for spec in {glob_word(pattern)}; do",
        '  gem build "$spec"',
        "done",
        f"for file in {glob_word(gem)}-*.gem; do",
        f'  gem push{host} "$file"',
        "done",
    ]
