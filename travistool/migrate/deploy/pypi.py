"""`pypi`: distributions are built by setup.py, checked and uploaded by twine. PyPI itself takes tokens only."""

from __future__ import annotations

import re

from travistool.migrate.data.facts import facts
from travistool.migrate.deploy.options import CLEAR, Options, in_quotes
from travistool.migrate.tasks import Tasks

_OLD = re.compile(r"https?://(?:test)?pypi\.python\.org/")
_OWN = re.compile(r"https?://(?:test|upload)\.pypi\.org/")
_TEST = "https://test.pypi.org/legacy/"


def commands(options: Options) -> list[str]:
    """Return the commands."""
    place = options.deployment.place
    server = options.text("server")
    is_test = "test" in server
    is_own = not server or bool(_OLD.match(server) or _OWN.match(server))
    if _OLD.match(server):
        # It takes no uploads any more, its successor does.
        server = _TEST if is_test else ""
    word = _token(options) if is_own else options.secret("password", "PYPI_PASSWORD")
    options.drop("username")
    user = "__token__" if is_own else options.word("username", "__token__")
    options.drop("skip_upload_docs", "docs_dir")
    if options.is_on("upload_docs"):
        reason = "PyPI takes no documentation any more ('upload_docs')"
        options.tasks.add("deployment", reason, "host the documentation elsewhere", place)
    python = "python" if options.row.language.name == "python" else "python3"
    return [
        *([] if python == "python" else ["export PIP_BREAK_SYSTEM_PACKAGES=1"]),
        f"{python} -m pip install --upgrade {' '.join(_packages(options))}",
        f"{python} setup.py {options.text('distributions', 'sdist')}",
        *([f"{python} -m twine check dist/*"] if options.is_on("twine_check", default=True) else []),
        f"export TWINE_USERNAME={user} TWINE_PASSWORD={word}",
        f"{python} -m twine upload{_flags(options, server)} dist/*",
        *(["rm -rf dist/*"] if options.is_on("remove_build_dir", default=True) else []),
    ]


def _token(options: Options) -> str:
    """Return the word for the token that stands for the password, with one task about it."""
    tasks, scratch = options.tasks, Tasks()
    options.tasks = scratch
    word = options.secret("password", "PYPI_PASSWORD")
    options.tasks = tasks
    told = [one for one in scratch.all() if one.reason.endswith(CLEAR)]
    for one in told:
        tasks.add(one.kind, one.reason, one.do, one.place)
    if told:
        return word
    name = word.strip('"$')
    which = f" ({name})" if name != "PYPI_PASSWORD" else ""
    reason = f"PyPI takes API tokens in place of the user and the password of the deployment to pypi{which}"
    way = f"make a token there, and enter it as the secret {name}"
    tasks.add("secret", reason, way, options.deployment.place)
    return word


def _packages(options: Options) -> list[str]:
    pins = facts("clients")["pip"]
    names = ("setuptools", "wheel", "twine")
    return [
        in_quotes(f"{name}=={options.text(f'{name}_version')}") if options.has(f"{name}_version") else f"'{pins[name]}'"
        for name in names
    ]


def _flags(options: Options, server: str) -> str:
    flags = f" --repository-url {in_quotes(server)}" if server else ""
    return flags + options.switch("skip_existing")
