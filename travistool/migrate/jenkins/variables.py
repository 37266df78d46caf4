"""Travis's own variables on Jenkins, as what follows `NAME=`; only those that a job uses are written."""

from __future__ import annotations

from collections.abc import Mapping

SHELL: Mapping[str, str] = {
    "TRAVIS_BRANCH": '"${CHANGE_TARGET:-${TAG_NAME:-$BRANCH_NAME}}"',
    "TRAVIS_BUILD_DIR": '"$WORKSPACE"',
    "TRAVIS_BUILD_ID": '"$BUILD_ID"',
    "TRAVIS_BUILD_NUMBER": '"$BUILD_NUMBER"',
    "TRAVIS_BUILD_WEB_URL": '"$BUILD_URL"',
    "TRAVIS_COMMIT": '"$(git rev-parse HEAD)"',
    "TRAVIS_COMMIT_MESSAGE": '"$(git log -1 --format=%B)"',
    "TRAVIS_COMMIT_RANGE": '"${GIT_PREVIOUS_COMMIT:-HEAD^}...$(git rev-parse HEAD)"',
    "TRAVIS_HOME": '"$HOME"',
    "TRAVIS_JOB_ID": '"$BUILD_TAG"',
    "TRAVIS_JOB_WEB_URL": '"$BUILD_URL"',
    "TRAVIS_PULL_REQUEST": '"${CHANGE_ID:-false}"',
    "TRAVIS_PULL_REQUEST_BRANCH": '"$CHANGE_BRANCH"',
    "TRAVIS_PULL_REQUEST_SHA": '"${CHANGE_ID:+$(git rev-parse HEAD)}"',
    "TRAVIS_PULL_REQUEST_SLUG": (
        '"${CHANGE_ID:+${CHANGE_FORK:-$(git config --get remote.origin.url | sed -E "s|.*[:/]([^/]+/[^/]+)$|\\1|; s|\\.git$||")}}"'
    ),
    "TRAVIS_REPO_SLUG": '"$(git config --get remote.origin.url | sed -E "s|.*[:/]([^/]+/[^/]+)$|\\1|; s|\\.git$||")"',
    "TRAVIS_SECURE_ENV_VARS": '"$([ -z "$CHANGE_FORK" ] && echo true || echo false)"',
    "TRAVIS_TAG": '"$TAG_NAME"',
    "TRAVIS_TMPDIR": '"$(mktemp -d)"',
    "BUILD_SENDER": '"$CHANGE_AUTHOR"',
}

EVENT_TYPE = "TRAVIS_EVENT_TYPE"

EVENT_TYPE_FUNCTION = """\
def eventType() {
    if (env.CHANGE_ID) {
        return 'pull_request'
    }
    if (currentBuild.getBuildCauses('hudson.triggers.TimerTrigger$TimerTriggerCause')) {
        return 'cron'
    }
    return currentBuild.getBuildCauses('hudson.model.Cause$UserIdCause') ? 'api' : 'push'
}
"""
"""Only Groovy knows why a build runs: the variable calls this function."""
