"""The shell functions that Travis's machines give to commands, as far as a job uses them, for any target.

Source of what they do: LIFECYCLE of the official compiler, travis-build lib/travis/build/bash at 2812e526. Written anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from travistool.migrate.sought import sought

FUNCTIONS: Mapping[str, str] = {
    "travis_retry": """\
travis_retry() {
  local try=1 status=0
  while [ "$try" -le 3 ]; do
    "$@" && return 0 || status=$?
    echo "The command \\"$*\\" failed ($status), try $try of 3." >&2
    try=$((try + 1))
    sleep 1
  done
  return "$status"
}""",
    "travis_wait": """\
travis_wait() {
  local minutes=20
  case "$1" in *[!0-9]* | '') ;; *) minutes=$1; shift ;; esac
  "$@" &
  local command=$! status=0
  (sleep "$((minutes * 60))" && kill -9 "$command") >/dev/null 2>&1 &
  local guard=$!
  wait "$command" || status=$?
  kill "$guard" 2>/dev/null || true
  return "$status"
}""",
    "travis_terminate": """\
travis_terminate() { exit "${1:-2}"; }""",
    "travis_fold": """\
travis_fold() { :; }""",
    "travis_time_start": """\
travis_time_start() { :; }""",
    "travis_time_finish": """\
travis_time_finish() { :; }""",
    "travis_nanoseconds": """\
travis_nanoseconds() { date +%s%N; }""",
    "travis_assert": """\
travis_assert() { local status=${1:-$?}; [ "$status" -eq 0 ] || exit 2; }""",
    "travis_result": """\
travis_result() { [ "$1" -eq 0 ] || export TRAVIS_TEST_RESULT=1; }""",
    "travis_cmd": """\
travis_cmd() {
  local status=0
  eval "$1" || status=$?
  case " $* " in *" --assert "*) [ "$status" = 0 ] || exit 2 ;; esac
  return "$status"
}""",
    "travis_jigger": """\
travis_jigger() { wait "$1"; }""",
    "phpenv": """\
phpenv() {
  local folder
  folder=$(php -r 'echo PHP_CONFIG_FILE_SCAN_DIR;')
  case "$1" in
    config-add) $(command -v sudo) cp "$2" "$folder" ;;
    config-rm) $(command -v sudo) rm -f "$folder"/*"${2%.ini}.ini" ;;
    version-name) php -r 'echo PHP_MAJOR_VERSION, ".", PHP_MINOR_VERSION, PHP_EOL;' ;;
  esac
}""",
    "travis_install_go_dependencies": """\
travis_install_go_dependencies() { shift; travis_retry go get -t "$@" ./...; }""",
}
"""Their text. All do with `set -e` and without."""

_NAMES = frozenset(
    (
        *("CONTINUOUS_INTEGRATION", "HAS_JOSH_K_SEAL_OF_APPROVAL", "TRAVIS", "TRAVIS_ALLOW_FAILURE", "TRAVIS_ARCH"),
        *("TRAVIS_BRANCH", "TRAVIS_BUILD_DIR", "TRAVIS_BUILD_ID", "TRAVIS_BUILD_NUMBER", "TRAVIS_BUILD_STAGE_NAME"),
        *("TRAVIS_BUILD_WEB_URL", "TRAVIS_COMMIT", "TRAVIS_COMMIT_MESSAGE", "TRAVIS_COMMIT_RANGE", "TRAVIS_COMPILER"),
        *("TRAVIS_CPU_ARCH", "TRAVIS_DIST", "TRAVIS_EVENT_TYPE", "TRAVIS_HOME", "TRAVIS_JOB_ID", "TRAVIS_JOB_NAME"),
        *("TRAVIS_JOB_NUMBER", "TRAVIS_JOB_WEB_URL", "TRAVIS_LANGUAGE", "TRAVIS_OSX_IMAGE", "TRAVIS_OS_NAME"),
        *("TRAVIS_PULL_REQUEST", "TRAVIS_PULL_REQUEST_BRANCH", "TRAVIS_PULL_REQUEST_IS_DRAFT"),
        *("TRAVIS_PULL_REQUEST_SHA", "TRAVIS_PULL_REQUEST_SLUG", "TRAVIS_REPO_SLUG", "TRAVIS_SECURE_ENV_VARS"),
        *("TRAVIS_SUDO", "TRAVIS_TAG", "TRAVIS_TEST_RESULT", "TRAVIS_TMPDIR"),
        # Those of languages, where a job has them.
        *(
            "TRAVIS_GO_VERSION",
            "TRAVIS_JDK_VERSION",
            "TRAVIS_NODE_VERSION",
            "TRAVIS_OTP_RELEASE",
            "TRAVIS_PERL_VERSION",
        ),
        *("TRAVIS_PHP_VERSION", "TRAVIS_PYTHON_VERSION", "TRAVIS_RUBY_VERSION", "TRAVIS_RUST_VERSION"),
        *("TRAVIS_R_VERSION", "TRAVIS_SCALA_VERSION"),
    )
)
READS = r"(\$[{(]?|%|['\"]|env[.:])(TRAVIS(_[A-Z_]+)?|CONTINUOUS_INTEGRATION)\b"
"""How a file of a repository reads one of Travis's variables: `$X`, `${X`, `$(X` (make), `%X%`, `"X"`, `env.X`. For grep, too (`-E`)."""

_KEPT = 256
"""Texts whose answers are kept: rows of a matrix share them."""

_NEEDS: Mapping[str, tuple[str, ...]] = {"travis_install_go_dependencies": ("travis_retry",)}
_CALL = sought(
    r"\b(travis_[a-z_0-9]+|phpenv(?=\s+(?:config|rehash|global|versions?)))\b",
    "travis_",
    "phpenv",
)
_BUILTIN = sought(
    r"\b(?:TRAVIS(?:_[A-Z0-9_]+)?|CONTINUOUS_INTEGRATION|HAS_JOSH_K_SEAL_OF_APPROVAL)\b",
    "TRAVIS",
    "CONTINUOUS_INTEGRATION",
    "HAS_JOSH_K_SEAL_OF_APPROVAL",
)


@lru_cache(maxsize=_KEPT)
def functions_in(texts: str) -> tuple[str, ...]:
    """Return the names of the functions that a shell text calls, with those that these need, in a fixed order."""
    called = {name for name in _CALL.all_in(texts) if name in FUNCTIONS}
    called |= {other for name in called for other in _NEEDS.get(name, ())}
    return tuple([name for name in FUNCTIONS if name in called])


@lru_cache(maxsize=_KEPT)
def builtins_in(texts: str) -> tuple[str, ...]:
    """Return the names of Travis's own variables that a shell text names, sorted."""
    return tuple(sorted(_BUILTIN.all_in(texts)))


def builtins_read(text: str) -> frozenset[str]:
    """Return the names of Travis's own variables that a file of a repository reads, whatever its language."""
    return frozenset([found[2] for found in re.finditer(READS, text) if found[2] in _NAMES])
