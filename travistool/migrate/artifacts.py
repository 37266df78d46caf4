"""The addon `artifacts`: files in a bucket of Amazon's after everything else, by Amazon's client instead of Travis's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from travistool.catalog.settings import as_text
from travistool.migrate.deploy.options import client_line, in_quotes
from travistool.migrate.machine import addons, listed, place_of
from travistool.migrate.model import Block, Variable
from travistool.migrate.variables import Secrets
from travistool.plan.model import Job

_TARGET = "artifacts/$TRAVIS_BUILD_NUMBER/$TRAVIS_JOB_NUMBER"
_FILES = '$(git ls-files -o | tr "\\n" ":")'
_NAME = re.compile(r"\$\{?([A-Za-z_]\w*)\}?")
_COPY = 'aws s3 cp{flags} "$path" "s3://$bucket/${{target#/}}/${{path#./}}"'


class Uploaded(NamedTuple):
    """The command that uploads, and the variables that it needs."""

    command: str
    variables: tuple[Variable, ...]


def uploaded(job: Job, own: tuple[Variable, ...], secrets: Secrets) -> Uploaded | None:
    """Return what the addon comes to; None where a job has none. Without a key, as for forks, nothing is uploaded.

    What the config does not name is a setting of the website: bucket and keys.
    """
    given = addons(job).get("artifacts")
    if given in (None, False) or (isinstance(given, dict) and given.get("enabled") is False):
        return None
    options: Mapping[str, Any] = given if isinstance(given, dict) else {}
    needed: list[Variable] = []
    known = {one.name for one in own}

    def setting(key: str, name: str) -> str:
        """Return an option as a word; a variable that nobody sets is a secret."""
        value = options.get(key)
        text = "" if isinstance(value, dict) or value is None else as_text(value)
        found = _NAME.fullmatch(text)
        asked = found[1] if found else name
        if (not text or found) and asked not in known:
            place = place_of(job, "addons", "artifacts")
            needed.append(Variable(asked, secrets.setting(asked, place, "the addon 'artifacts'"), "secret"))
        return in_quotes(text) if text and not found else f'"${asked}"'

    key, secret = setting("key", "ARTIFACTS_KEY"), setting("secret", "ARTIFACTS_SECRET")
    bucket = setting("bucket", "ARTIFACTS_BUCKET")
    return Uploaded(_command(options, key, secret, bucket), tuple(needed))


def _command(options: Mapping[str, Any], key: str, secret: str, bucket: str) -> str:
    """Return the command, in a shell of its own. Paths and targets are lists with colons, as Travis's client has them."""
    paths = ":".join(map(as_text, listed(options.get("paths")))) or _FILES
    targets = ":".join(map(as_text, listed(options.get("target_paths")))) or _TARGET
    flags = f" --acl {in_quotes(as_text(options['permissions']))}" if options.get("permissions") else ""
    flags += f" --cache-control {in_quotes(as_text(options.get('cache_control')) or 'private')}"
    flags += f" --endpoint-url {in_quotes(as_text(options['endpoint']))}" if options.get("endpoint") else ""
    branch = f" && [[ $TRAVIS_BRANCH = {as_text(options['branch'])} ]]" if options.get("branch") else ""
    folder = [f"cd {in_quotes(as_text(options['working_dir']))}"] if options.get("working_dir") else []
    region = in_quotes(as_text(options.get("region")) or "us-east-1")
    lines = [
        f"if [ -n {key} ]{branch}; then (",
        client_line("aws"),
        f"export AWS_ACCESS_KEY_ID={key} AWS_SECRET_ACCESS_KEY={secret} AWS_DEFAULT_REGION={region}",
        *folder,
        f"bucket={bucket}",
        f'paths="{paths}"',
        f'targets="{targets}"',
        "IFS=:",
        "for path in $paths; do for target in $targets; do",
        f'  [ -d "$path" ] && {_COPY.format(flags=" --recursive" + flags)}',
        f'  [ -f "$path" ] && {_COPY.format(flags=flags)}',
        "done; done",
        "); fi",
    ]
    return "\n".join(lines)


def with_upload(blocks: Mapping[str, Block], found: Uploaded) -> dict[str, Block]:
    """Return the phases with the upload behind everything else."""
    last = blocks.get("after_script", Block("after_script", (), "ignore"))
    comments = (*(last.comments or ("",) * len(last.commands)), "# addon artifacts")
    return {**blocks, "after_script": last._replace(commands=(*last.commands, found.command), comments=comments)}
