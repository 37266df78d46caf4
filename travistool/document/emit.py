"""Plain data to YAML text. The only writer of YAML."""

from __future__ import annotations

from io import StringIO
from typing import Any

from ruamel.yaml.representer import SafeRepresenter

from travistool.document.lean import whole
from travistool.document.scalars import is_date, typed


class _Representer(SafeRepresenter):  # type: ignore[misc,unused-ignore]  # untyped without the library's stubs
    """Writes text in quotes wherever Travis would not read the plain text as itself (`1,000`, `:a`, `yes`)."""

    def represent_text(self, text: str) -> Any:
        if text.startswith(":") or typed(text) != text or is_date(text):
            return self.represent_scalar("tag:yaml.org,2002:str", text, style="'")
        return self.represent_str(text)


_Representer.add_representer(str, _Representer.represent_text)


def emit(data: object) -> str:
    """Return block-style YAML that Travis, and any reader of YAML 1.1 or 1.2, reads as the same data."""
    writer = whole().YAML(typ="safe", pure=True)
    writer.Representer = _Representer
    writer.version = (1, 1)
    writer.default_flow_style = False
    writer.sort_base_mapping_type_on_output = False
    writer.width = 4096
    out = StringIO()
    writer.dump(_with_colons(data), out)
    return out.getvalue().removeprefix("%YAML 1.1\n---\n")


def _with_colons(data: object) -> object:
    """Return data whose keys have one more leading colon where they have one: Travis drops it, quoted or not."""
    if isinstance(data, dict):
        return {f":{key}" if key.startswith(":") else key: _with_colons(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_with_colons(item) for item in data]
    return data
