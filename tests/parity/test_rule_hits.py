"""The rules beyond the official parser on the recorded configs: no crash, counts as written down, safe fixes are safe.

A sample of the recordings; `--whole-corpus` takes all.
"""

import json

import pytest

from tests.lint.rules import CORPUS, record, rules
from tests.parity.oracle import rows
from tests.parity.rule_hits import fingerprint, hits, in_sample
from travistool.lint.engine import lint
from travistool.lint.extra import extra
from travistool.lint.fixing import applied, fix, same_build
from travistool.lint.index import ROWS
from travistool.lint.pages import AS_OF
from travistool.pipeline import read
from travistool.source import Source

pytestmark = pytest.mark.parity
# What programs say depends on their version, and asking them takes long.
NAMES = [rule.name for _, rule in rules() if not rule.needs_tools]


def test_counts_are_current(whole_corpus: bool) -> None:
    recorded = rows("configs.jsonl.gz")
    some = recorded if whole_corpus else in_sample(recorded)
    found = hits(NAMES, some)
    assert found.pop("internal-error") == {}
    if json.loads(CORPUS.read_text(encoding="utf-8"))["fingerprint"] != fingerprint(recorded):
        pytest.skip("other recordings than those that were counted")
    known = {name: record(name) for name in NAMES}
    wanted = {name: one and (one.hits if whole_corpus else one.sample_hits) for name, one in known.items()}
    assert {name: len(paths) for name, paths in found.items()} == wanted


def test_findings_have_places_and_words(whole_corpus: bool) -> None:
    recorded = rows("configs.jsonl.gz")
    for row in recorded if whole_corpus else in_sample(recorded):
        source = Source(row["path"], row["yaml"])
        for one in extra(read(source), "pedantic", as_of=AS_OF):
            assert one.span.source is source
            assert 0 <= one.span.start <= one.span.end <= len(source.text)
            assert "\n" not in one.message
            assert not one.message.endswith(".")


def test_a_safe_fix_changes_no_build(whole_corpus: bool) -> None:
    """Each by itself, so that one cannot hide behind another; then all together, which come to an end."""
    recorded = rows("configs.jsonl.gz")
    wrong, unfinished = [], []
    for row in recorded if whole_corpus else in_sample(recorded):
        source = Source(row["path"], row["yaml"])
        reading = read(source)
        for one in extra(reading, "pedantic", as_of=AS_OF):
            if one.fix is not None and one.fix.safe:
                after = Source(source.name, applied(source.text, one.fix.edits))
                if not same_build(reading, read(after)):
                    wrong.append((row["path"], one.rule, one.span.first()))
        fixed = fix(source, lambda text: lint(read(text), "pedantic", as_of=AS_OF))
        if fixed.withheld or fix(fixed.source, lambda text: lint(read(text), "pedantic", as_of=AS_OF)).fixes:
            unfinished.append(row["path"])
    assert (wrong, unfinished) == ([], [])


def test_an_unsafe_fix_leaves_a_config_without_its_finding(whole_corpus: bool) -> None:
    """Each by itself; what is fixed need not be the same build, but must be a config, with one finding less."""
    recorded = rows("configs.jsonl.gz")
    wrong, made = [], 0
    for row in recorded if whole_corpus else in_sample(recorded):
        source = Source(row["path"], row["yaml"])
        is_whole = read(source).broken() is None
        found = extra(read(source), "pedantic", as_of=AS_OF)
        for one in found:
            if one.fix is None or one.fix.safe:
                continue
            made += 1
            after = read(Source(source.name, applied(source.text, one.fix.edits)))
            rule = tuple((*each[:3], ("pedantic",), *each[4:]) for each in ROWS if each[0] == one.rule)
            left = extra(after, "pedantic", as_of=AS_OF, rows=rule)
            if (is_whole and after.broken()) or len(left) >= sum(each.rule == one.rule for each in found):
                wrong.append((row["path"], one.rule, one.span.first()))
    print(f"{made} unsafe fixes")
    assert made
    assert wrong == []
