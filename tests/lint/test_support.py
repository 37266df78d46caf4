"""What is reported as unsupported, and what is not because it does something after all."""

import pytest

from tests.lint.findings import findings, line
from travistool.api import read_config


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "language: python\nrvm: 3.3\n",
            "2:1 info unsupported: 'rvm' has no effect with 'language: python'",
            id="key of another language",
        ),
        pytest.param(
            "language: python\nruby: 3.3\n",
            "2:1 info unsupported: 'ruby' has no effect with 'language: python'",
            id="the key as it is written",
        ),
        pytest.param(
            "go: 1.x\n",
            "1:1 info unsupported: 'go' has no effect with the default 'language: ruby'",
            id="no language",
        ),
        pytest.param(
            "language: go\nos: osx\ndist: trusty\n",
            "3:7 info unsupported: 'trusty' is not supported as 'dist' with 'os: osx'",
            id="value",
        ),
        pytest.param(
            "language: c\njobs:\n  include:\n    - python: 3.8\n",
            "4:7 info unsupported: 'python' has no effect with 'language: c'",
            id="job",
        ),
        pytest.param(
            "language: c\njobs:\n  allow_failures:\n    - python: 3.8\n",
            "4:7 info unsupported: 'python' never matches with 'language: c'",
            id="filter",
        ),
    ],
)
def test_says(text: str, said: str) -> None:
    assert [line(one) for one in findings(text, "unsupported")] == [said]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "language: c\npython: 3.8\njobs:\n  include:\n    - language: python\n", id="another job's language"
        ),
        pytest.param("language: c\nosx_image: xcode14\njobs:\n  include:\n    - os: osx\n", id="another job's os"),
        pytest.param(
            "language: c\njobs:\n  include:\n    - {language: python, python: 3.8}\n  allow_failures:\n    - python: 3.8\n",
            id="filter for another job",
        ),
        pytest.param(
            "language: c\ndeploy:\n  provider: npm\n  on: {python: 3.8}\njobs:\n  include:\n    - language: python\n",
            id="deployment of another job",
        ),
        pytest.param("python: 3.8\nimport: base.yml\n", id="the language may be imported"),
        pytest.param("language: c\ndist: focal\nservices: xvfb\n", id="Xvfb runs on every Linux"),
    ],
)
def test_does_not_say(text: str) -> None:
    assert findings(text, "unsupported") == ()


def test_a_job_is_excluded_before_it_loses_the_key() -> None:
    text = "language: c\njobs:\n  include:\n    - python: 3.8\n  exclude:\n    - python: 3.8\n"
    assert [one.span.first().line for one in findings(text, "unsupported")] == [4]


def test_travis_itself_does_not_say_it() -> None:
    config = read_config("language: python\nrvm: 3.3\nos: linux\ndist: jammy\n")
    (found,) = config.findings()
    assert (found.rule, found.official) == ("unsupported", None)
    assert config.findings("service") == ()
