"""`ecr`: an image that the job has built, for registries of Amazon's in one or more regions."""

from __future__ import annotations

from travistool.migrate.deploy import aws
from travistool.migrate.deploy.options import Options


def commands(options: Options) -> list[str]:
    """Return the commands."""
    regions = options.text("region", "us-east-1").replace(",", " ")
    targets = options.text("target").replace(",", " ")
    account = options.word("account_id", '"$(aws sts get-caller-identity --query Account --output text)"')
    return [
        *aws.login(options),
        f"account={account}",
        f"for region in {regions}; do",
        '  registry="$account.dkr.ecr.$region.amazonaws.com"',
        '  aws ecr get-login-password --region "$region" | docker login --username AWS --password-stdin "$registry"',
        f"  for target in {targets}; do",
        f'    docker tag {options.word("source")} "$registry/$target"',
        '    docker push "$registry/$target"',
        "  done",
        "done",
    ]
