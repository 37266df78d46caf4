"""`npm`: a package, or scripts of it that publish. The token stands in ~/.npmrc only as long as it is needed."""

from __future__ import annotations

from travistool.migrate.deploy.options import Options, in_quotes

_REGISTRY = "registry=$(node -p \"(require('./package.json').publishConfig || {}).registry || ''\")"


def commands(options: Options) -> list[str]:
    """Return the commands. Without a registry of its own, the package says which one it goes to, else npm does."""
    token = options.secret("api_token", "NPM_TOKEN")
    options.drop("email")
    if options.has("registry"):
        lines = [f"registry={options.word('registry')}"]
    else:
        lines = [_REGISTRY, 'registry="${registry:-$(npm config get registry)}"']
    key = "_auth" if options.text("auth_method") == "auth" else "_authToken"
    # GitHub's registry has one login for all owners.
    host = "$(sed 's,^https*://,,; s,/*$,,; s,^npm.pkg.github.com/.*,npm.pkg.github.com,' <<< \"$registry\")"
    lines.append(f"printf '//%s/:{key}=%s\\n' \"{host}\" {token} >> ~/.npmrc")
    scripts = options.words("run_script")
    if scripts:
        options.drop("src", "tag", "access", "dry_run")
        return [*lines, *[f"npm run {one}" for one in scripts]]
    where = f" {options.word('src')}" if options.has("src") else ""
    flags = options.flag("access") + options.flag("tag") + options.switch("dry_run")
    return [
        *lines,
        f"npm publish{where}{' --registry ' + in_quotes('$registry') if options.has('registry') else ''}{flags}",
    ]
