"""`travistool schema`: the JSON Schema for editors."""

from typing import Annotated

import typer

from travistool.cli.terminal import write


def schema(
    output: Annotated[
        str, typer.Option("--output", "-o", help="Write to a file instead.", metavar="FILE", show_default=False)
    ] = "",
) -> int:
    """Print the JSON Schema of .travis.yml (draft 2020-12) for editors and other tools.

    Example: travistool schema -o travis.schema.json
    """
    from travistool.report.record import dump  # noqa: PLC0415
    from travistool.schema.publish import publish  # noqa: PLC0415

    write(dump(publish(), indent=2) + "\n", output)
    return 0
