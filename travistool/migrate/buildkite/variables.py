"""Travis's own variables on Buildkite. Source: buildkite.com/docs, "Environment variables"."""

from __future__ import annotations

from collections.abc import Mapping

_PULL = '"$BUILDKITE_PULL_REQUEST" != false'
_SLUG = "$(printf %s \"${{{0}%.git}}\" | sed 's|.*[:/]\\([^/]*/[^/]*\\)$|\\1|')"
_REPO = _SLUG.format("BUILDKITE_REPO")
_HEAD = _SLUG.format("BUILDKITE_PULL_REQUEST_REPO")
SHELL: Mapping[str, str] = {
    "BUILD_SENDER": '"$BUILDKITE_BUILD_CREATOR"',
    "TRAVIS_BRANCH": '"${BUILDKITE_PULL_REQUEST_BASE_BRANCH:-${BUILDKITE_TAG:-$BUILDKITE_BRANCH}}"',
    "TRAVIS_BUILD_DIR": '"$PWD"',
    "TRAVIS_BUILD_ID": '"$BUILDKITE_BUILD_ID"',
    "TRAVIS_BUILD_NUMBER": '"$BUILDKITE_BUILD_NUMBER"',
    "TRAVIS_BUILD_WEB_URL": '"$BUILDKITE_BUILD_URL"',
    "TRAVIS_COMMIT": '"$BUILDKITE_COMMIT"',
    "TRAVIS_COMMIT_MESSAGE": '"$BUILDKITE_MESSAGE"',
    "TRAVIS_COMMIT_RANGE": '"$(git rev-parse HEAD^ 2> /dev/null)...$BUILDKITE_COMMIT"',
    "TRAVIS_EVENT_TYPE": (
        f'"$(if [ {_PULL} ]; then echo pull_request; else case "$BUILDKITE_SOURCE" in '
        'schedule) echo cron ;; webhook) echo push ;; *) echo api ;; esac; fi)"'
    ),
    "TRAVIS_JOB_ID": '"$BUILDKITE_JOB_ID"',
    "TRAVIS_JOB_NAME": '"$BUILDKITE_LABEL"',
    "TRAVIS_JOB_WEB_URL": '"$BUILDKITE_BUILD_URL#$BUILDKITE_JOB_ID"',
    "TRAVIS_PULL_REQUEST": '"$BUILDKITE_PULL_REQUEST"',
    "TRAVIS_PULL_REQUEST_BRANCH": f'"$([ {_PULL} ] && echo "$BUILDKITE_BRANCH")"',
    "TRAVIS_PULL_REQUEST_IS_DRAFT": '"$BUILDKITE_PULL_REQUEST_DRAFT"',
    "TRAVIS_PULL_REQUEST_SHA": f'"$([ {_PULL} ] && echo "$BUILDKITE_COMMIT")"',
    "TRAVIS_PULL_REQUEST_SLUG": f'"{_HEAD}"',
    "TRAVIS_REPO_SLUG": f'"{_REPO}"',
    "TRAVIS_SECURE_ENV_VARS": f'"$([ {_PULL} ] && [ "{_HEAD}" != "{_REPO}" ] && echo false || echo true)"',
    "TRAVIS_TAG": '"$BUILDKITE_TAG"',
}
"""What follows `NAME=`, the same for all jobs."""
