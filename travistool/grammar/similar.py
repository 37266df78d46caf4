"""Which known name a mistyped one means.

Two answers to that question: `closest` is Travis's own repair, which decides what a build does and therefore has
to be the same in every tie (travis-yml lib/travis/yml/doc/helper/match.rb at 8d6f36f); `suggest` is for our own
hints, more generous because nothing happens if it guesses wrong.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from functools import lru_cache

LOOK_ALIKES = frozenset(
    {
        "after_vendor",
        "branch",
        "branches",
        "erlang",
        "gcc",
        "golang",
        "html",
        "jvm",
        "nvm",
        "osx",
        "pip",
        "pgsql",
        "postgres",
        "prose",
        "sdk",
        "slack",
        "start_script",
        "test",
        "trusty",
        "versions",
        "vimscript",
    }
)
"""Unknown names that are close to a known one but mean something else (doc/schema/node.rb, STOP from)."""

_NEVER_MEANT = frozenset({"elm_test"})
_MIN_LENGTH = 3
_MAX_DISTANCE = 3
_MAX_ANAGRAM = 5


def closest(candidates: Sequence[str], text: str, stop: Container[str] | None = LOOK_ALIKES) -> str | None:
    """Return the candidate that Travis takes `text` for, or None.

    `stop` holds the names that are never repaired; None (values of booleans) also lifts the ban on some targets.
    A text that is a candidate itself gives None: there is nothing to repair.

    The order of `candidates` counts. Ruby's sort_by promises nothing about ties, yet with glibc it is a merge sort
    and keeps them in order; no recorded case contradicts that. Two names of the same distance make all names that
    are near enough, also the farther ones, compete for the most shared letters and then for the greatest length;
    a name that is listed twice ties with itself.
    """
    if len(text) < _MIN_LENGTH or text in candidates or (stop is not None and text in stop):
        return None
    ranked = _by_distance(candidates, text)
    if not ranked and len(text) <= _MAX_ANAGRAM:
        ranked = _by_permutation(candidates, text)
    if _is_tied(ranked):
        letters = set(text)
        ranked = sorted(((-len(letters & set(name)), name) for _, name in ranked), key=_rank)
    if _is_tied(ranked):
        ranked = sorted(ranked, key=lambda pair: -len(pair[1]))
    if not ranked or (stop is not None and ranked[0][1] in _NEVER_MEANT):
        return None
    return ranked[0][1]


def suggest(candidates: Iterable[str], text: str) -> str | None:
    """Return the candidate to name in "did you mean", or None; for our hints only, never for repairs.

    Case and the difference of `-` and `_` do not count, swapped neighbors count once, and one letter in three may
    be wrong. Of equally near candidates the first wins.
    """
    wanted = _fold(text)
    best: str | None = None
    limit = max(1, len(wanted) // 3) + 1
    letters = _letters(wanted)
    for name in candidates:
        folded = _fold(name)
        others = _letters(folded)
        if (letters & ~others).bit_count() >= limit or (others & ~letters).bit_count() >= limit:
            continue
        distance = _damerau(wanted, folded, limit)
        if distance < limit:
            best, limit = name, distance
    return best


def _by_distance(candidates: Sequence[str], text: str) -> list[tuple[int, str]]:
    """Near candidates, nearest first. The distance must stay below half of the shorter length, and below four."""
    length, letters, ranked = len(text), _letters(text), []
    for name in candidates:
        shorter = min(length, len(name))
        limit = min((shorter - 1) // 2, _MAX_DISTANCE)
        if length + len(name) - 2 * shorter > limit:
            continue
        # Each letter that only one of them has takes an edit. This spares nine of ten comparisons.
        others = _letters(name)
        if (letters & ~others).bit_count() > limit or (others & ~letters).bit_count() > limit:
            continue
        distance = _levenshtein(name, text, limit)
        if distance <= limit:
            ranked.append((distance, name))
    ranked.sort(key=_rank)
    return ranked


@lru_cache(maxsize=4096)
def _letters(text: str) -> int:
    """Return the letters of `text` as bits; letters may share a bit, which only makes texts look nearer."""
    bits = 0
    for letter in text:
        bits |= 1 << (ord(letter) & 127)
    return bits


def _by_permutation(candidates: Sequence[str], text: str) -> list[tuple[int, str]]:
    letters = sorted(text)
    return next(([(1, name)] for name in candidates if sorted(name) == letters), [])


def _is_tied(ranked: list[tuple[int, str]]) -> bool:
    return len(ranked) > 1 and ranked[0][0] == ranked[1][0]


def _rank(pair: tuple[int, str]) -> int:
    return pair[0]


def _levenshtein(left: str, right: str, limit: int) -> int:
    """Return the number of edits from `left` to `right`, or any number above `limit` once it is exceeded."""
    # amatch counts bytes: only a difference for names that are not ASCII.
    a: Sequence[object] = left if left.isascii() and right.isascii() else left.encode()
    b: Sequence[object] = right if isinstance(a, str) else right.encode()
    start = 0
    shorter = min(len(a), len(b))
    while start < shorter and a[start] == b[start]:
        start += 1
    a, b = a[start:], b[start:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    return _banded(a, b, limit)


def _banded(a: Sequence[object], b: Sequence[object], limit: int) -> int:
    """Fill only the cells of the table that `limit` edits can reach."""
    far = limit + 1
    width = len(b)
    if abs(len(a) - width) > limit:
        return far
    row = [min(j, far) for j in range(width + 1)]
    for i, item in enumerate(a, 1):
        first, last = max(1, i - limit), min(width, i + limit)
        diagonal, row[first - 1] = row[first - 1], i if first == 1 else far
        nearest = row[first - 1]
        for j in range(first, last + 1):
            above = row[j] if j < i + limit else far
            cost = diagonal if item == b[j - 1] else 1 + min(diagonal, above, row[j - 1])
            diagonal, row[j] = row[j], cost
            nearest = min(nearest, cost)
        if nearest > limit:
            return far
    return row[width]


def _damerau(left: str, right: str, limit: int) -> int:
    """Return the edits from `left` to `right`, swapped neighbors counting once, or `limit` if it is reached."""
    if abs(len(left) - len(right)) >= limit:
        return limit
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, item in enumerate(left, 1):
        after = [i]
        for j, other in enumerate(right, 1):
            cost = min(row[j] + 1, after[j - 1] + 1, row[j - 1] + (item != other))
            if i > 1 and j > 1 and item == right[j - 2] and left[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            after.append(cost)
        if min(*row, *after) >= limit:
            return limit
        before, row = row, after
    return min(row[-1], limit)


def _fold(text: str) -> str:
    return text.lower().replace("-", "_")
