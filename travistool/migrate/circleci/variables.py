"""Travis's own variables on CircleCI. What only the pipeline knows comes by the job's environment, never as text."""

from __future__ import annotations

from collections.abc import Mapping

_PULL = "pipeline.event.github.pull_request"
PIPELINE: Mapping[str, str] = {
    "PIPELINE_BASE": f"<< {_PULL}.base.ref >>",
    "PIPELINE_DRAFT": f"<< {_PULL}.draft >>",
    "PIPELINE_EVENT": "<< pipeline.event.name >>",
    "PIPELINE_HEAD_BRANCH": f"<< {_PULL}.head.ref >>",
    "PIPELINE_HEAD_REPO": f"<< {_PULL}.head.repo.full_name >>",
    "PIPELINE_HEAD_SHA": f"<< {_PULL}.head.sha >>",
    "PIPELINE_FORK": "<< pipeline.event.github.repository.fork >>",
    "PIPELINE_NUMBER": "<< pipeline.number >>",
    "PIPELINE_PULL_REQUEST": f"<< {_PULL}.number >>",
    "PIPELINE_BEFORE": "<< pipeline.git.base_revision >>",
    "PIPELINE_SENDER": "<< pipeline.event.github.sender.login >>",
    "PIPELINE_SOURCE": "<< pipeline.trigger_source >>",
}
"""The environment of a job, as far as its script reads it."""

_SLUG = '"$CIRCLE_PROJECT_USERNAME/$CIRCLE_PROJECT_REPONAME"'
SHELL: Mapping[str, str] = {
    "BUILD_SENDER": '"$PIPELINE_SENDER"',
    "REPO_IS_FORK": '"$PIPELINE_FORK"',
    "TRAVIS_BRANCH": '"${PIPELINE_BASE:-${CIRCLE_TAG:-$CIRCLE_BRANCH}}"',
    "TRAVIS_BUILD_DIR": '"$PWD"',
    "TRAVIS_BUILD_ID": '"$CIRCLE_WORKFLOW_ID"',
    "TRAVIS_BUILD_NUMBER": '"$PIPELINE_NUMBER"',
    "TRAVIS_BUILD_WEB_URL": '"$CIRCLE_BUILD_URL"',
    "TRAVIS_COMMIT": '"$CIRCLE_SHA1"',
    "TRAVIS_COMMIT_MESSAGE": '"$(git log -1 --format=%B)"',
    "TRAVIS_COMMIT_RANGE": '"$PIPELINE_BEFORE...$CIRCLE_SHA1"',
    "TRAVIS_EVENT_TYPE": (
        '"$(case "$PIPELINE_EVENT/$PIPELINE_SOURCE" in pull_request/*) echo pull_request ;; '
        '*/scheduled_pipeline) echo cron ;; */webhook) echo push ;; *) echo api ;; esac)"'
    ),
    "TRAVIS_JOB_ID": '"$CIRCLE_BUILD_NUM"',
    "TRAVIS_JOB_NAME": '"$CIRCLE_JOB"',
    "TRAVIS_JOB_WEB_URL": '"$CIRCLE_BUILD_URL"',
    "TRAVIS_PULL_REQUEST": '"${PIPELINE_PULL_REQUEST:-false}"',
    "TRAVIS_PULL_REQUEST_BRANCH": '"$PIPELINE_HEAD_BRANCH"',
    "TRAVIS_PULL_REQUEST_IS_DRAFT": '"$PIPELINE_DRAFT"',
    "TRAVIS_PULL_REQUEST_SHA": '"$PIPELINE_HEAD_SHA"',
    "TRAVIS_PULL_REQUEST_SLUG": '"$PIPELINE_HEAD_REPO"',
    "TRAVIS_REPO_SLUG": _SLUG,
    "TRAVIS_SECURE_ENV_VARS": f'"$([ "${{PIPELINE_HEAD_REPO:-{_SLUG[1:-1]}}}" = {_SLUG} ] && echo true || echo false)"',
    "TRAVIS_TAG": '"$CIRCLE_TAG"',
}
"""What follows `NAME=`, the same for all jobs."""


def pipeline_values(script: str) -> dict[str, str]:
    """Return the part of the environment that a script reads."""
    return {name: value for name, value in PIPELINE.items() if name in script}
