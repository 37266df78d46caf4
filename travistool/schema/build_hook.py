"""Put the compiled table into every wheel (a hook for hatchling; see pyproject.toml)."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class TableHook(BuildHookInterface[Any]):
    """Compile `schemas/` into `travistool/schema/table.bin` of the wheel. A checkout compiles for itself."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the table to a temporary file and have it included."""
        if self.target_name != "wheel" or version == "editable":
            return
        sys.path.insert(0, self.root)
        from travistool.schema.compiler import write_table  # noqa: PLC0415  # not installed yet

        self._folder = tempfile.TemporaryDirectory()
        table = Path(self._folder.name, "table.bin")
        write_table(str(Path(self.root, "schemas")), str(table))
        build_data["force_include"][str(table)] = "travistool/schema/table.bin"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary file."""
        del version, build_data, artifact_path
        if hasattr(self, "_folder"):
            self._folder.cleanup()
