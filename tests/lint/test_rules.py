"""The rules beyond the official parser: their index, their examples, their verdicts."""

import re
from pathlib import Path

import pytest

from tests.lint.findings import findings
from tests.lint.rules import FOLDER, ROOT, VERDICTS, record, rules, wanted
from travistool.diagnostics import Severity
from travistool.lint.catalog import names
from travistool.lint.extra import extra
from travistool.lint.fixing import applied
from travistool.lint.indexing import PATH, index_text, profiles
from travistool.lint.pages import AS_OF
from travistool.lint.rule import Rule
from travistool.pipeline import read
from travistool.source import Source

ALL = [pytest.param(group, rule, id=rule.name) for group, rule in rules()]


def test_the_index_is_current(update_golden: bool) -> None:
    wanted = index_text(rules())
    if update_golden:
        (ROOT / PATH).write_text(wanted, encoding="utf-8", newline="\n")
    assert (ROOT / PATH).read_text(encoding="utf-8") == wanted


@pytest.mark.parametrize(("group", "rule"), ALL)
def test_a_rule_stands_in_the_file_of_its_name(group: str, rule: Rule) -> None:
    path = FOLDER / group / f"{rule.name.replace('-', '_')}.py"
    assert path.exists()
    text = path.read_text(encoding="utf-8")
    assert re.findall(r'"""', text.split("\n\n")[0])
    assert len(text.splitlines()) <= 150


@pytest.mark.parametrize(("group", "rule"), ALL)
def test_the_good_example_shows_nothing_in_any_profile_of_the_rule(group: str, rule: Rule) -> None:
    found = findings(rule.good, rule.name)
    assert found == ()
    assert group
    assert profiles(group, rule)


@pytest.mark.parametrize(("group", "rule"), ALL)
def test_the_fix_of_the_bad_example_is_as_said_and_removes_the_finding(group: str, rule: Rule) -> None:
    found = findings(rule.bad, rule.name) if rule.bad else ()
    fixes = [one.fix for one in found if one.fix is not None]
    assert [fix.safe for fix in fixes] == [rule.fix == "safe"] * len(fixes), group
    assert bool(fixes) == (rule.fix != "none")
    after = rule.bad
    for fix in reversed(fixes):
        after = applied(after, fix.edits)
    assert read(Source("x", after)).broken() is None
    assert not fixes or findings(after, rule.name) == ()


@pytest.mark.parametrize(("group", "rule"), ALL)
def test_real_configs_were_looked_at(group: str, rule: Rule) -> None:
    known = record(rule.name)
    assert known is not None, f"run: python -m tests.parity.rule_hits update {rule.name}"
    assert len(known.verdicts) >= min(wanted(rule), known.hits), group
    assert len({(one.path, one.line) for one in known.verdicts}) == len(known.verdicts)
    # Each finding is judged for itself: no two files are told the same.
    assert len({one.why for one in known.verdicts}) == len(known.verdicts)
    assert all(len(one.why.split()) > 1 for one in known.verdicts)
    if rule.profile == "default":
        assert sum(not one.agree for one in known.verdicts) * 20 <= max(len(known.verdicts), 20)
    assert known.hits or len(rule.sources) >= 2


def test_every_verdict_is_about_a_rule() -> None:
    known = {rule.name for _, rule in rules()} | {"corpus"}
    assert {path.stem for path in VERDICTS.glob("*.json")} <= known


def test_a_rule_has_a_name_of_its_own() -> None:
    found = [rule.name for _, rule in rules()]
    assert len(set(found)) == len(found)
    assert set(found) <= names().keys()


def test_a_crash_is_reported_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(_: object) -> None:
        raise ZeroDivisionError

    text = "language: c\ndist: trusty\ninstall: git clone git://github.com/a/b\n"
    (broken,) = (rule for _, rule in rules() if rule.name == "git-protocol")
    (other,) = (rule for _, rule in rules() if rule.name == "dist-gone")
    loaded = {"git-protocol": broken._replace(check=crash), "dist-gone": other}
    monkeypatch.setattr("travistool.lint.rules.load", lambda _, name: loaded[name])
    rows = tuple(
        (name, "x", 2, ("default",), (trigger, ()), ())
        for name, trigger in (("git-protocol", ("git://",)), ("dist-gone", ("dist",)))
    )
    found = extra(read(Source("x", text)), "default", rows=rows, as_of=AS_OF)
    assert [(one.rule, one.severity) for one in found] == [
        ("internal-error", Severity.ERROR),
        ("dist-gone", Severity.WARNING),
    ]
    assert found[0].message == "the rule git-protocol crashed (ZeroDivisionError), please report this with the config"


def test_no_rule_file_is_forgotten() -> None:
    assert {path.parent for path in FOLDER.glob("*/*.py")} == {path for path in FOLDER.iterdir() if path.is_dir()} - {
        Path(FOLDER / "__pycache__")
    }
