"""Loading ruamel: only what reading events needs, for a process that lints and ends; or the whole of it.

`ruamel/yaml/__init__.py` loads readers, writers and plug-ins that reading events needs nothing of: 7 ms of CPU time, a
tenth of a lint run. The quick path of the command line loads the parts while an empty package stands in for theirs.
Nothing else may do so: whoever imports `ruamel.yaml` afterwards without `whole` misses the package's attributes.
"""

import sys
from types import ModuleType
from typing import Any

_PACKAGE = "ruamel.yaml"


def load_parts() -> None:
    """Load `ruamel.yaml.error`, `ruamel.yaml.events` and the C parser; nothing when that cannot be had or is loaded."""
    from importlib.machinery import PathFinder  # noqa: PLC0415

    if _PACKAGE in sys.modules:
        return
    outer = PathFinder.find_spec("ruamel")
    spec = None if outer is None else PathFinder.find_spec(_PACKAGE, outer.submodule_search_locations)
    if spec is None or spec.submodule_search_locations is None:
        return
    stand_in = ModuleType(_PACKAGE)
    stand_in.__path__ = spec.submodule_search_locations
    sys.modules[_PACKAGE] = stand_in
    try:
        import _ruamel_yaml  # noqa: F401, PLC0415
        import ruamel.yaml.error  # noqa: PLC0415
        import ruamel.yaml.events  # noqa: F401, PLC0415
    except ImportError:
        # Without the C parser, or with another layout of the package, the ordinary imports decide.
        for name in [name for name in sys.modules if name.startswith(f"{_PACKAGE}.")]:
            del sys.modules[name]
    finally:
        del sys.modules[_PACKAGE]
        vars(sys.modules["ruamel"]).pop("yaml", None)


def whole() -> Any:
    """Return the package `ruamel.yaml`, complete even after its parts were loaded alone."""
    import ruamel.yaml  # noqa: PLC0415

    for name, module in list(sys.modules.items()):
        package, _, part = name.rpartition(".")
        if package == _PACKAGE and not hasattr(ruamel.yaml, part):
            setattr(ruamel.yaml, part, module)
    return ruamel.yaml
