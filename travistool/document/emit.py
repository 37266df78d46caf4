"""Plain data to YAML text. The only writer of YAML."""

from io import StringIO

from ruamel.yaml import YAML


def emit(data: object) -> str:
    """Return block-style YAML that Travis, and any reader of YAML 1.1 or 1.2, reads as the same data.

    Text that such a reader would take for something else (`3.10`, `on`, `yes`) is quoted.
    """
    writer = YAML(typ="safe", pure=True)
    writer.version = (1, 1)
    writer.default_flow_style = False
    writer.sort_base_mapping_type_on_output = False
    writer.width = 4096
    out = StringIO()
    writer.dump(data, out)
    return out.getvalue().removeprefix("%YAML 1.1\n---\n")
