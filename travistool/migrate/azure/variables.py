"""Travis's own variables on Azure Pipelines. Source: learn.microsoft.com, "Predefined variables"."""

from __future__ import annotations

from collections.abc import Mapping

_REF = "${BUILD_SOURCEBRANCH#refs/heads/}"
_TARGET = "${SYSTEM_PULLREQUEST_TARGETBRANCH#refs/heads/}"
_HEAD = "$(printf %s \"${SYSTEM_PULLREQUEST_SOURCEREPOSITORYURI%.git}\" | sed 's|.*[:/]\\([^/]*/[^/]*\\)$|\\1|')"
SHELL: Mapping[str, str] = {
    "BUILD_SENDER": '"$BUILD_REQUESTEDFOR"',
    "TRAVIS_BRANCH": (
        f'"$(name="{_REF}"; name="${{name#refs/tags/}}"; target="{_TARGET}"; echo "${{target:-$name}}")"'
    ),
    "TRAVIS_BUILD_DIR": '"$BUILD_SOURCESDIRECTORY"',
    "TRAVIS_BUILD_ID": '"$BUILD_BUILDID"',
    "TRAVIS_BUILD_NUMBER": '"$BUILD_BUILDID"',
    "TRAVIS_BUILD_WEB_URL": '"$SYSTEM_COLLECTIONURI$SYSTEM_TEAMPROJECT/_build/results?buildId=$BUILD_BUILDID"',
    "TRAVIS_COMMIT": '"$BUILD_SOURCEVERSION"',
    "TRAVIS_COMMIT_MESSAGE": (
        '"$(git log -1 --format=%B "$([ "$BUILD_REASON" = PullRequest ] && echo HEAD^2 || echo HEAD)")"'
    ),
    "TRAVIS_COMMIT_RANGE": '"$(git rev-parse HEAD^ 2> /dev/null)...$BUILD_SOURCEVERSION"',
    "TRAVIS_EVENT_TYPE": (
        '"$(case "$BUILD_REASON" in PullRequest) echo pull_request ;; Schedule) echo cron ;; '
        '*CI) echo push ;; *) echo api ;; esac)"'
    ),
    "TRAVIS_JOB_ID": '"$SYSTEM_JOBID"',
    "TRAVIS_JOB_WEB_URL": '"$SYSTEM_COLLECTIONURI$SYSTEM_TEAMPROJECT/_build/results?buildId=$BUILD_BUILDID"',
    "TRAVIS_PULL_REQUEST": '"${SYSTEM_PULLREQUEST_PULLREQUESTNUMBER:-false}"',
    "TRAVIS_PULL_REQUEST_BRANCH": '"${SYSTEM_PULLREQUEST_SOURCEBRANCH#refs/heads/}"',
    "TRAVIS_PULL_REQUEST_SHA": '"$SYSTEM_PULLREQUEST_SOURCECOMMITID"',
    "TRAVIS_PULL_REQUEST_SLUG": f'"{_HEAD}"',
    "TRAVIS_REPO_SLUG": '"$BUILD_REPOSITORY_NAME"',
    "TRAVIS_SECURE_ENV_VARS": '"$([ "$SYSTEM_PULLREQUEST_ISFORK" = True ] && echo false || echo true)"',
    "TRAVIS_TAG": '"$(case "$BUILD_SOURCEBRANCH" in refs/tags/*) echo "${BUILD_SOURCEBRANCH#refs/tags/}" ;; esac)"',
    "TRAVIS_TMPDIR": '"$AGENT_TEMPDIRECTORY"',
}
"""What follows `NAME=`, the same for all jobs."""
