"""`travistool schema`: the published schema as text."""

import json
from pathlib import Path

from tests.cli.conftest import Call, Ran
from travistool.schema.publish import publish


def test_standard_output(travistool: Call) -> None:
    ran = travistool("schema")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out) == publish()
    assert ran.out.startswith('{\n  "$schema": "https://json-schema.org/draft/2020-12/schema",\n')
    assert ran.out.endswith("\n}\n")


def test_file(folder: Path, travistool: Call) -> None:
    assert travistool("schema", "-o", "travis.schema.json") == Ran(0, "", "")
    assert (folder / "travis.schema.json").read_text(encoding="utf-8") == travistool("schema").out


def test_unwritable(travistool: Call) -> None:
    assert travistool("schema", "-o", "no/where.json") == Ran(
        5,
        "",
        "travistool: error: cannot write no/where.json: no such file or directory\n"
        "  name a file in a folder that you may write to\n",
    )


def test_no_arguments(travistool: Call) -> None:
    assert travistool("schema", "extra").code == 2
