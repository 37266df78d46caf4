"""`lambda`: a function, made where there is none yet, by Amazon's client."""

from __future__ import annotations

from travistool.catalog.settings import as_text
from travistool.migrate.deploy import aws
from travistool.migrate.deploy.options import Options, in_quotes

_BETWEEN = {"java": "::", "dotnet": "::", "go": ""}
_CONFIG = (
    *(("role", "role"), ("timeout", "timeout"), ("memory_size", "memory-size"), ("kms_key_arn", "kms-key-arn")),
    *(("runtime", "runtime"),),
)
_DEFAULTS = {"timeout": "3", "memory_size": "128"}


def commands(options: Options) -> list[str]:
    """Return the commands. The settings of a function that is there are overwritten, as Travis's tool does."""
    name = options.word("function_name")
    publish = " --publish" if options.is_on("publish") else ""
    settings = _settings(options)
    tags = ",".join(_pairs(options, "function_tags"))
    waits = f"aws lambda wait function-updated-v2 --function-name {name}"
    tag = [f'  aws lambda tag-resource --resource "$arn" --tags {in_quotes(tags)}', f"  {waits}"] if tags else []
    new = f" --tags {in_quotes(tags)}" if tags else ""
    arn = "  arn=$(" if tags else "  "
    end = " --query FunctionArn --output text)" if tags else ""
    return [
        *aws.login(options),
        *_archive(options),
        f"if aws lambda get-function --function-name {name} > /dev/null 2>&1; then",
        f"{arn}aws lambda update-function-configuration --function-name {name}{settings}{end}",
        f"  {waits}",
        *tag,
        f'  aws lambda update-function-code --function-name {name} --zip-file "fileb://$archive"{publish}',
        "else",
        f'  aws lambda create-function --function-name {name}{settings}{new} --zip-file "fileb://$archive"',
        "fi",
    ]


def _settings(options: Options) -> str:
    flags = ""
    for key, name in _CONFIG:
        word = options.word(key, _DEFAULTS.get(key, ""))
        flags += f" --{name} {word}" if word else ""
    if options.has("handler_name"):
        flags += f" --handler {in_quotes(_handler(options))}"
    options.drop("module_name")
    description = options.text("description", "Deploy build %{build_number}")
    flags += f" --description {in_quotes(description.replace('%{build_number}', '$TRAVIS_BUILD_NUMBER'))}"
    subnets, groups = ",".join(map(as_text, options.values("subnet_ids"))), options.values("security_group_ids")
    if subnets or groups:
        flags += f" --vpc-config {in_quotes(f'SubnetIds={subnets},SecurityGroupIds=' + ','.join(map(as_text, groups)))}"
    pairs = _pairs(options, "environment")
    flags += f" --environment {in_quotes('Variables={' + ','.join(pairs) + '}')}" if pairs else ""
    if options.has("dead_letter_arn"):
        flags += f" --dead-letter-config {in_quotes('TargetArn=' + options.text('dead_letter_arn'))}"
    flags += f" --tracing-config Mode={options.text('tracing_mode', 'PassThrough')}"
    layers = options.words("layers")
    return flags + (f" --layers {' '.join(layers)}" if layers else "")


def _handler(options: Options) -> str:
    runtime = options.text("runtime")
    between = next((sign for start, sign in _BETWEEN.items() if runtime.startswith(start)), ".")
    module = "" if runtime.startswith("go") else options.text("module_name", "index")
    return f"{module}{between}{options.text('handler_name')}"


def _pairs(options: Options, key: str) -> list[str]:
    """Return `NAME=value` texts. An encrypted one is a secret that holds the whole text."""
    found = []
    for number, item in enumerate(options.values(key), 1):
        if isinstance(item, dict) and "secure" in item:
            found.append(options.encrypted(key, f"LAMBDA_{key.upper()}_{number}"))
        elif isinstance(item, dict):
            found += [f"{one}={as_text(value)}" for one, value in item.items()]
        else:
            found.append(as_text(item))
    return found


def _archive(options: Options) -> list[str]:
    """Return the lines that find or make the archive, of a folder or of one file."""
    options.program("zip")
    path = options.word("zip", ".")
    hidden = "" if options.is_on("dot_match") else " -x '.*' '*/.*'"
    return [
        f"archive={path}",
        'if [ -d "$archive" ]; then',
        f'  (cd "$archive" && zip -q -r /tmp/lambda.zip .{hidden}) && archive=/tmp/lambda.zip',
        'elif [ "${archive##*.}" != zip ] && [ "${archive##*.}" != jar ]; then',
        '  zip -q -j /tmp/lambda.zip "$archive" && archive=/tmp/lambda.zip',
        "fi",
    ]
