"""`codedeploy`: a revision in S3 or of the repository, by Amazon's client."""

from __future__ import annotations

import re

from travistool.migrate.deploy import aws
from travistool.migrate.deploy.options import Options, in_quotes

_BUNDLE = re.compile(r"\.(tar|tgz|zip)\Z")


def commands(options: Options) -> list[str]:
    """Return the commands. Without `revision_type`, a bucket means S3."""
    is_s3 = options.text("revision_type", "s3" if options.has("bucket") else "github").lower() == "s3"
    lines = [*aws.login(options), *(_in_s3(options) if is_s3 else _on_github(options))]
    flags = f" --application-name {options.word('application')}"
    flags += options.flag("deployment_group", "deployment-group-name")
    description = options.text("description", "Deploy build %{build_number}")
    flags += f" --description {in_quotes(description.replace('%{build_number}', '$TRAVIS_BUILD_NUMBER'))}"
    flags += f" --file-exists-behavior {options.text('file_exists_behavior', 'disallow').upper()}"
    flags += options.flag("endpoint", "endpoint-url")
    create = f'aws deploy create-deployment{flags} {"--s3-location" if is_s3 else "--github-location"} "$location"'
    lines.append(f"id=$({create} --query deploymentId --output text)")
    if options.is_on("wait_until_deployed"):
        lines.append('aws deploy wait deployment-successful --deployment-id "$id"')
    return lines


def _in_s3(options: Options) -> list[str]:
    options.drop("commit_id", "repository")
    key = options.text("key")
    found = _BUNDLE.search(key)
    kind = options.text("bundle_type", found[1] if found else "zip")
    bucket = options.word("bucket")
    head = f"aws s3api head-object --bucket {bucket} --key {in_quotes(key)} --query VersionId --output text"
    return [
        f"version=$({head})",
        f'location="bucket={options.text("bucket")},key={key},bundleType={kind}"',
        '[ "$version" = None ] || location="$location,version=$version"',
    ]


def _on_github(options: Options) -> list[str]:
    options.drop("bucket", "key", "bundle_type")
    repository = options.text("repository", "$TRAVIS_REPO_SLUG")
    return [f'location="repository={repository},commitId={options.text("commit_id", "$TRAVIS_COMMIT")}"']
