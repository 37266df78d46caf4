"""Which rules are on, beyond what the profile says: `select`, `extend-select`, `ignore`, and severities of rules.

The last layer that says something of a rule decides: the options over the path over the config. Within a layer it is the
most specific selector, a rule's name before a group's before `ALL`, and of equally specific ones `ignore`. What a layer
ignores stays so when a later one selects something less specific: a whole group does not bring back the rule in it that
somebody has ignored by its name.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from travistool.diagnostics import Severity
from travistool.errors import UsageError
from travistool.grammar.similar import suggest
from travistool.lint.catalog import GROUPS, names

ALL = "ALL"


class Layer(NamedTuple):
    """What one place says: selectors are names of rules or groups, or ALL. `select` is None where it is not given."""

    select: tuple[str, ...] | None = None
    extend: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


class Choice(NamedTuple):
    """What all places say together, the later ones winning; `severities` are for rules that are on."""

    layers: tuple[Layer, ...] = ()
    severities: tuple[tuple[str, Severity], ...] = ()

    def rate(self, rule: str, usual: Severity | None, own: Severity, *, vital: bool = False) -> Severity | None:
        """Return how loud a finding is, None when it is left out.

        `usual` is what the profile says, `own` what holds where a rule is on that the profile leaves out. A `vital`
        finding, such as text that is no YAML, goes only when it is ignored, not merely by not being selected.
        """
        verdict = _verdict(self.layers, rule)
        if verdict is None:
            verdict = usual is not None and (vital or all(layer.select is None for layer in self.layers))
        if not verdict:
            return None
        return dict(self.severities).get(rule) or (own if usual is None else usual)


def selectors(written: Iterable[str], where: str) -> tuple[str, ...]:
    """Check names of rules and groups. Raises UsageError with the nearest one; `where` says who wrote it."""
    found = []
    for text in written:
        name = text.replace("_", "-")
        if text != ALL and text not in GROUPS and name not in names():
            similar = suggest((*names(), *GROUPS, ALL), text)
            hint = f"did you mean '{similar}'?" if similar else "travistool explain, without a name, lists all rules"
            raise UsageError(f"{where}: there is no rule or group '{text}'", hint)
        found.append(text if text == ALL or text in GROUPS else name)
    return tuple(found)


@cache
def _verdict(layers: tuple[Layer, ...], rule: str) -> bool | None:
    """Return whether a rule is on; None when no selector covers it."""
    last = max((place for place, layer in enumerate(layers) if layer.select is not None), default=-1)
    # From the most specific one on.
    covering = (rule, names().get(rule, ""), ALL)
    for place in range(len(layers) - 1, -1, -1):
        layer = layers[place]
        # A later `select` takes the place of what was selected before; what was ignored stays so.
        selected = (*(layer.select or ()), *layer.extend) if place >= last else ()
        for rank, selector in enumerate(covering):
            if selector in layer.ignore:
                return False
            if selector in selected:
                finer = covering[:rank]
                return not any(one in earlier.ignore for earlier in layers[:place] for one in finer)
    return None
