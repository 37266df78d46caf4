"""Names in a sentence for people: the first ones, and how many more there are."""

from __future__ import annotations

from collections.abc import Sequence

MOST = 6
"""How many names one sentence tells."""


def told(names: Sequence[str], most: int = MOST) -> str:
    """Return names as a list in words, `a, b and 12 more`; one too many is told rather than counted."""
    shown = names if len(names) <= most + 1 else names[:most]
    parts = [*shown, *([f"{len(names) - most} more"] if len(shown) < len(names) else [])]
    return " and ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else "".join(parts)
