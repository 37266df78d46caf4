"""travistool from Python: read a text, get the config, the findings and the places.

    from travistool.api import read_config

    config = read_config(Path(".travis.yml").read_text(), ".travis.yml")
    config.data                     # {"language": "python", "os": ["linux"], ...} as Travis has it; None if unreadable
    config.findings()               # diagnostics, as `travistool lint` shows them
    config.span("jobs", "include", 0, "script")   # where that is written

What this module and `travistool.diagnostics` and `travistool.source` hold stays stable within a major version; the
rest of the package is ours to change.
"""

from __future__ import annotations

from travistool.diagnostics import Diagnostic, Edit, Fix, Official, Severity
from travistool.document.nodes import Alias, Mapping, Node, Scalar, Sequence
from travistool.lint.engine import lint
from travistool.lint.profile import OPTIONS, PROFILES
from travistool.pipeline import Reading, read
from travistool.source import Position, Source, Span

__all__ = [
    "Config",
    "Diagnostic",
    "Edit",
    "Fix",
    "Official",
    "Position",
    "Severity",
    "Source",
    "Span",
    "read_config",
]


class Config:
    """One config as it is written and as Travis has it."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    @property
    def source(self) -> Source:
        return self._reading.source

    @property
    def data(self) -> object:
        """The normalized config as dicts, lists and scalars; None when the text cannot be read as a config."""
        normal = self._reading.normal
        return None if normal is None else normal.config()

    def findings(self, profile: str = "default") -> tuple[Diagnostic, ...]:
        """Return what `travistool lint` would show, in the order of the places. Raises KeyError for other profiles."""
        if profile not in PROFILES:
            raise KeyError(profile)
        return lint(self._reading, profile)

    def span(self, *path: str | int) -> Span | None:
        """Return where the value under a path of keys and 0-based item numbers is written; None when it is not.

        The path follows the text, not the normalized config: `matrix` stays `matrix`. A key that is written twice
        leads to the last one, an alias to what it stands for.
        """
        node = self._reading.document.root
        for step in path:
            node = _child(node, step)
        return None if node is None else Span(self.source, node.start, node.end)


def read_config(text: str, name: str = "<text>") -> Config:
    """Read a config. `name` is what findings call it. Never raises for what a text may hold."""
    return Config(read(Source(name, text), OPTIONS))


def _child(node: Node | None, step: str | int) -> Node | None:
    if isinstance(node, Alias):
        node = node.target
    match node:
        case Mapping(entries):
            found = [value for key, value in entries if isinstance(key, Scalar) and key.text == step]
            return found[-1] if found else None
        case Sequence(items) if isinstance(step, int) and 0 <= step < len(items):
            return items[step]
    return None
