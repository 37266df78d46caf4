"""What the rules find in the recorded configs: counts, and samples for people to judge.

    python -m tests.parity.rule_hits sample RULE            print what is to be judged, with the lines around
    python -m tests.parity.rule_hits judge RULE < verdicts  store verdicts: lines `<path>:<line> yes|no <why>`
    python -m tests.parity.rule_hits update [RULE ...]      count again and store, all rules without a name

Each finding is judged for itself, with a reason that says what this file does: in 30 files for a rule that is on by
default, 8 for others, all if there are fewer; one finding a file. Files come by chance, the same each time. Verdicts stay as
long as the rule finds what they are about; what a change takes away is made good by other files.
"""

import hashlib
import json
import sys
from collections.abc import Iterable
from typing import Any

from tests.lint.rules import CORPUS, VERDICTS, Record, Verdict, record, rules, wanted
from tests.parity.oracle import rows
from travistool.cli.tools import run
from travistool.diagnostics import Diagnostic
from travistool.lint.extra import extra
from travistool.lint.index import ROWS
from travistool.lint.pages import AS_OF
from travistool.lint.tools import SHELL
from travistool.pipeline import read
from travistool.source import Source

EVERY = 25
"""One file of so many is in the sample that each test run counts."""
_AROUND = 3
_EVERY = "pedantic"
"""The profile to ask for: here every rule is in it, also those that only special ones have."""


def main(arguments: list[str]) -> None:
    match arguments:
        case ["sample", name]:
            sample(name)
        case ["judge", name]:
            judge(name, sys.stdin)
        case ["update", *names]:
            update(names or [rule.name for _, rule in rules()])
        case _:
            sys.exit(__doc__)


def hits(names: Iterable[str], recorded: Iterable[dict[str, Any]]) -> dict[str, dict[str, list[Diagnostic]]]:
    """Return the findings of rules by rule and path; crashes are under `internal-error`."""
    wanted = tuple((*row[:3], (_EVERY,), *row[4:]) for row in ROWS if row[0] in set(names))
    found: dict[str, dict[str, list[Diagnostic]]] = {name: {} for name in (*names, "internal-error")}
    tools = run if any(SHELL in row[3] for row in ROWS if row[0] in set(names)) else None
    for row in recorded:
        for one in extra(read(Source(row["path"], row["yaml"])), _EVERY, as_of=AS_OF, rows=wanted, run=tools):
            found[one.rule].setdefault(row["path"], []).append(one)
    return found


def fingerprint(recorded: Iterable[dict[str, Any]]) -> str:
    """Return what tells these recordings from others: counts hold only for the same."""
    return hashlib.sha256("\n".join(sorted(row["path"] for row in recorded)).encode()).hexdigest()[:16]


def in_sample(recorded: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return recorded[::EVERY]


def chosen(name: str, found: dict[str, list[Diagnostic]]) -> list[Diagnostic]:
    """Return the findings of a rule that are to be judged, by path: those that are, and others up to the wanted number."""
    (rule,) = (rule for _, rule in rules() if rule.name == name)
    known = record(name)
    judged = {(one.path, one.line) for one in known.verdicts} if known is not None else set()
    kept = {path: one for path, all_ in found.items() for one in all_ if (path, one.span.first().line) in judged}
    for path in sorted(found, key=lambda path: _chance(name, path)):
        if len(kept) >= wanted(rule):
            break
        kept.setdefault(path, min(found[path], key=lambda one: _chance(name, f"{path}:{one.span.first().line}")))
    return [kept[path] for path in sorted(kept)]


def _chance(name: str, text: str) -> str:
    """Return what puts texts into an order of chance, which is the same each time and for each rule another one."""
    return hashlib.sha256(f"{name} {text}".encode()).hexdigest()


def sample(name: str) -> None:
    """Print the findings to judge; those that have a verdict are marked."""
    found = hits([name], rows("configs.jsonl.gz"))
    known = record(name)
    judged = {(one.path, one.line) for one in known.verdicts} if known is not None else set()
    print(
        f"{len(found[name])} files, {sum(map(len, found[name].values()))} findings; {len(found['internal-error'])} crashes"
    )
    for one in chosen(name, found[name]):
        place, source = one.span.first(), one.span.source
        mark = " (judged)" if (source.name, place.line) in judged else ""
        print(f"\n{source.name}:{place.line}{mark}\n  {one.message}  [{one.span.text[:60]!r}]")
        last = one.span.last().line
        for number in range(max(place.line - _AROUND, 1), min(last, place.line + 12) + _AROUND):
            print(f"  {'>' if place.line <= number <= last else ' '} {number:4} {source.line(number)[:160]}")


def judge(name: str, lines: Iterable[str]) -> None:
    """Store verdicts for findings of the sample beside those that are known, and the counts."""
    known = record(name)
    verdicts = {(one.path, one.line): one for one in known.verdicts} if known is not None else {}
    for line in filter(str.strip, lines):
        place, answer, why = line.strip().split(" ", 2)
        path, _, number = place.rpartition(":")
        verdicts[path, int(number)] = Verdict(path, int(number), {"yes": True, "no": False}[answer], why)
    update([name], {name: tuple(verdicts.values())})


def update(names: list[str], verdicts: dict[str, tuple[Verdict, ...]] | None = None) -> None:
    """Count what rules find and write it down, with the verdicts that are given or known."""
    recorded = rows("configs.jsonl.gz")
    found = hits(names, recorded)
    some = {row["path"] for row in in_sample(recorded)}
    VERDICTS.mkdir(parents=True, exist_ok=True)
    _write(CORPUS.stem, {"files": len(recorded), "fingerprint": fingerprint(recorded)})
    for name in names:
        known = record(name)
        lines = {(path, one.span.first().line) for path, all_ in found[name].items() for one in all_}
        given = (verdicts or {}).get(name, known.verdicts if known is not None else ())
        kept = tuple(sorted(one for one in given if (one.path, one.line) in lines))
        _save(name, Record(len(found[name]), len(some & found[name].keys()), kept))
        missing = len(chosen(name, found[name])) - len(kept)
        if missing > 0:
            print(f"{name}: {missing} findings of the sample are not judged")
    for path, crashes in found["internal-error"].items():
        print(f"{path}: {crashes[0].message}")


def _save(name: str, one: Record) -> None:
    verdicts = [verdict._asdict() for verdict in one.verdicts]
    _write(name, {"hits": one.hits, "sample_hits": one.sample_hits, "verdicts": verdicts})


def _write(name: str, data: dict[str, Any]) -> None:
    text = json.dumps(data, indent=1, ensure_ascii=False) + "\n"
    (VERDICTS / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
