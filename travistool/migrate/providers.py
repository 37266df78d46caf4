"""Deployments as shell commands, for any target: one function per provider in a table, Travis's own tool for the rest.

Options reach the shell as they do on Travis, in double quotes, so that `$X` and `$(...)` in them count. Secrets come by
variables; a target says where these are from.
"""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from travistool.catalog.settings import as_text
from travistool.migrate.blocks import text_of
from travistool.migrate.machine import listed
from travistool.migrate.model import Deployment, Row
from travistool.migrate.tasks import Tasks

DEAD = frozenset(
    (
        "bintray",
        "atlas",
        "hipchat",
        "openshift",
        "deis",
        "cloudfiles",
        "appfog",
        "modulus",
        "nodejitsu",
        "catalyze",
        "bitballoon",
        "ninefold",
        "cloudcontrol",
        "exoscale",
        "dotcloud",
        "divshot",
    )
)
"""Services that no longer exist."""


OF_REPOSITORY = frozenset(("releases", "pages"))
"""Providers that write to the repository itself, unless `repo` names another one."""

OWN_TOKEN = "GITHUB_TOKEN"  # noqa: S105  # a name


class Commands(NamedTuple):
    """What a deployment runs. `env` are variables with their plain text; `secrets` are variables that hold secrets."""

    commands: tuple[str, ...]
    secrets: tuple[str, ...] = ()
    env: Mapping[str, str] = {}


class _Options:
    """The options of one deployment; collects the secrets that they name."""

    def __init__(self, deployment: Deployment, tasks: Tasks, row: Row, *, own_token: bool) -> None:
        self.row = row
        self.own_token = own_token and deployment.provider in OF_REPOSITORY and not deployment.options.get("repo")
        self.options = deployment.options
        self.deployment = deployment
        self.tasks = tasks
        self.secrets: list[str] = []

    def has(self, key: str) -> bool:
        return self.options.get(key) not in (None, False)

    def text(self, key: str, default: str = "") -> str:
        """Return an option as one word for the shell; the text between double quotes is the shell's to fill in."""
        value = self.options.get(key)
        return in_quotes(as_text(listed(value)[0])) if value not in (None, False, []) else default

    def plain(self, key: str, default: str = "") -> str:
        value = self.options.get(key)
        return as_text(listed(value)[0]) if value not in (None, False, []) else default

    def words(self, key: str) -> list[str]:
        return [in_quotes(as_text(one)) for one in listed(self.options.get(key))]

    def secret(self, keys: tuple[str, ...], name: str) -> str:
        """Return the variable for a credential: the one that the config names (`$TOKEN`), else a secret of ours."""
        if self.own_token:
            self.secrets = [OWN_TOKEN]
            return f'"${OWN_TOKEN}"'
        value = next((self.options[key] for key in keys if self.options.get(key) not in (None, False)), None)
        text = as_text(value) if not isinstance(value, dict | list) else ""
        found = re.fullmatch(r"[\"']?\$\{?([A-Za-z_]\w*)\}?[\"']?", text)
        if found:
            self.note(found[1])
            return f'"${found[1]}"'
        if name not in self.secrets:
            self.secrets.append(name)
        if text:
            self.tasks.add(
                "secret",
                f"the deployment to {self.deployment.provider} has its credential in clear text",
                f"revoke it, make a new one, and enter that as the secret {name}",
                self.deployment.place,
            )
        return f'"${name}"'

    def note(self, name: str) -> None:
        """Take a variable that the config does not set from a secret: on Travis it is a setting of the website."""
        known = {variable.name for variable in self.row.variables}
        # An encrypted line may be this variable, and a command may set it.
        is_open = any(variable.kind == "line" for variable in self.row.variables) or f"{name}=" in self.row.texts
        if name in known or is_open:
            return
        if name not in self.secrets:
            self.secrets.append(name)
        self.tasks.add(
            "secret",
            f"the deployment to {self.deployment.provider} uses ${name}, which is a setting on Travis",
            f"enter it as the secret {name}",
            self.deployment.place,
        )


def in_quotes(text: str) -> str:
    """Return a text in double quotes, in which the shell fills in variables; without quotes where it needs none."""
    if re.fullmatch(r"[\w@%+=:,./-]+", text, re.ASCII):
        return text
    return '"' + re.sub(r'(?<!\\)"', r"\"", text) + '"'


def commands(deployment: Deployment, tasks: Tasks, row: Row, *, own_token: bool = False) -> Commands:
    """Return the commands of a deployment of a row. What is dead or only roughly the same becomes a task.

    With `own_token` what goes to the repository itself takes GITHUB_TOKEN, whatever credential the config names.
    """
    provider = deployment.provider
    if not provider:
        reason = "a deployment names no provider, so Travis cannot run it either"
        tasks.add("deployment", reason, "name the provider, or drop it", deployment.place)
        return Commands(())
    if provider in DEAD:
        reason = f"the service behind the provider '{provider}' no longer exists"
        tasks.add("deployment", reason, "deploy to another service", deployment.place)
        return Commands(())
    options = _Options(deployment, tasks, row, own_token=own_token)
    make = _PROVIDERS.get(provider)
    if make is None:
        tasks.add(
            "deployment",
            f"'{provider}' is deployed by Travis's own tool, dpl, which needs Ruby",
            "replace it by the service's own client when there is time, and enter its credentials as secrets",
            deployment.place,
        )
        lines = _dpl(options, provider)
    else:
        lines = make(options)
    after = (
        [as_text(one) for one in listed(deployment.options.get("run"))] if provider in ("heroku", "openshift") else []
    )
    if after and provider == "heroku":
        lines += [f"heroku run {in_quotes(one)} --app {options.text('app', 'APP')}" for one in after]
    return Commands(tuple(lines), tuple(options.secrets))


def _script(options: _Options) -> list[str]:
    return [text_of(one) for one in listed(options.options.get("script"))]


def _releases(options: _Options) -> list[str]:
    token = options.secret(("api_key", "token"), "GITHUB_TOKEN")
    flags = [f"--title {options.text('name')}"] if options.has("name") else []
    flags += [
        f"--notes {options.text('body') if options.has('body') else options.text('release_notes', in_quotes(''))}"
    ]
    flags += ["--draft"] if options.options.get("draft") is True else []
    flags += ["--prerelease"] if options.options.get("prerelease") is True else []
    files = [as_text(one) for one in listed(options.options.get("file"))]
    is_glob = options.options.get("file_glob") is True
    given = " ".join(one if is_glob and " " not in one else in_quotes(one) for one in files)
    tag = options.text("tag_name", '"${TRAVIS_TAG:-untagged-$(git rev-parse --short HEAD)}"')
    clobber = " --clobber" if options.options.get("overwrite") is True or not options.has("overwrite") else ""
    repo = f" --repo {options.text('repo')}" if options.has("repo") else ""
    lines = [f"export GH_TOKEN={token}", "shopt -s globstar nullglob"] if is_glob else [f"export GH_TOKEN={token}"]
    create = f"gh release create {tag}{repo} {' '.join(flags)}".rstrip()
    lines.append(f"gh release view {tag}{repo} > /dev/null 2>&1 || {create}")
    if given:
        lines.append(f"gh release upload {tag}{repo} {given}{clobber}")
    return lines


def _pypi(options: _Options) -> list[str]:
    user = options.options.get("user") or options.options.get("username")
    name = as_text(user) if not isinstance(user, dict) and user not in (None, False) else "__token__"
    secret = options.secret(("password", "api_token", "token"), "PYPI_PASSWORD")
    built = options.plain("distributions", "sdist")
    build = [f"python setup.py {built}"] if built != "sdist bdist_wheel" else ["python -m build"]
    server = options.plain("server")
    flags = f" --repository-url {in_quotes(server)}" if server else ""
    flags += " --skip-existing" if options.has("skip_existing") else ""
    return [
        "python -m pip install --upgrade build setuptools wheel twine",
        *(build if not options.options.get("skip_build") else []),
        f"export TWINE_USERNAME={in_quotes(name)} TWINE_PASSWORD={secret}",
        f"python -m twine upload{flags} dist/*",
    ]


_NPM_LOGIN = "'%s:_authToken=%s\\n' \"$(npm config get registry | sed 's,^https*:,,')\""


def _npm(options: _Options) -> list[str]:
    token = options.secret(("api_token", "api_key", "token"), "NPM_TOKEN")
    registry = options.plain("registry", "").split("://")[-1].rstrip("/")
    flags = f" --tag {options.text('tag')}" if options.has("tag") else ""
    flags += f" --access {options.text('access')}" if options.has("access") else ""
    where = f" {options.text('src')}" if options.has("src") else ""
    custom = f" --registry https://{registry}" if options.has("registry") else ""
    # Without one of its own, npm says which registry it uses: with the scheme and a slash at the end.
    login = f"'//%s/:_authToken=%s\\n' {in_quotes(registry)}" if registry else _NPM_LOGIN
    return [
        f"printf {login} {token} >> ~/.npmrc",
        f"npm publish{where}{custom}{flags}",
    ]


def _pages(options: _Options) -> list[str]:
    token = options.secret(("token", "github_token", "api_key"), "GITHUB_TOKEN")
    branch = options.plain("target_branch", "gh-pages")
    repo = options.text("repo", '"$TRAVIS_REPO_SLUG"').strip('"')
    source = options.text("local_dir", ".")
    host = options.plain("github_url", "github.com")
    address = f'"https://x-access-token:${{PAGES_TOKEN}}@{host}/{repo}.git"'
    keeps = options.options.get("keep_history") is not False and options.has("keep_history")
    start = (
        f'git clone --depth 1 --branch {in_quotes(branch)} {address} "$site" || git init "$site"'
        if keeps
        else 'git init "$site"'
    )
    name = options.text("name", '"Deployment Bot"')
    email = options.text("email", "deploy@users.noreply.github.com")
    message = options.text("commit_message", '"Deploy $TRAVIS_COMMIT"')
    force = "" if keeps else " --force"
    fqdn = [f'echo {options.text("fqdn")} > "$site/CNAME"'] if options.has("fqdn") else []
    return [
        f"export PAGES_TOKEN={token}",
        "site=$(mktemp -d)",
        start,
        f'tar -C {source} --exclude=.git -cf - . | tar -C "$site" -xf -',
        *fqdn,
        'git -C "$site" add --all --force',
        f'git -C "$site" -c user.name={name} -c user.email={email} commit --allow-empty --quiet -m {message}',
        f'git -C "$site" push{force} {address} HEAD:{in_quotes(branch)}',
    ]


def _aws(options: _Options) -> list[str]:
    key = options.secret(("access_key_id",), "AWS_ACCESS_KEY_ID")
    secret = options.secret(("secret_access_key",), "AWS_SECRET_ACCESS_KEY")
    region = options.text("region", "us-east-1")
    return [f"export AWS_ACCESS_KEY_ID={key} AWS_SECRET_ACCESS_KEY={secret} AWS_DEFAULT_REGION={region}"]


def _s3(options: _Options) -> list[str]:
    target = f"s3://{options.plain('bucket')}"
    if options.has("upload_dir"):
        target += f"/{options.plain('upload_dir')}"
    acl = options.plain("acl", "private").replace("_", "-")
    flags = f" --acl {in_quotes(acl)}"
    for key in ("cache_control", "content_encoding"):
        if options.has(key) and not isinstance(options.options[key], list | dict):
            flags += f" --{key.replace('_', '-')} {options.text(key)}" if options.options[key] is not True else ""
    return [*_aws(options), f"aws s3 cp --recursive{flags} {options.text('local_dir', '.')} {in_quotes(target)}"]


def _heroku(options: _Options) -> list[str]:
    key = options.secret(("api_key",), "HEROKU_API_KEY")
    app = options.plain("app")
    if not app or isinstance(options.options.get("app"), dict):
        given = options.options.get("app")
        pairs = given if isinstance(given, dict) and "secure" not in given else {}
        lines = [f"{in_quotes(as_text(branch))}) app={in_quotes(as_text(one))} ;;" for branch, one in pairs.items()]
        choose = [
            'case "$TRAVIS_BRANCH" in',
            *[f"  {line}" for line in lines],
            "  *) app=${TRAVIS_REPO_SLUG##*/} ;;",
            "esac",
        ]
        pick, name = "\n".join(choose), "$app"
    else:
        pick, name = "", app
    return [
        f"export HEROKU_API_KEY={key}",
        *([pick] if pick else []),
        f'git push --force "https://heroku:$HEROKU_API_KEY@git.heroku.com/{name}.git" HEAD:refs/heads/main',
    ]


def _rubygems(options: _Options) -> list[str]:
    key = options.secret(("api_key",), "RUBYGEMS_API_KEY")
    gemspec = options.plain("gemspec") or (f"{options.plain('gem')}.gemspec" if options.has("gem") else "*.gemspec")
    host = f" --host {options.text('host')}" if options.has("host") else ""
    return [f"export GEM_HOST_API_KEY={key}", f"gem build {gemspec}", f"gem push{host} *.gem"]


def _surge(options: _Options) -> list[str]:
    domain = f" {options.text('domain')}" if options.has("domain") else ""
    return [f"npx surge {options.text('project', '.')}{domain}"]


def _firebase(options: _Options) -> list[str]:
    token = options.secret(("token",), "FIREBASE_TOKEN")
    project = f" --project {options.text('project')}" if options.has("project") else ""
    only = f" --only {options.text('only')}" if options.has("only") else ""
    return [f"npx firebase-tools deploy --non-interactive --token {token}{project}{only}"]


def _netlify(options: _Options) -> list[str]:
    token = options.secret(("auth",), "NETLIFY_AUTH_TOKEN")
    site = f" --site {options.text('site')}" if options.has("site") else ""
    folder = f" --dir {options.text('dir')}" if options.has("dir") else ""
    prod = " --prod" if options.options.get("prod") is True else ""
    return [f"npx netlify-cli deploy --auth {token}{site}{folder}{prod}"]


def _cargo(options: _Options) -> list[str]:
    return [f"cargo publish --token {options.secret(('token',), 'CARGO_REGISTRY_TOKEN')}"]


def _gcs(options: _Options) -> list[str]:
    target = f"gs://{options.plain('bucket')}"
    if options.has("upload_dir"):
        target += f"/{options.plain('upload_dir')}"
    key = options.secret(("key_file", "secret_access_key"), "GCS_KEY_JSON")
    return [
        f"printf '%s' {key} > ~/gcs-key.json",
        "gcloud auth activate-service-account --key-file ~/gcs-key.json",
        f"gcloud storage cp --recursive {options.text('local_dir', '.')} {in_quotes(target)}",
    ]


def _cloudfoundry(options: _Options) -> list[str]:
    user = options.secret(("username",), "CF_USERNAME")
    word = options.secret(("password",), "CF_PASSWORD")
    manifest = f" -f {options.text('manifest')}" if options.has("manifest") else ""
    app = f" {options.text('app_name')}" if options.has("app_name") else ""
    return [
        f"cf api {options.text('api')}",
        f"cf auth {user} {word}",
        f"cf target -o {options.text('organization')} -s {options.text('space')}",
        f"cf push{app}{manifest}",
    ]


def _packagecloud(options: _Options) -> list[str]:
    token = options.secret(("token",), "PACKAGECLOUD_TOKEN")
    where = "/".join(
        one for one in (options.plain("username"), options.plain("repository"), options.plain("dist")) if one
    )
    files = " ".join(options.words("package_glob")) or "./*.deb ./*.rpm"
    return [
        "gem install package_cloud",
        f"export PACKAGECLOUD_TOKEN={token}",
        f"package_cloud push {in_quotes(where)} {files}",
    ]


def _dpl(options: _Options, provider: str) -> list[str]:
    """Return the call of Travis's own tool: lists repeat the option, true and false are switches."""
    words = ["dpl", provider]
    for key, value in options.options.items():
        if key in ("cleanup", "run"):
            continue
        flag = f"--{key}"
        if value is True:
            words.append(flag)
        elif value is False:
            words.append(f"--no-{key}")
        elif isinstance(value, dict):
            words.append(f"{flag} {options.secret((key,), _secret_name(provider, key))}" if "secure" in value else "")
        else:
            words += [f"{flag} {in_quotes(as_text(one))}" for one in listed(value) if not isinstance(one, dict)]
    return ["gem install dpl", " ".join(word for word in words if word)]


def _secret_name(provider: str, key: str) -> str:
    return re.sub(r"\W+", "_", f"{provider}_{key}").upper()


_PROVIDERS: Mapping[str, Callable[[_Options], list[str]]] = {
    "script": _script,
    "releases": _releases,
    "pypi": _pypi,
    "npm": _npm,
    "pages": _pages,
    "s3": _s3,
    "heroku": _heroku,
    "rubygems": _rubygems,
    "surge": _surge,
    "firebase": _firebase,
    "netlify": _netlify,
    "cargo": _cargo,
    "gcs": _gcs,
    "cloudfoundry": _cloudfoundry,
    "packagecloud": _packagecloud,
}
