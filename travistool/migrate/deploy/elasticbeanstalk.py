"""`elasticbeanstalk`: the folder as a new version of an application, by Amazon's client."""

from __future__ import annotations

from travistool.migrate.deploy import aws
from travistool.migrate.deploy.options import Options, in_quotes


def commands(options: Options) -> list[str]:
    """Return the commands. The archive leaves out what .ebignore lists, else what .gitignore does."""
    bucket, app = options.text("bucket"), options.word("app", '"${TRAVIS_REPO_SLUG##*/}"')
    options.drop("debug")
    lines = aws.login(options)
    label = options.word("label", '"travis-$TRAVIS_COMMIT-$(date +%s)"')
    lines.append(f"label={label}")
    lines += _archive(options)
    folder = options.text("bucket_path").rstrip("/")
    lines.append(f'key="{folder + "/" if folder else ""}$label.zip"')
    description = options.word("description", '"$(git log -1 --format=%B | cut -c 1-200 | head -n 1)"')
    made = f'--version-label "$label" --description {description} --source-bundle "S3Bucket={bucket},S3Key=$key"'
    lines += [
        f"aws s3api head-bucket --bucket {in_quotes(bucket)} 2> /dev/null || aws s3 mb {in_quotes(f's3://{bucket}')}",
        f'aws s3 cp "$archive" "s3://{bucket}/$key"',
        f"aws elasticbeanstalk create-application-version --application-name {app} {made}",
    ]
    if options.has("env"):
        env = options.word("env")
        lines.append(f'aws elasticbeanstalk update-environment --environment-name {env} --version-label "$label"')
        if options.is_on("wait_until_deployed"):
            lines.append(f"aws elasticbeanstalk wait environment-updated --environment-names {env}")
    options.drop("wait_until_deployed", "wait_until_deployed_timeout")
    return lines


def _archive(options: Options) -> list[str]:
    zipped = [
        "ignore=$(ls .ebignore .gitignore 2> /dev/null | head -n 1)",
        'git ls-files --cached --others ${ignore:+--exclude-from="$ignore"} | zip -q -@ "$archive"',
    ]
    if not options.has("zip_file"):
        options.program("zip")
        return ['archive="$PWD/$label.zip"', *zipped]
    return [f"archive={options.word('zip_file')}"]
