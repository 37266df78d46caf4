"""Safe fixes leave every recorded config as it is to Travis, and come to an end."""

import pytest

from tests.lint.findings import applied
from tests.parity.oracle import rows
from travistool.diagnostics import Edit, Fix
from travistool.lint.engine import lint
from travistool.pipeline import read
from travistool.schema.store import load
from travistool.source import Source

pytestmark = pytest.mark.parity

_GONE = ("sudo", "skip_cleanup")
_ROUNDS = 12


def test_safe_fixes_change_no_build() -> None:
    changed, fixed = [], 0
    for row in rows("configs.jsonl.gz"):
        before, after = row["yaml"], _fixed(row["yaml"])
        if after != before:
            fixed += 1
            if _config(before) != _config(after):
                changed.append(row["path"])
    print(f"{fixed} files fixed, {len(changed)} of them changed to Travis")
    assert fixed
    assert changed == []


def _fixed(text: str) -> str:
    """Return the text when no safe fix is left."""
    for _ in range(_ROUNDS):
        found = [one.fix for one in lint(read(Source("test.yml", text)), "service") if one.fix and one.fix.safe]
        if not found:
            return text
        text = applied(text, _apart(found))
    pytest.fail(f"safe fixes do not end:\n{text}")


def _apart(fixes: list[Fix]) -> tuple[Edit, ...]:
    """Return the edits of those fixes that touch no text of an earlier one."""
    taken: list[Edit] = []
    for fix in fixes:
        if all(
            edit.span.end <= other.span.start or edit.span.start >= other.span.end
            for edit in fix.edits
            for other in taken
        ):
            taken += fix.edits
    return tuple(taken)


def _config(text: str) -> object:
    """Return the normal form, without what nothing reads: the user's own keys at the top level, and obsolete ones."""
    normal = read(Source("test.yml", text)).normal
    assert normal is not None
    config = normal.config()
    assert isinstance(config, dict)
    return _without({key: value for key, value in config.items() if key in load().root.keys})


def _without(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without(child) for key, child in value.items() if key not in _GONE}
    return [_without(child) for child in value] if isinstance(value, list) else value
