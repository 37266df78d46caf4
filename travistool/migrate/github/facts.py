"""Actions as the dated data file of this target has them."""

from __future__ import annotations

from travistool.migrate.data.facts import facts


def action(name: str) -> str:
    """Return what stands behind `uses:`. Raises KeyError for an action that the file does not know."""
    return f"{name}@{facts('github')['actions'][name]['version']}"
