"""`python -m travistool`."""

from __future__ import annotations

from travistool.cli.main import run

run()
