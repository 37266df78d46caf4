"""`travistool schema`: the JSON Schema for editors."""

from __future__ import annotations

from travistool.cli.option import OUTPUT, Options
from travistool.cli.terminal import write


class SchemaOptions(Options):
    """The options of the command line."""

    output: str = OUTPUT


def schema(options: SchemaOptions) -> int:
    """Print the JSON Schema of .travis.yml (draft 2020-12) for editors and other tools.

    Example: travistool schema -o travis.schema.json
    """
    from travistool.report.record import dump  # noqa: PLC0415
    from travistool.schema.publish import publish  # noqa: PLC0415

    write(dump(publish(), indent=2) + "\n", options.output)
    return 0
