"""Any other provider: Travis's own tool, which needs Ruby."""

from __future__ import annotations

import re

from travistool.migrate.deploy.options import Options


def commands(options: Options) -> list[str]:
    """Return the call: lists repeat the option, true and false are switches."""
    words = ["dpl", options.provider]
    for key, value in options.options.items():
        if key in ("cleanup", "run") or value is None:
            continue
        if isinstance(value, bool):
            options.drop(key)
            words.append(f"--{key}" if value else f"--no-{key}")
        elif isinstance(value, dict):
            words.append(f"--{key} {options.secret(key, _name(options.provider, key))}")
        else:
            words += [f"--{key} {word}" for word in options.words(key)]
    return [options.gem("dpl"), " ".join(words)]


def _name(provider: str, key: str) -> str:
    return re.sub(r"\W+", "_", f"{provider}_{key}").upper()
