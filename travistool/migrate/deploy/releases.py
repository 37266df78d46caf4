"""`releases`: files of a GitHub release, by GitHub's own client. What is there already stays unless `overwrite` says so."""

from __future__ import annotations

from travistool.catalog.settings import as_text
from travistool.migrate.deploy.options import Options, glob_word, in_quotes

_TAG = "${TRAVIS_TAG:-$(git tag --points-at HEAD | head -n 1)}"


def commands(options: Options) -> list[str]:
    """Return the commands: the release is a draft until all files are there."""
    token = options.own_secret("token", "GITHUB_TOKEN")
    options.drop("username", "password")
    options.client("gh")
    repo = f" --repo {options.word('repo')}" if options.has("repo") else ' --repo "$TRAVIS_REPO_SLUG"'
    lines = [f"export GH_TOKEN={token}", *_tag(options)]
    create = f'gh release create "$tag"{repo} --draft --notes ""{_target(options)}'
    lines.append(f'gh release view "$tag"{repo} > /dev/null 2>&1 || {create}')
    lines += _files(options, repo)
    return [*lines, f'gh release edit "$tag"{repo}{_edits(options)}']


def _tag(options: Options) -> list[str]:
    if options.has("tag_name"):
        return [f"tag={options.word('tag_name')}"]
    return [f'tag="{_TAG}"', 'tag="${tag:-untagged-$(git rev-parse --short HEAD)}"']


def _target(options: Options) -> str:
    if options.has("target_commitish"):
        return options.flag("target_commitish", "target")
    return "" if options.has("repo") else ' --target "$(git rev-parse HEAD)"'


def _files(options: Options, repo: str) -> list[str]:
    """Return the lines that upload files. A pattern that fits none uploads none; a name without a file is an error."""
    given = [as_text(one) for one in options.values("file")] or ["*"]
    is_glob = options.is_on("file_glob", default=True)
    names = " ".join(glob_word(one, splits=False) if is_glob else in_quotes(one) for one in given)
    # Patterns may come from variables, and names may have spaces.
    front = ["shopt -s globstar nullglob", *(["IFS="] if "$" in names else [])] if is_glob else []
    if options.is_on("overwrite"):
        upload = [f'  gh release upload "$tag"{repo} "$file" --clobber']
    else:
        front.append(f'known=$(gh release view "$tag"{repo} --json assets --jq ".assets[].name")')
        upload = [f'  grep -qxF -e "${{file##*/}}" <<< "$known" || gh release upload "$tag"{repo} "$file"']
    return [*front, f"for file in {names}; do", '  [ ! -d "$file" ] || continue', *upload, "done"]


def _edits(options: Options) -> str:
    flags = "" if options.is_on("draft") else " --draft=false"
    flags += options.flag("name", "title")
    if options.has("release_notes"):
        options.drop("release_notes_file")
        flags += options.flag("release_notes", "notes")
    else:
        flags += options.flag("release_notes_file", "notes-file")
    if "prerelease" in options.options:
        flags += " --prerelease" if options.is_on("prerelease") else " --prerelease=false"
    return flags + options.flag("target_commitish", "target")
