"""A phase that repeats what Travis does anyway: a line less to read."""

from __future__ import annotations

from travistool.diagnostics import Severity
from travistool.lint.fixes import deletion
from travistool.lint.jobs import language_of
from travistool.lint.rule import Finding, Rule
from travistool.lint.wording import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from travistool.lint.subject import File

_DEFAULTS: dict[tuple[str, str], dict[str, str]] = {
    ("node_js", "script"): {"npm test": "a package.json and no yarn.lock", "yarn test": "a yarn.lock"},
    ("elixir", "script"): {"mix test": ""},
    ("go", "script"): {"go test -v ./...": "no Makefile", "make": "a Makefile"},
    ("python", "install"): {"pip install -r requirements.txt": "a requirements.txt"},
    ("ruby", "script"): {"bundle exec rake": "a Gemfile", "rake": "no Gemfile"},
    ("rust", "script"): {"cargo build --verbose\ncargo test --verbose": ""},
    ("c", "script"): {"./configure && make && make test": ""},
    ("cpp", "script"): {"./configure && make && make test": ""},
    ("clojure", "script"): {"lein test": ""},
    ("crystal", "script"): {"crystal spec": ""},
    ("java", "script"): {
        "./gradlew check": "a gradlew",
        "gradle check": "a build.gradle and no gradlew",
        "mvn test -B": "a pom.xml and no mvnw",
        "./mvnw test -B": "a mvnw",
    },
}
"""By language and phase: commands, and what the repository must have for them. travis-build at 2812e526."""


def check(file: File) -> Iterator[Finding]:
    for (language, phase), known in _DEFAULTS.items():
        for owner in file.owners:
            element = owner.get(phase)
            if element is None or language_of(file, owner) != language or element.key_node is None:
                continue
            if owner is not file.root and file.root.get(phase) is not None:
                continue  # then it is there to replace that
            if owner is not file.root and len(owner.children) == 1:
                continue  # all that makes the job an entry of its own
            text = "\n".join([str(one.value) for one in (element.items or [element])])
            if text in known:
                needs = f" for a repository with {known[text]}" if known[text] else ""
                message = f"{quoted(phase)} says what Travis does by default{needs}, delete it"
                yield Finding(element.key_span(), message, deletion(file, element, f"delete {quoted(phase)}"))


RULE = Rule(
    name="same-as-default",
    severity=Severity.INFO,
    summary="a phase repeats the default of its language",
    why="Travis runs the same without it. Some prefer to see what is run: then leave it.",
    bad="language: rust\nscript: # <- here\n  - cargo build --verbose\n  - cargo test --verbose\n",
    good="language: rust\n",
    check=check,
    trigger=tuple([text.split("\n")[0] for known in _DEFAULTS.values() for text in known]),
    profile="pedantic",
    fix="unsafe",
)
