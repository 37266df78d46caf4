"""`cloud66`: a stack is told to deploy itself, by its address for that."""

from __future__ import annotations

from travistool.migrate.deploy.options import Options


def commands(options: Options) -> list[str]:
    """Return the command."""
    return [f"curl -fsS -X POST {options.secret('redeployment_hook', 'CLOUD66_REDEPLOYMENT_HOOK')}"]
