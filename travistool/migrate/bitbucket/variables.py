"""Travis's own variables on Bitbucket, as what follows `NAME=`; only those that a job uses are written."""

from __future__ import annotations

from collections.abc import Mapping

_WEB = "https://bitbucket.org/$BITBUCKET_REPO_FULL_NAME/pipelines/results/$BITBUCKET_BUILD_NUMBER"

SHELL: Mapping[str, str] = {
    "TRAVIS_BRANCH": '"${BITBUCKET_PR_DESTINATION_BRANCH:-${BITBUCKET_TAG:-$BITBUCKET_BRANCH}}"',
    "TRAVIS_BUILD_DIR": '"$BITBUCKET_CLONE_DIR"',
    "TRAVIS_BUILD_ID": '"$BITBUCKET_PIPELINE_UUID"',
    "TRAVIS_BUILD_NUMBER": '"$BITBUCKET_BUILD_NUMBER"',
    "TRAVIS_BUILD_WEB_URL": f'"{_WEB}"',
    "TRAVIS_COMMIT": '"$BITBUCKET_COMMIT"',
    "TRAVIS_COMMIT_MESSAGE": '"$(git log -1 --format=%B)"',
    "TRAVIS_COMMIT_RANGE": '"$(git rev-parse "$BITBUCKET_COMMIT^")...$BITBUCKET_COMMIT"',
    # The pipelines for cron builds and those by hand bring it along, nothing else tells them apart.
    "TRAVIS_EVENT_TYPE": '"${TRAVIS_EVENT_TYPE:-$([ -n "$BITBUCKET_PR_ID" ] && echo pull_request || echo push)}"',
    "TRAVIS_HOME": '"$HOME"',
    "TRAVIS_JOB_ID": '"$BITBUCKET_STEP_UUID"',
    "TRAVIS_JOB_WEB_URL": f'"{_WEB}"',
    "TRAVIS_PULL_REQUEST": '"${BITBUCKET_PR_ID:-false}"',
    "TRAVIS_PULL_REQUEST_BRANCH": '"${BITBUCKET_PR_ID:+$BITBUCKET_BRANCH}"',
    "TRAVIS_PULL_REQUEST_SHA": '"${BITBUCKET_PR_ID:+$BITBUCKET_COMMIT}"',
    # A fork's pull request starts nothing here.
    "TRAVIS_PULL_REQUEST_SLUG": '"${BITBUCKET_PR_ID:+$BITBUCKET_REPO_FULL_NAME}"',
    "TRAVIS_REPO_PRIVATE": '"$BITBUCKET_REPO_IS_PRIVATE"',
    "TRAVIS_REPO_SLUG": '"$BITBUCKET_REPO_FULL_NAME"',
    "TRAVIS_SECURE_ENV_VARS": "true",
    "TRAVIS_TAG": '"$BITBUCKET_TAG"',
    "TRAVIS_TMPDIR": '"$(mktemp -d)"',
}
