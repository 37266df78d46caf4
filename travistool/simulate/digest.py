"""Short names that are made from long ones."""

# As `random` does: `hashlib` brings OpenSSL, which takes longer to load than a job to plan.
from __future__ import annotations

try:
    from _sha2 import sha256  # type: ignore[import-not-found]  # Python 3.12 and newer
except ImportError:
    try:
        from _sha256 import sha256  # type: ignore[import-not-found]
    except ImportError:
        from hashlib import sha256


def digest(text: str) -> str:
    """Return sixteen letters and digits that stand for a text."""
    found: str = sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
    return found[:16]
