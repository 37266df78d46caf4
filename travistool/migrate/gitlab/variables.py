"""Travis's own variables on GitLab, as lines of shell: only those that a job uses."""

from __future__ import annotations

from collections.abc import Mapping

_EVENT = (
    '"$(case "$CI_PIPELINE_SOURCE" in push) echo push ;; merge_request_event) echo pull_request ;; '
    'schedule) echo cron ;; *) echo api ;; esac)"'
)
SHELL: Mapping[str, str] = {
    "CONTINUOUS_INTEGRATION": "true",
    "TRAVIS": "true",
    "TRAVIS_BRANCH": '"${CI_MERGE_REQUEST_TARGET_BRANCH_NAME:-$CI_COMMIT_REF_NAME}"',
    "TRAVIS_BUILD_DIR": '"$PWD"',
    "TRAVIS_BUILD_ID": '"$CI_PIPELINE_ID"',
    "TRAVIS_BUILD_NUMBER": '"$CI_PIPELINE_IID"',
    "TRAVIS_BUILD_WEB_URL": '"$CI_PIPELINE_URL"',
    "TRAVIS_COMMIT": '"$CI_COMMIT_SHA"',
    "TRAVIS_COMMIT_MESSAGE": '"$CI_COMMIT_MESSAGE"',
    "TRAVIS_COMMIT_RANGE": '"${CI_MERGE_REQUEST_DIFF_BASE_SHA:-$CI_COMMIT_BEFORE_SHA}...$CI_COMMIT_SHA"',
    "TRAVIS_EVENT_TYPE": _EVENT,
    "TRAVIS_HOME": '"$HOME"',
    "TRAVIS_JOB_ID": '"$CI_JOB_ID"',
    "TRAVIS_JOB_NAME": '"$CI_JOB_NAME"',
    "TRAVIS_JOB_WEB_URL": '"$CI_JOB_URL"',
    "TRAVIS_PULL_REQUEST": '"${CI_MERGE_REQUEST_IID:-false}"',
    "TRAVIS_PULL_REQUEST_BRANCH": '"$CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"',
    "TRAVIS_PULL_REQUEST_IS_DRAFT": '"$CI_MERGE_REQUEST_DRAFT"',
    "TRAVIS_PULL_REQUEST_SHA": '"$CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"',
    "TRAVIS_PULL_REQUEST_SLUG": '"$CI_MERGE_REQUEST_SOURCE_PROJECT_PATH"',
    "TRAVIS_REPO_SLUG": '"$CI_PROJECT_PATH"',
    "TRAVIS_SECURE_ENV_VARS": (
        '"$([ "${CI_MERGE_REQUEST_SOURCE_PROJECT_PATH:-$CI_PROJECT_PATH}" = "$CI_PROJECT_PATH" ] && echo true || echo false)"'
    ),
    "TRAVIS_SUDO": "true",
    "TRAVIS_TAG": '"$CI_COMMIT_TAG"',
    "TRAVIS_TMPDIR": '"$(mktemp -d)"',
}
"""What follows `NAME=`, the same for all jobs."""
