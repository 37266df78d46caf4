"""`packagecloud`: packages for a distribution, by the service's own client."""

from __future__ import annotations

from travistool.catalog.settings import as_text
from travistool.migrate.deploy.options import Options, exported, glob_word, in_quotes

_PACKAGES = "**/*.{rpm,deb,dsc,gem,jar,aar,war,whl,egg,tgz,tar.gz,zip}"


def commands(options: Options) -> list[str]:
    """Return the commands. With `force`, a package that is there is taken away first."""
    token = options.secret("token", "PACKAGECLOUD_TOKEN")
    options.drop("connect_timeout", "read_timeout", "write_timeout")
    parts = [options.text(key) for key in ("username", "repository", "dist") if options.has(key)]
    where = in_quotes("/".join(parts))
    patterns = " ".join(glob_word(as_text(one)) for one in options.values("package_glob")) or _PACKAGES
    yank = [f'  package_cloud yank {where} "${{file##*/}}" || true'] if options.is_on("force") else []
    return [
        options.gem("package_cloud"),
        *exported(PACKAGECLOUD_TOKEN=token),
        f"cd {options.word('local_dir', '.')}",
        "shopt -s globstar nullglob",
        f"for file in {patterns}; do",
        *yank,
        f'  package_cloud push {where} "$file"',
        "done",
    ]
