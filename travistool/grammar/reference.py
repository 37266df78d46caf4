"""What `import:` points to: `owner/repo:path.yml@ref`, or a path in the same repository.

Source: travis-yml lib/travis/yml/configs/ref.rb at 8d6f36f, including that the character before `yml` may be any.
"""

from __future__ import annotations

import posixpath
import re

from travistool.record import Record

# Ruby anchors lines, not texts, hence re.MULTILINE and search.
_REMOTE = r"(?m)^([^/]+/[^/]+):(.+?.yml)(?:@(.+))?$"
_LOCAL = r"(?m)^(.+.yml)(?:@([^@]+))?$"


class Reference(Record):
    """An import: repository `owner/name`, path from the repository's root, and commit, branch or tag.

    None means that neither the text nor the importing file says it.
    """

    repo: str | None
    path: str
    ref: str | None


class ImportReferenceError(ValueError):
    """Text that names no config file. `text` is what was written."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} names no config file")
        self.text = text


def parse(text: str, repo: str | None = None, ref: str | None = None, path: str | None = None) -> Reference:
    """Return what `text` points to, seen from the file `path` of `repo` at `ref`. Raises ImportReferenceError.

    A path that starts with `./` is relative to the folder of `path`. Leading `../` that leave the repository are
    kept (the official parser resolves them against its own working directory).
    """
    remote = re.search(_REMOTE, text)
    if remote:
        return Reference(remote[1], _expand(remote[2], path), remote[3] or ref)
    local = re.search(_LOCAL, text)
    if local:
        return Reference(repo, _expand(local[1], path), local[2] or ref)
    raise ImportReferenceError(text)


def _expand(target: str, path: str | None) -> str:
    if path is None or not target.startswith("./"):
        return target
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
