"""Commands that publish something, and commands that test: what the rules about their phases look for."""

from __future__ import annotations

from re import search

from travistool.lint.shell import call
from travistool.lint.shell_text import Simple

PUBLISHING: tuple[tuple[str, str], ...] = (
    ("npm", r"publish"),
    ("yarn", r"publish"),
    ("lerna", r"publish"),
    ("twine", r"upload"),
    ("gem", r"push"),
    ("cargo", r"publish"),
    ("pod", r"trunk push"),
    ("docker", r"push"),
    ("git", r"(-\S+ \S+ )*push"),
    ("mvn", r"(.* )?deploy"),
    ("mvnw", r"(.* )?deploy"),
    ("gradle", r"(.* )?(publish|uploadArchives|bintrayUpload|publishPlugins)"),
    ("gradlew", r"(.* )?(publish|uploadArchives|bintrayUpload|publishPlugins)"),
    ("aws", r"s3 (cp|sync) (?!s3://)[^-]\S* s3://\S+"),
    ("firebase", r"deploy"),
    ("heroku", r"container:(push|release)"),
    ("cf", r"push"),
    ("gcloud", r"app deploy"),
    ("serverless", r"deploy"),
    ("sls", r"deploy"),
    ("netlify", r"deploy"),
    ("mkdocs", r"gh-deploy"),
    ("semantic-release", r""),
    ("goreleaser", r"(release.*)?"),
)
"""Programs, and how their arguments start where they publish."""
VERBS = ("publish", "push", "upload", "Upload", "deploy", "s3 ", "container:", "semantic-release", "goreleaser")
"""Words of which each of them has one."""
_TESTING: tuple[tuple[str, str], ...] = (
    ("npm", r"(run )?test\b"),
    ("yarn", r"(run )?test\b"),
    ("make", r"(.* )?(test|check)"),
    ("cargo", r"test"),
    ("go", r"(test|vet)"),
    ("mvn", r"(.* )?(test|verify)"),
    ("gradlew", r"(.* )?(test|check)"),
    ("rake", r"(.* )?(test|spec)"),
    ("phpunit", r""),
    ("pytest", r""),
    ("unittest", r""),
    ("tox", r"(?!.*-e ?(sdist|docs?|build|cover))"),
    ("rspec", r""),
    ("ctest", r""),
)
TESTERS = tuple(dict.fromkeys(name for name, _ in _TESTING))
_TOLD = ("test", "check", "verify", "spec", "publish", "upload", "push", "deploy", "s3", "uploadArchives", "gh-deploy")
_ONLY_TRIES = ("--dry-run", "--help", "--noop")


def publishes(one: Simple) -> str:
    """Return the program and its first argument where a command publishes, else ``."""
    return _named(one, PUBLISHING)


def tests(one: Simple) -> str:
    """Return the program and its first argument where a command tests, else ``."""
    return _named(one, _TESTING)


def _named(one: Simple, table: tuple[tuple[str, str], ...]) -> str:
    words = [word.text for word in call(one)]
    if words[:2] == ["bundle", "exec"] or words[:1] == ["npx"]:
        words = words[2 if words[0] == "bundle" else 1 :]
    elif words[1:2] == ["-m"] and words[0].startswith("python"):
        words = words[2:]
    if not words or any(word in _ONLY_TRIES for word in words):
        return ""
    name, rest = words[0].rpartition("/")[2], " ".join(words[1:])
    for program, pattern in table:
        if name == program and (
            not pattern or search(rf"^(?:{pattern})(?=\s|\Z)" if pattern[:3] != "(?!" else f"^{pattern}", rest)
        ):
            told = next((word for word in words[1:] if word in _TOLD), "")
            return f"{name} {told}" if told else name
    return ""
