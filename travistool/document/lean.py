"""Loading ruamel: only what reading events needs, for a process that lints and ends; or the whole of it.

`ruamel/yaml/__init__.py` loads readers, writers and plug-ins, and the C parser imports eight modules of the package only
to raise their errors: 18 ms of CPU time together, a quarter of a lint run, of which reading events uses nothing. Some
commands, which only read, load the parser while stand-ins take their place. Nothing else may do so: whoever imports
`ruamel.yaml` afterwards without `whole` misses the package's attributes.
"""

from __future__ import annotations

import sys
from types import ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_PACKAGE = "ruamel.yaml"
_ONLY_ERRORS = ("reader", "scanner", "parser", "composer", "constructor", "emitter", "serializer", "representer")
"""Modules of which the C parser takes nothing but an error's class: `ScannerError` of `scanner`."""


def load_parts() -> None:
    """Load `ruamel.yaml.error`, `ruamel.yaml.events` and the C parser; nothing when that cannot be had or is loaded."""
    from importlib import import_module  # noqa: PLC0415
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
        error = import_module(f"{_PACKAGE}.error")
        for name in _ONLY_ERRORS:
            sys.modules[f"{_PACKAGE}.{name}"] = _errors_of(name, error)
        import _ruamel_yaml  # noqa: F401, PLC0415
        import ruamel.yaml.events  # noqa: F401, PLC0415
    except ImportError:
        # Without the C parser, or with another layout of the package, the ordinary imports decide.
        for name in [name for name in sys.modules if name.startswith(f"{_PACKAGE}.")]:
            del sys.modules[name]
    finally:
        for name in _ONLY_ERRORS:
            sys.modules.pop(f"{_PACKAGE}.{name}", None)
        del sys.modules[_PACKAGE]
        vars(sys.modules["ruamel"]).pop("yaml", None)


def _errors_of(name: str, error: ModuleType) -> ModuleType:
    """Return a module that holds the one class the C parser asks it for, as kin of the package's own errors."""
    title = f"{name.capitalize()}Error"
    base = error.YAMLError if name == "reader" else error.MarkedYAMLError
    module = ModuleType(f"{_PACKAGE}.{name}")
    setattr(module, title, type(title, (base,), {"__module__": module.__name__}))
    return module


def whole() -> Any:
    """Return the package `ruamel.yaml`, complete even after its parts were loaded alone."""
    import ruamel.yaml  # noqa: PLC0415

    for name in [name for name in sys.modules if name.startswith(f"{_PACKAGE}.")]:
        package, _, part = name.rpartition(".")
        if package == _PACKAGE and not hasattr(ruamel.yaml, part):
            setattr(ruamel.yaml, part, sys.modules[name])
    return ruamel.yaml
