"""`cloudformation`: a stack, made or brought up to date, by Amazon's client."""

from __future__ import annotations

import re

from travistool.catalog.settings import as_text
from travistool.migrate.deploy import aws
from travistool.migrate.deploy.options import Options, in_quotes


def commands(options: Options) -> list[str]:
    """Return the commands. Without `promote`, only a change set is made."""
    template = options.text("template")
    stack = options.text("stack_name_prefix") + options.text("stack_name")
    flags = f" --stack-name {in_quotes(stack)} --template-file {in_quotes(template)}{options.flag('role_arn')}"
    names = [word for one in options.values("capabilities") for word in as_text(one).split(",")]
    flags += f" --capabilities {' '.join(map(in_quotes, names))}" if names else ""
    pairs = [one if "=" in one else f"{one}=${one}" for one in map(as_text, options.values("parameters"))]
    flags += f" --parameter-overrides {' '.join(map(in_quotes, pairs))}" if pairs else ""
    flags += "" if options.is_on("promote", default=True) else " --no-execute-changeset"
    lines = aws.login(options)
    if re.match(r"https?://", template):
        lines.append(f"curl -fsSL {in_quotes(template)} -o /tmp/template.yml")
        flags = flags.replace(f" --template-file {in_quotes(template)}", " --template-file /tmp/template.yml")
    options.drop("wait_timeout", "create_timeout")
    if options.is_on("wait", default=True) is False:
        reason = "the stack is always waited for ('wait' of cloudformation)"
        options.tasks.add("deployment", reason, "nothing, if the time does not matter", options.deployment.place)
    lines.append(f"aws cloudformation deploy --no-fail-on-empty-changeset{flags}")
    if options.has("output_file"):
        query = "Stacks[0].Outputs[].[join('=', [OutputKey, OutputValue])]"
        ask = f'aws cloudformation describe-stacks --stack-name {in_quotes(stack)} --query "{query}" --output text'
        lines.append(f"{ask} > {options.word('output_file')}")
    return lines
