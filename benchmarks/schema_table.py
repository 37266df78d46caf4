"""Print how well two JSON Schemas judge the recorded configs, as the table in docs/schema.md.

python -m benchmarks.schema_table RECORDINGS_FOLDER
"""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from check_jsonschema.builtin_schemas import get_builtin_schema  # type: ignore[import-untyped]
from check_jsonschema.parsers import ParseError, ParserSet  # type: ignore[import-untyped]
from jsonschema import Draft202012Validator, validators

from travistool.document.dialect import resolve
from travistool.document.parse import parse
from travistool.schema.publish import publish
from travistool.source import Source

Row = dict[str, Any]
Load = Callable[[str], Any]


def main() -> None:
    with gzip.open(Path(sys.argv[1]) / "configs.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    vendor = get_builtin_schema("vendor.travis")
    judges = {
        "`travistool schema`": Draft202012Validator(publish()),
        "`vendor.travis`": validators.validator_for(vendor)(vendor),
    }
    loadings: dict[str, Load] = {"check-jsonschema": by_check_jsonschema, "travistool": by_travistool}
    print("| schema | loaded by | accepted | rejected | unreadable | false alarms | missed errors | missed warnings |")
    print("| --- | --- | --: | --: | --: | --: | --: | --: |")
    for loading, load in loadings.items():
        loaded = [(row, load(row["yaml"])) for row in rows]
        for name, judge in judges.items():
            counts = Counter(label for row, config in loaded for label in labels(row, config, judge))
            cells = [counts[label] for label in ("accepted", "rejected", "unreadable")]
            cells += [counts[label] for label in ("false alarm", "missed error", "missed warning")]
            print(f"| {name} | {loading} | {' | '.join(f'{cell:,}' for cell in cells)} |")


def by_check_jsonschema(text: str) -> Any:
    try:
        return ParserSet().parse_data_with_path(text.encode(), ".travis.yml", "yaml")
    except ParseError:
        return ParseError


def by_travistool(text: str) -> Any:
    value, _ = resolve(parse(Source(".travis.yml", text)))
    return ParseError if value is None else value.plain()


def labels(row: Row, config: Any, judge: Any) -> list[str]:
    """Return what a row counts as. A file that cannot be read counts as nothing else."""
    if config is ParseError:
        return ["unreadable"]
    levels = {level for level, _, _, _ in row["msgs"]}
    warned = any(level != "info" and code != "deprecated_key" for level, _, code, _ in row["msgs"])
    if not judge.is_valid(config):
        return ["rejected"] if levels - {"info"} else ["rejected", "false alarm"]
    missed_error = ["missed error"] if levels & {"error", "alert"} else []
    return ["accepted", *missed_error, *(["missed warning"] if warned else [])]


if __name__ == "__main__":
    main()
