"""Lifecycles that nobody has recorded: what each has to come to follows from docs/lifecycle.md and from bash."""

import re
from typing import NamedTuple

import pytest

from tests.simulate import test_host
from travistool.simulate.script.facts import HERE

pytestmark = pytest.mark.jobs


class Variant(NamedTuple):
    """A config without language and last phases, its exit code, and what its entries say, `as`, `af`, `ast` for these phases."""

    config: str
    exit_code: int
    says: str


LAST = "after_success: echo MARK as\nafter_failure: echo MARK af\nafter_script: echo MARK ast\n"
DEPLOY = "{{provider: script, script: {}, on: {{all_branches: true}}}}"
VARIANTS = {
    "after_failure of an errored job": Variant("before_install: ['false', echo MARK no]\nscript: echo MARK no", 2, ""),
    "exit in a function": Variant("script: ['f() { exit 4; }', f, echo MARK no]", 4, ""),
    "exit in a subshell": Variant("script: [(exit 3), echo MARK a]", 1, "a af ast"),
    "exit in a substitution": Variant("script: ['x=$(exit 4)', 'x=$(exit 4) || true', echo MARK a]", 1, "a af ast"),
    "exit in a pipeline": Variant("script: ['echo a | exit 3', echo MARK a]", 1, "a af ast"),
    "exit in a sourced file": Variant("before_script: echo 'exit 1' >f\nscript: [. ./f, echo MARK no]", 1, ""),
    "return in a sourced file": Variant("before_script: echo 'return 1' >f\nscript: [. ./f, echo MARK a]", 1, "a af ast"),
    "terminated in after_script": Variant("script: 'false'\nafter_script: [travis_terminate 0, echo MARK no]", 0, "af"),
    "terminated in a subshell": Variant("script: [(travis_terminate 1), echo MARK a]", 1, "a af ast"),
    "terminated without a status": Variant("before_install: travis_terminate\nscript: echo MARK no", 2, ""),
    "set -e from before_script": Variant("before_script: set -e\nscript: [echo MARK a, (exit 3), echo MARK no]", 3, "a"),
    "set -e and what it overlooks": Variant("before_script: set -e\nscript: ['false || true', '! true || true', echo MARK a]", 0, "a as ast"),
    "set -e in lines of script": Variant("script: |\n  set -e\n  echo MARK a\n  false\n  echo MARK no", 1, "a"),
    "set -e, and off again": Variant("script: [set -e, set +e, 'false', echo MARK a]", 1, "a af ast"),
    "set -e, then after_success": Variant("script: set -e\nafter_success: ['false', echo MARK no]\nafter_script: echo MARK no", 1, ""),
    "set -u from before_script": Variant("before_script: [set -u, echo MARK no]\nscript: echo MARK no", 1, ""),
    "trap on EXIT": Variant("before_install: trap 'echo MARK trap' EXIT\nscript: ['false']", 1, "af ast trap"),
    "trap on EXIT that exits": Variant("before_install: trap 'exit 5' EXIT\nscript: ['true']", 5, "as ast"),
    "trap on EXIT of an errored job": Variant("before_install: trap 'echo MARK $?' EXIT\ninstall: 'false'\nscript: 'true'", 2, "2"),
    "trap on EXIT, and set -e": Variant("before_script: [set -e, trap 'echo MARK trap' EXIT]\nscript: [(exit 9)]", 9, "trap"),
    "trap on DEBUG": Variant("before_install: trap ':' DEBUG\nscript: ['false', echo MARK a]", 1, "a af ast"),
    "lines of script": Variant("script: |\n  false\n  if true; then\n    echo MARK a\n  fi", 0, "a as ast"),
    "script: true": Variant("script: true", 0, "as ast"),
    "skipped phases": Variant("before_script: skip\ninstall: [ignore]\nscript: skip", 0, "as ast"),
    "skipped last phases": Variant("script: 'false'\nafter_failure: skip\nafter_script: echo MARK a", 1, "a"),
    "entries of nothing": Variant("script: [null, '', '# only words', echo MARK a]", 0, "a as ast"),
    "before_deploy fails": Variant(f"script: 'true'\nbefore_deploy: 'false'\ndeploy: [{DEPLOY.format('echo MARK no')}]", 2, "as"),
    "before_deploy fails the second time": Variant(
        "script: 'true'\nbefore_deploy: ['n=$((n+1))', '[ $n = 1 ]']\nafter_deploy: echo MARK ad\n"
        f"deploy: [{DEPLOY.format('echo MARK one')}, {DEPLOY.format('echo MARK two')}]", 2, "as one ad"),
    "a failure that a deployment may have": Variant(
        "script: 'true'\nafter_deploy: echo MARK ad\n"
        "deploy: [{provider: script, script: exit 9, allow_failure: true, on: {all_branches: true}}, "
        f"{DEPLOY.format('echo MARK two')}]", 0, "as ad two ad ast"),
    "deployed under set -e": Variant(f"script: set -e\ndeploy: {DEPLOY.format('false; echo MARK d')}", 0, "as d ast"),
    "set -e behind a deployment": Variant(f"script: set -e\ndeploy: {DEPLOY.format('echo MARK d')}\nafter_script: ['false', echo MARK no]", 1, "as d"),
    "deployed where the script went": Variant("script: [mkdir d, cd d]\ndeploy: " + DEPLOY.format("'echo MARK ${PWD##*/}'"), 0, "as d ast"),
    "a condition that is none": Variant(
        "script: 'true'\ndeploy: {provider: script, script: echo MARK no, on: {all_branches: true, condition: '$A = '}}", 2, ""),
    "a condition that is none, and a failure": Variant(
        "script: 'false'\ndeploy: {provider: script, script: echo MARK no, on: {branch: a b}}", 2, ""),
    "no deployment, no condition": Variant(
        "script: 'true'\nafter_success: skip\ndeploy: {provider: script, script: echo MARK no, on: {branch: a b}}", 0, "ast"),
    "an option of another provider": Variant(
        "script: 'true'\ndeploy: {provider: script, script: echo MARK no, bucket: b, on: {all_branches: true}}", 2, "as"),
    "deployed in lines": Variant(
        "script: 'true'\ndeploy: {provider: script, on: {all_branches: true}, script: 'for i in 1 2; do\n\n  echo MARK a\n\n  done'}", 0, "as a a ast"),
    "return in after_success": Variant("script: 'true'\nafter_success: [return 3, echo MARK a]", 0, "a ast"),
    "return in script": Variant("script: [return 0, echo MARK a]", 0, "a as ast"),
    "exec": Variant("script: [exec bash -c 'exit 3', echo MARK no]", 3, ""),
    "output sent elsewhere": Variant("script: [exec >/dev/null, 'false', exec >&2]", 1, "af ast"),
    "killed by itself": Variant("script: [kill -TERM $$, echo MARK no]", 143, ""),
    "a folder that is not there": Variant("before_install: cd nowhere\nscript: echo MARK no", 2, ""),
    "exit 0 in after_failure": Variant("script: 'false'\nafter_failure: exit 0\nafter_script: echo MARK no", 0, ""),
    "exit in before_cache": Variant("script: 'true'\nbefore_cache: exit 7", 7, ""),
    "no result any more": Variant("script: 'true'\nbefore_cache: unset TRAVIS_TEST_RESULT", 86, "af ast"),
    "a result of after_success": Variant("script: 'true'\nafter_success: travis_result 1", 1, "af ast"),
    "asserted in script": Variant("script: ['false; travis_assert', echo MARK no]", 2, ""),
    "travis_wait in install": Variant("install: travis_wait 1 false\nscript: echo MARK no", 2, ""),
    "other separators of words": Variant("before_install: IFS=,\nscript: ['false', 'sleep 100 & true', echo MARK a]", 1, "a af ast"),
    "files that must not be replaced": Variant("before_install: set -C\nscript: ['true', echo MARK a]", 0, "a as ast"),
    "posix": Variant("before_install: set -o posix\nscript: ['false', echo MARK a]", 1, "a af ast"),
    "options of patterns": Variant("before_install: shopt -s failglob nullglob dotglob nocasematch extglob\nscript: echo MARK a", 0, "a as ast"),
    "aliases that are asked for": Variant("before_install: [shopt -s expand_aliases, alias hi='echo MARK hi']\nscript: hi", 0, "hi as ast"),
    "no programs": Variant("env: PATH=/nowhere\nscript: [echo MARK a, ls]", 1, "a af ast"),
    "printf replaced": Variant("before_install: 'printf() { :; }'\nscript: ['false', 'echo MARK a']", 1, "a af ast"),
    "arguments of an entry": Variant("script: ['set -- x; echo MARK $1', 'echo MARK [$1]']", 0, "x [] as ast"),
    "quotes that do not end": Variant("script: [\"echo 'x\", 'if true; then', echo MARK a]", 1, "a af ast"),
    "quotes that do not end, behind script": Variant("script: 'true'\nbefore_cache: \"echo 'x\"", 0, "as ast"),
    "what is left running": Variant("script: sleep 1000 & echo MARK a", 0, "a as ast"),
    "a here-document": Variant('script: "cat <<E >f\\n x\\nE\\necho MARK a"', 0, "a as ast"),
    "a here-document in a fold": Variant('install: "cat <<E >f\\n x\\nE\\necho MARK no"\nscript: [grep -c MARK f, echo MARK a]', 0, "a as ast"),
    "lines in a fold": Variant("install: \"printf '[%s]' 'x\\n y' >f\"\nscript: grep -q '^   y' f && echo MARK a", 0, "a as ast"),
    "a here-document at the end": Variant('script: ["cat <<E >f\\n x\\nE", "grep \'^E $\' f && echo MARK a"]', 0, "a as ast"),
    "a backslash at the end": Variant("script: 'echo MARK a \\'", 0, "a   as ast"),
    "entries that are maps": Variant("script: [{echo MARK no: x}, echo MARK a]", 1, "a af ast"),
    "retried under set -e": Variant("script: [set -e, 'f() { echo MARK try; false; }', travis_retry f, echo MARK no]", 1, "try"),
    "retried, with set -e inside": Variant("before_install: 'f() { false; echo MARK no; }'\nscript: [set -e, travis_retry f]", 1, ""),
    "waited for under set -e": Variant("script: [set -e, travis_wait sh -c 'echo MARK no; exit 4']", 4, ""),
    "another text that is shown": Variant("script: [travis_cmd 'echo MARK a' --echo --display b, 'echo MARK $TRAVIS_CMD']", 0, "a echo MARK $TRAVIS_CMD as ast"),
    "input": Variant("script: ['read x || echo MARK end', cat]", 0, "end as ast"),
}  # fmt: skip


@pytest.mark.parametrize("name", VARIANTS)
def test_a_variant(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test_host, "HERE", HERE._replace(deploy="script"))
    config, exit_code, says = VARIANTS[name]
    last = "".join(f"{line}\n" for line in LAST.splitlines() if f"\n{line.split(':')[0]}:" not in config)
    ran = test_host.Ran(f"language: generic\n{config}\n{last}")
    # What entries say begins a line, but for marks in front of it; what is echoed of them does not.
    text = re.sub(r"\x1b\][^\a]*\a", "", ran.log).replace("\r", "\n")
    said = " ".join(re.findall(r"^MARK (.*)$", text, re.MULTILINE))
    assert (ran.ending.exit_code, said) == (exit_code, says), ran.log
