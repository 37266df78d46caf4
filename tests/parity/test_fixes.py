"""Safe fixes leave every recorded config as it is to Travis, and come to an end."""

from collections.abc import Sequence

import pytest

from tests.parity.oracle import rows
from travistool.diagnostics import Diagnostic
from travistool.lint.engine import lint
from travistool.lint.fixing import fix, meaning
from travistool.pipeline import read
from travistool.source import Source

pytestmark = pytest.mark.parity


def judge(source: Source) -> Sequence[Diagnostic]:
    return lint(read(source), "service")


def test_safe_fixes_change_no_build() -> None:
    changed, unfinished, withheld, fixed = [], [], [], 0
    for row in rows("configs.jsonl.gz"):
        source = Source("test.yml", row["yaml"])
        after = fix(source, judge)
        if after.withheld:
            withheld.append((row["path"], after.withheld[0].message))
        if after.source is source:
            continue
        fixed += 1
        if meaning(read(source)) != meaning(read(after.source)):
            changed.append(row["path"])
        if fix(after.source, judge).source is not after.source:
            unfinished.append(row["path"])
    print(f"{fixed} files fixed, {len(changed)} of them changed to Travis")
    assert fixed
    assert (changed, unfinished, withheld) == ([], [], [])
