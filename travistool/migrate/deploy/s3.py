"""`s3`: the files of a folder, by Amazon's client; headers may differ by pattern, so there may be several passes."""

from __future__ import annotations

import re
from typing import NamedTuple

from travistool.catalog.settings import as_text
from travistool.migrate.deploy import aws
from travistool.migrate.deploy.options import Options, in_quotes

_NAMED = re.compile(r"(.+): +([^:]+)\Z")
_BRACES = re.compile(r"\{(.*)\}\Z")
_EXCEPT = ' "${there[@]}"'
_HIDDEN = " --exclude '.*' --exclude '*/.*'"
_BY_HAND = {
    "detect_encoding": "compressed files get no Content-Encoding by themselves",
    "default_text_charset": "text files get no charset by themselves",
}


class _Header(NamedTuple):
    """A header's value for the files of some patterns; for all where there are none."""

    value: str
    patterns: tuple[str, ...]


def commands(options: Options) -> list[str]:
    """Return the commands: one pass for each pattern of headers, one for the rest."""
    lines = aws.login(options)
    if options.is_on("force_path_style"):
        lines.append("aws configure set default.s3.addressing_style path")
    if options.has("max_threads"):
        lines.append(f"aws configure set default.s3.max_concurrent_requests {options.word('max_threads')}")
    options.drop("verbose")
    for key, what in _BY_HAND.items():
        if options.is_on(key):
            reason = f"{what} ('{key}' of s3)"
            options.tasks.add(
                "deployment", reason, "add a pass with the header for such files", options.deployment.place
            )
    target = f"s3://{options.text('bucket')}" + (f"/{options.text('upload_dir')}" if options.has("upload_dir") else "")
    call = f"aws s3 cp --recursive{_flags(options)} {options.word('local_dir', '.')} {in_quotes(target)}"
    keeps = not options.is_on("overwrite", default=True)
    lines += _there(options) if keeps else []
    lines += [f"{call}{chosen}{_EXCEPT if keeps else ''}" for chosen in _passes(options)]
    if options.has("index_document_suffix"):
        suffix = options.word("index_document_suffix")
        lines.append(f"aws s3 website {in_quotes('s3://' + options.text('bucket'))} --index-document {suffix}")
    return lines


def _flags(options: Options) -> str:
    # Objects are private by themselves, and newer buckets refuse to be told.
    flags = f" --acl {in_quotes(options.text('acl').replace('_', '-'))}" if options.has("acl") else ""
    flags += options.flag("endpoint", "endpoint-url") + options.flag("storage_class")
    flags += " --sse AES256" if options.is_on("server_side_encryption") else ""
    return flags


def _there(options: Options) -> list[str]:
    """Return the lines that list what is there already, so that it is left alone."""
    folder = f"{options.text('upload_dir')}/" if options.has("upload_dir") else ""
    name = f'"s3://{options.text("bucket")}/{folder}"'
    endpoint = options.flag("endpoint", "endpoint-url")
    key = f'"${{key#{folder}}}"' if folder else '"$key"'
    return [
        "there=()",
        f"while read -r _ _ _ key; do there+=(--exclude {key}); done < <(aws s3 ls --recursive{endpoint} {name})",
    ]


def _passes(options: Options) -> list[str]:
    hidden = "" if options.is_on("dot_match") else _HIDDEN
    globs = [re.sub(r"\A\*\*/\*?", "*", as_text(one)) for one in options.values("glob")]
    chosen = "".join([" --exclude '*'", *[f" --include {in_quotes(one)}" for one in globs]]) if globs else ""
    headers = [
        (name, _headers(options, key)) for key, name in (("cache_control", "cache-control"), ("expires", "expires"))
    ]
    several = [(name, found) for name, found in headers if any(one.patterns for one in found)]
    flat = "".join(
        f" --{name} {in_quotes(found[0].value)}" for name, found in headers if found and not found[0].patterns
    )
    if not several:
        return [f"{chosen}{hidden}{flat}"]
    if len(several) > 1 or globs:
        reason = "headers by pattern meet other patterns ('cache_control', 'expires' and 'glob' of s3)"
        options.tasks.add("deployment", reason, "check which pass uploads which files", options.deployment.place)
    name, found = several[0]
    return list(_by_pattern(name, found, hidden, flat))


def _headers(options: Options, key: str) -> list[_Header]:
    """Return the values of a header in order: `public: *.css,*.js` is for some files, `public` for all."""
    found = []
    for item in options.values(key):
        text = " ".join(f"{name}: {value}" for name, value in item.items()) if isinstance(item, dict) else as_text(item)
        named = _NAMED.match(text)
        if named:
            inner = _BRACES.match(named[2])
            patterns = tuple([one.strip() for one in (inner[1] if inner else named[2]).split(",")])
            found.append(_Header(named[1].strip('"'), patterns))
        else:
            found.append(_Header(text.strip('"'), ()))
    return found or ([_Header("no-cache", ())] if key == "cache_control" else [])


def _by_pattern(name: str, headers: list[_Header], hidden: str, flat: str) -> list[str]:
    """Return a pass for each value: the first pattern that fits a file counts."""
    passes, taken = [], ""
    for one in headers:
        chosen = (
            f" --exclude '*'{''.join(f' --include {_quoted(glob)}' for glob in one.patterns)}" if one.patterns else ""
        )
        passes.append(f"{chosen}{taken}{hidden} --{name} {in_quotes(one.value)}{flat}")
        taken += "".join(f" --exclude {_quoted(glob)}" for glob in one.patterns)
        if not one.patterns:
            return passes
    return [*passes, f"{taken}{hidden}{flat}"]


def _quoted(glob: str) -> str:
    return f"'{glob}'"
