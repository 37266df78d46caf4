"""Travis's own variables on Woodpecker, as what follows `NAME=`; only those that a job uses are written."""

from __future__ import annotations

from collections.abc import Mapping

_EVENT = '"$(case "$CI_PIPELINE_EVENT" in push|tag) echo push ;; pull_request|cron) echo "$CI_PIPELINE_EVENT" ;; *) echo api ;; esac)"'

SHELL: Mapping[str, str] = {
    "TRAVIS_BRANCH": '"${CI_COMMIT_TAG:-$CI_COMMIT_BRANCH}"',
    "TRAVIS_BUILD_DIR": '"$CI_WORKSPACE"',
    "TRAVIS_BUILD_ID": '"$CI_PIPELINE_NUMBER"',
    "TRAVIS_BUILD_NUMBER": '"$CI_PIPELINE_NUMBER"',
    "TRAVIS_BUILD_WEB_URL": '"$CI_PIPELINE_URL"',
    "TRAVIS_COMMIT": '"$CI_COMMIT_SHA"',
    "TRAVIS_COMMIT_MESSAGE": '"$CI_COMMIT_MESSAGE"',
    "TRAVIS_COMMIT_RANGE": '"$CI_PREV_COMMIT_SHA...$CI_COMMIT_SHA"',
    "TRAVIS_EVENT_TYPE": _EVENT,
    "TRAVIS_HOME": '"$HOME"',
    "TRAVIS_JOB_ID": '"$CI_PIPELINE_NUMBER.$CI_WORKFLOW_NUMBER"',
    "TRAVIS_JOB_WEB_URL": '"$CI_STEP_URL"',
    "TRAVIS_PULL_REQUEST": '"${CI_COMMIT_PULL_REQUEST:-false}"',
    "TRAVIS_PULL_REQUEST_BRANCH": '"$CI_COMMIT_SOURCE_BRANCH"',
    "TRAVIS_PULL_REQUEST_SHA": '"${CI_COMMIT_PULL_REQUEST:+$CI_COMMIT_SHA}"',
    # There is no such variable: the repository itself is right but for forks, whose builds wait for somebody's consent.
    "TRAVIS_PULL_REQUEST_SLUG": '"${CI_COMMIT_PULL_REQUEST:+$CI_REPO}"',
    "TRAVIS_REPO_PRIVATE": '"$CI_REPO_PRIVATE"',
    "TRAVIS_REPO_SLUG": '"$CI_REPO"',
    "TRAVIS_SECURE_ENV_VARS": "true",
    "TRAVIS_TAG": '"$CI_COMMIT_TAG"',
    "TRAVIS_TMPDIR": '"$(mktemp -d)"',
    "BUILD_SENDER": '"$CI_COMMIT_AUTHOR"',
}
