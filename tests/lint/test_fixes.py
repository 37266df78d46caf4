"""What the fixes write, and that a safe one changes nothing but the text."""

import pytest

from tests.lint.findings import findings, reading
from travistool.lint.fixing import applied, meaning
from travistool.lint.service import CODES, service_rule


def fixed(text: str, rule: str) -> tuple[str, bool]:
    """Return the text after the fixes of a rule, and whether all of them are safe."""
    fixes = [found.fix for found in findings(text, rule) if found.fix is not None]
    assert fixes
    return applied(text, tuple(edit for fix in fixes for edit in fix.edits)), all(fix.safe for fix in fixes)


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        pytest.param("alias-key", "matrix:\n  fast_finish: true\n", "jobs:\n  fast_finish: true\n", id="block"),
        pytest.param("alias-key", "{'matrix': {fast_finish: true}}\n", "{'jobs': {fast_finish: true}}\n", id="flow"),
        pytest.param(
            "alias-key",
            "deploy:\n  provider: npm\n  true:\n    tags: true\n",
            "deploy:\n  provider: npm\n  on:\n    tags: true\n",
            id="on that became true",
        ),
        pytest.param(
            "alias-key",
            "_base: &base\n  matrix:\n    fast_finish: true\n<<: *base\n",
            "_base: &base\n  jobs:\n    fast_finish: true\n<<: *base\n",
            id="merged key",
        ),
        pytest.param("underscore-key", "before-install: a\n", "before_install: a\n", id="dashes"),
        pytest.param("strip-key", '" script": a\n', '"script": a\n', id="blanks"),
        pytest.param("clean-key", "script?!: a\n", "script: a\n", id="characters"),
        pytest.param("find-key", '"langauge": c\n', '"language": c\n', id="typo in a quoted key"),
        pytest.param("alias-value", "services: ['redis-server']\n", "services: ['redis']\n", id="quoted value"),
        pytest.param(
            "alias-value",
            "notifications:\n  email:\n    on_success: false # quiet\n",
            "notifications:\n  email:\n    on_success: never # quiet\n",
            id="false",
        ),
        pytest.param("downcase", "language: C\n", "language: c\n", id="upper case"),
        pytest.param("find-value", "language: pyhton\n", "language: python\n", id="typo in a value"),
        pytest.param("unexpected-seq", "language: [c]\n", "language: c\n", id="flow list"),
        pytest.param(
            "unexpected-seq", "language:\n  - c # old\nos: linux\n", "language: c # old\nos: linux\n", id="list"
        ),
        pytest.param("unexpected-seq", 'dist:\n- "jammy"\n', 'dist: "jammy"\n', id="list without indentation"),
        pytest.param(
            "unexpected-seq",
            'addons:\n- postgresql: "9.3"\n  chrome: stable\nos: linux\n',
            'addons:\n  postgresql: "9.3"\n  chrome: stable\nos: linux\n',
            id="list of a map",
        ),
        pytest.param(
            "deprecated-key", "os: linux\nsudo: false # fast\ndist: jammy\n", "os: linux\ndist: jammy\n", id="sudo"
        ),
        pytest.param(
            "deprecated-key",
            "jobs:\n  include:\n    - sudo: required\n      os: linux\n    - os: osx\n      sudo: false\n",
            "jobs:\n  include:\n    - os: linux\n    - os: osx\n",
            id="sudo in jobs",
        ),
        pytest.param(
            "deprecated-key",
            "deploy:\n  provider: npm\n  skip_cleanup: true\n",
            "deploy:\n  provider: npm\n",
            id="skip_cleanup",
        ),
    ],
)
def test_safe_fix(rule: str, before: str, after: str) -> None:
    assert fixed(before, rule) == (after, True)
    assert meaning(reading(after)) == meaning(reading(before))
    assert findings(after, rule) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "deploy:\n  provider: npm\n  skip_cleanup: false\n",
            "deploy:\n  provider: npm\n  cleanup: true\n",
            id="skip_cleanup that is off fails today",
        ),
        pytest.param(
            "deploy:\n  provider: npm\n  dpl_version: 1.10.16\n  skip_cleanup: true\n",
            "deploy:\n  provider: npm\n  dpl_version: 1.10.16\n",
            id="the old deploy tool needs skip_cleanup",
        ),
        pytest.param("if: sudo = true\nsudo: true\n", "if: sudo = true\n", id="a condition asks for sudo"),
        pytest.param(
            "sudo: true\njobs:\n  allow_failures:\n    - os: linux\n      sudo: true\n",
            "jobs:\n  allow_failures:\n    - os: linux\n",
            id="a rule picks jobs by sudo",
        ),
        pytest.param(
            "jobs:\n  include:\n    - os: linux\n      sudo: true\n    - os: linux\n      sudo: false\n",
            "jobs:\n  include:\n    - os: linux\n    - os: linux\n",
            id="jobs that differ by sudo only",
        ),
        pytest.param(
            "base: &base\n  script: a\njobs:\n  include:\n    - *base\n",
            "_base: &base\n  script: a\njobs:\n  include:\n    - *base\n",
            id="key that holds an anchor",
        ),
    ],
)
def test_unsafe_fix(before: str, after: str) -> None:
    assert fixed(before, "deprecated-key") == (after, False)


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        pytest.param(
            "clean-value", 'language: node_js\n  - "6"\nos: linux\n', "language: node_js\nos: linux\n", id="two lines"
        ),
        pytest.param("unexpected-seq", "language: [c, cpp]\n", "language: c\n", id="flow list"),
        pytest.param("unexpected-seq", 'dist:\n- "jammy"\n- focal\n', 'dist: "jammy"\n', id="block list"),
    ],
)
def test_a_fix_that_drops_text_is_not_safe(rule: str, before: str, after: str) -> None:
    """The build stays the same, but what the user wanted is gone from the file."""
    assert fixed(before, rule) == (after, False)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        pytest.param("overwrite", "matrix: {fast_finish: true}\njobs: {fast_finish: false}\n", id="both names given"),
        pytest.param("alias-key", "matrix: {fast_finish: true}\nmatrix: {fast_finish: false}\n", id="given twice"),
        pytest.param("alias-value", "_os: &os ubuntu\nos: *os\n", id="value of an alias"),
        pytest.param("deprecated-key", "jobs:\n  include:\n    - sudo: false\n    - os: osx\n", id="only key of a job"),
        pytest.param("deprecated-key", "sudo: &flag true\njobs: {fast_finish: *flag}\n", id="value with an anchor"),
        pytest.param("deprecated-key", "script: |\n  a\nsudo: no\n", id="a block would end the text"),
        pytest.param("deprecated-key", "jobs:\n  include:\n    - script: >\n        a\n      sudo: no\n", id="nested"),
        pytest.param("unexpected-seq", "language: # main\n  - c\n", id="comment before the list"),
        pytest.param("unexpected-seq", "language:\n  - c\n  # second\n  - cpp\n", id="comment in the list"),
        pytest.param("unexpected-seq", "language:\n  - &c c\n", id="item with an anchor"),
    ],
)
def test_no_fix(rule: str, text: str) -> None:
    found = findings(text, rule)
    assert found
    assert [one.fix for one in found] == [None] * len(found)


@pytest.mark.parametrize("code", CODES)
def test_fix_of_the_example_removes_the_finding(code: str) -> None:
    rule = service_rule(code)
    if any(found.fix is not None for found in findings(rule.bad, rule.name)):
        after, safe = fixed(rule.bad, rule.name)
        assert safe == rule.fix_is_safe
        assert findings(after, rule.name) == ()
        assert meaning(reading(after)) == meaning(reading(rule.bad))
