"""Mistakes as people also write them, and what looks like one and is none: rows that a narrower or wider rule got wrong."""

import pytest

from tests.lint.findings import findings
from travistool.lint.fixing import applied

_C = "language: c\nscript: make\n"


def job(script: str) -> str:
    """Return a config whose script is a text, written as a block."""
    lines = "".join(f"    {line}\n" for line in script.split("\n"))
    return f"language: c\nscript:\n  - |\n{lines}"


FOUND = (
    ("tab", "language: c\t\nscript: make\n"),
    ("constant-result", "language: c\nscript: x\nif: type IN (push, api) AND type = cron\n"),
    (
        "constant-result",
        'language: c\nscript: x\njobs: {include: [{if: "NOT type = push OR NOT type = cron", script: x}]}\n',
    ),
    ("constant-result", "language: c\nscript: x\nif: env(A) = 1 AND env(A) = 2\n"),
    (
        "constant-result",
        "language: c\nscript: x\nstages: [{name: a, if: branch != master OR branch != dev}]\njobs: {include: [{stage: a, script: y}]}\n",
    ),
    ("regex-in-list", "language: c\nscript: x\nif: branch NOT IN (/^v/, master)\n"),
    ("regex-in-list", "language: c\nscript: x\nif: head_branch IN (^feature)\n"),
    ("quoted-regex", 'language: c\nscript: x\nif: branch !~ "^v"\n'),
    ("apt-upgrade", "language: c\nbefore_install: sudo apt-get -y dist-upgrade\n"),
    ("apt-upgrade", "language: c\nbefore_install: sudo apt upgrade -y\n"),
    ("branch-not-fetched", "language: c\nscript: git log origin/develop..HEAD\n"),
    ("branch-not-fetched", "language: c\nscript: BASE=$(git merge-base origin/master HEAD)\n"),
    ("commit-range-unchecked", "language: c\nscript: git diff --stat $TRAVIS_COMMIT_RANGE\n"),
    ("apt-by-hand", "language: c\nbefore_install: sudo apt-get update -qq && sudo apt-get -y install cmake\n"),
    ("big-matrix", "language: c\nenv: [{}]\nscript: make\n".format(",".join(f"A={number}" for number in range(21)))),
    ("block-last-status", "language: c\nscript: | # all\n  pytest\n  flake8\n"),
    ("block-last-status", "language: c\nscript:\n  - |2\n      pytest\n      flake8\n"),
    ("branch-and-tag", f"{_C}if: branch IN (master, dev) AND tag =~ /^v/\n"),
    ("branch-and-tag", f"{_C}if: (branch = master OR branch = main) AND (tag IS present)\n"),
    ("branch-as-image-tag", "language: c\nenv: TAG=$TRAVIS_BRANCH\nscript: docker push acme/app:$TAG\n"),
    ("branch-as-image-tag", "language: c\nscript:\n  - export TAG=${TRAVIS_BRANCH}\n  - docker push acme/app:$TAG\n"),
    ("branches-block-tags", f"{_C}branches: {{only: [master]}}\njobs: {{include: [{{if: tag IS present}}]}}\n"),
    (
        "branches-block-tags",
        f"{_C}branches: [master]\ndeploy: {{provider: script, script: x, on: {{condition: -n $TRAVIS_TAG}}}}\n",
    ),
    (
        "cache-emptied",
        "language: node_js\ncache: {directories: [$TRAVIS_BUILD_DIR/node_modules]}\ninstall: npm ci --no-audit\n",
    ),
    ("checks-off", job("curl -skL https://acme.org/a | tar xz")),
    ("checks-off", f"{_C}env: GIT_SSL_NO_VERIFY=true\n"),
    ("deploy-branch-never-built", f"{_C}branches: {{only: main}}\ndeploy: {{provider: script, script: x}}\n"),
    (
        "deploy-branch-never-built",
        f"{_C}branches: {{except: next}}\ndeploy: {{provider: script, script: x, on: {{branch: next}}}}\n",
    ),
    ("dumps-environment", "language: c\nenv: [secure: abc]\nscript: [set, make]\n"),
    ("fixed-sleep", "language: c\nbefore_script: sleep 1m\n"),
    ("git-protocol", job('git config --global url."git://github.com".insteadOf https://github.com')),
    ("no-blanks-in-test", job("test $CC=gcc && make")),
    ("nothing-to-run", "language: python\ninstall: pip install .\nscript:\n"),
    ("pipe-hides-status", job("make test |& tee log")),
    ("pipe-hides-status", job("tox | cat")),
    ("pipe-to-shell", job('eval "$(curl -sL https://acme.org/a.sh)"')),
    ("prints-secret", job("printenv DEPLOY_PASSWORD")),
    ("pull-request-true", job('if [ true = "$TRAVIS_PULL_REQUEST" ]; then make; fi')),
    ("pull-request-true", job('if [ -n "$TRAVIS_PULL_REQUEST" ]; then make; fi')),
    ("pull-request-true", job("test -z $TRAVIS_PULL_REQUEST && make")),
    ("service-not-declared", job("redis-cli ping")),
    (
        "service-not-declared",
        "language: shell\njobs:\n  include:\n    - services: docker\n      script: make\n    - script: docker build .\n",
    ),
    ("test-in-after-phase", f"{_C}after_success: python3 -m pytest tests\n"),
    ("unknown-travis-variable", job("echo $TRAVIS_TAG_NAME")),
    ("unquoted-in-test", job("if [ $NUMBER -gt 1 ]; then make; fi")),
)
QUIET = (
    ("tab", "# why\t\nlanguage: c\n"),
    ("constant-result", "language: c\nscript: x\nif: branch != master OR type != push\n"),
    ("constant-result", "language: c\nscript: x\nif: branch = master OR branch = dev\n"),
    (
        "constant-result",
        "language: c\nscript: x\nif: (branch = master AND type = push) OR (branch = dev AND type = cron)\n",
    ),
    (
        "constant-result",
        "language: c\nscript: x\nif: (branch != master OR type = cron) AND (branch != dev OR type = cron)\n",
    ),
    ("constant-result", "language: c\nscript: x\nif: tag != v1 AND tag != v2\n"),
    ("regex-in-list", "language: c\nscript: x\nif: branch IN (feature/a, v1)\n"),
    ("quoted-regex", 'language: c\nscript: x\nif: branch =~ /^v"x"/\n'),
    ("apt-upgrade", "language: c\nbefore_install: sudo apt-get install --only-upgrade git\n"),
    ("apt-upgrade", "language: c\nbefore_install: pip install --upgrade apt-tool\n"),
    (
        "branch-not-fetched",
        "language: c\nbefore_script: git fetch origin master:refs/remotes/origin/master\nscript: git diff origin/master\n",
    ),
    ("branch-not-fetched", "language: c\ngit: {depth: false}\nscript: git diff origin/master\n"),
    ("branch-not-fetched", "language: c\nbranches: {only: [master]}\nscript: git diff origin/master\n"),
    ("branch-not-fetched", "language: c\nscript: git diff origin/$TRAVIS_BRANCH\n"),
    ("commit-range-unchecked", "language: c\nscript: git diff --stat $TRAVIS_COMMIT_RANGE || true\n"),
    ("commit-range-unchecked", "language: c\nscript: echo $TRAVIS_COMMIT_RANGE\n"),
    (
        "before-deploy-per-target",
        (
            "language: c\nbefore_deploy: if ! [ $RAN ]; then export RAN=1; make dist; fi\n"
            "deploy: [{provider: s3}, {provider: npm}]\n"
        ),
    ),
    ("branch-and-tag", f"{_C}if: branch IN (master, v1) AND tag =~ /^v/\n"),
    ("branch-as-image-tag", job("TAG=$TRAVIS_BRANCH\nTAG=${TAG//\\//-}\ndocker push acme/app:$TAG")),
    ("branches-block-tags", f"{_C}branches: [master]\njobs: {{include: [{{if: tag IS blank}}]}}\n"),
    (
        "branches-block-tags",
        f"{_C}branches: [master]\ndeploy: {{provider: script, script: x, on: {{condition: -n $A || -n $TRAVIS_TAG}}}}\n",
    ),
    (
        "checks-off",
        "language: c\nscript:\n  - echo 'Host localhost' >> a\n  - echo '  StrictHostKeyChecking no' >> a\n",
    ),
    ("deploy-branch-never-built", f"{_C}branches: {{only: main}}\ndeploy: {{provider: heroku, app: {{main: x}}}}\n"),
    ("deploy-branch-never-built", f"{_C}branches: {{only: main}}\ndeploy: {{provider: pages, on: {{tags: true}}}}\n"),
    ("deploy-tool-edge", f"{_C}deploy: {{provider: pypi, edge: {{branch: v1.8.47}}}}\n"),
    ("deploy-without-on", f"{_C}deploy: {{provider: heroku, app: {{main: x}}}}\n"),
    ("dumps-environment", f"{_C}install: env\ndeploy: {{provider: npm, api_token: {{secure: abc}}}}\n"),
    ("installed-twice", "language: node_js\nbefore_script: [nvm use 8, rm -rf node_modules, npm install]\n"),
    ("or-true", job("sudo apt-get remove --purge x || true")),
    ("or-true", job("ccache -s || true")),
    ("pipe-hides-status", job("echo a | cat")),
    ("pipe-hides-status", job("make | cat -n > log\ngrep ok log")),
    ("pull-request-true", job('if [ -n "$TRAVIS_PULL_REQUEST_BRANCH" ]; then make; fi')),
    ("same-as-default", "language: ruby\njobs:\n  include:\n    - script: bundle exec rake\n    - script: rake docs\n"),
    ("service-not-declared", job("sudo apt-get install redis-server\nredis-cli ping")),
    (
        "service-not-declared",
        "language: shell\nscript: docker build .\njobs:\n  include:\n    - services: docker\n    - name: b\n",
    ),
    ("unknown-travis-variable", job("source ci/names.sh\necho $TRAVIS_TAG_NAME")),
    ("unquoted-in-test", job("if [ $SECONDS -gt 1 ]; then make; fi")),
    ("unquoted-in-test", job("for i in 1 2; do if [ $i -gt 1 ]; then make; fi; done")),
)


@pytest.mark.parametrize(("rule", "text"), FOUND)
def test_found(rule: str, text: str) -> None:
    assert findings(text, rule)


@pytest.mark.parametrize(("rule", "text"), QUIET)
def test_quiet(rule: str, text: str) -> None:
    assert findings(text, rule) == ()


def test_a_variable_is_shown_by_its_name() -> None:
    text = f"{_C}env: API_TOKEN=f3a91c0be77d4d2c9e58b6a1d04f72ce OTHER=1\n"
    assert [one.span.text for one in findings(text, "secret-looking-variable")] == ["API_TOKEN"]


FIXED = (
    ("cache-other-language", "language: go\ncache: pip\n", "language: go\ncache: {directories: [$HOME/.cache/pip]}\n"),
    (
        "cache-other-language",
        "language: go\ncache:\n  - yarn # so\n",
        "language: go\ncache:\n  - directories: [$HOME/.cache/yarn] # so\n",
    ),
    (
        "cache-other-language",
        "language: go\ncache:\n  directories:\n    - a\n  pip: true\n",
        "language: go\ncache:\n  directories:\n    - a\n    - $HOME/.cache/pip\n",
    ),
    ("cache-pattern", "cache: {directories: ['$HOME/.sbt/*']}\n", "cache: {directories: ['$HOME/.sbt']}\n"),
    ("checks-off", job("curl -skL https://acme.org"), job("curl -sL https://acme.org")),
    ("checks-off", job("wget --no-check-certificate -q https://acme.org"), job("wget -q https://acme.org")),
    ("env-word", f"{_C}env:\n  - A=-O2 -g # b\n", f'{_C}env:\n  - A="-O2 -g" # b\n'),
    ("or-true", job("phpcs src || true"), job("phpcs src")),
    ("wrapper-misuse", job("sudo travis_retry make"), job("travis_retry sudo make")),
    (
        "stage-not-adjacent",
        "jobs:\n  include:\n    - stage: a\n    - stage: b\n    # c\n    - stage: a\n    - name: d\n    - stage: e\n",
        "jobs:\n  include:\n    - stage: a\n    # c\n    - stage: a\n    - name: d\n    - stage: b\n    - stage: e\n",
    ),
)


@pytest.mark.parametrize(("rule", "before", "after"), FIXED)
def test_fixed(rule: str, before: str, after: str) -> None:
    (found,) = findings(before, rule)
    assert found.fix is not None
    assert applied(before, found.fix.edits) == after


def test_two_shorthands_make_one_list() -> None:
    first, second = findings("language: go\ncache: [pip, yarn]\n", "cache-other-language")
    assert first.fix is not None
    assert second.fix is None


@pytest.mark.parametrize(
    ("cache", "found"),
    [
        pytest.param("apt", "apt", id="the value"),
        pytest.param("[ccache, apt]", "apt", id="an item"),
        pytest.param("{ccache: true, apt: true}", "apt", id="a key"),
    ],
)
def test_a_shorthand_is_where_its_word_stands(cache: str, found: str) -> None:
    (finding,) = findings(f"language: c\ncache: {cache}\n", "cache-apt")
    assert (finding.span.text, finding.span.start) == (found, len("language: c\ncache: ") + cache.index(found))
