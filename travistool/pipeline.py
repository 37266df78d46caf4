"""From text to meaning, one step a line. Read this first.

text ─parse─▶ nodes ─resolve─▶ values ─normalize─▶ the config as Travis has it
"""

from __future__ import annotations

from travistool.diagnostics import Diagnostic, Severity
from travistool.document.dialect import resolve
from travistool.document.parse import Document, parse
from travistool.record import Record
from travistool.schema.normalize import Normal, normalize
from travistool.schema.run import Options
from travistool.source import Source

REFUSED = frozenset(("cyclic-alias", "key-not-text", "unsupported-tag"))
"""Findings of the reader for which Travis refuses a text that we read on behind."""


class Reading(Record):
    """All that is known of one config. `normal` is None when the text has no map to normalize.

    `diagnostics` are the findings of the reader; those of the normalizer are in `normal.messages`.
    """

    source: Source
    document: Document
    normal: Normal | None
    diagnostics: tuple[Diagnostic, ...]

    def broken(self) -> Diagnostic | None:
        """Return the finding for which Travis refuses the text as a config; None when it takes it.

        Some of these we read on behind, so that one mistake does not hide the others.
        """
        if self.normal is not None:
            return next((diagnostic for diagnostic in self.diagnostics if diagnostic.rule in REFUSED), None)
        return next(diagnostic for diagnostic in self.diagnostics if diagnostic.severity == Severity.ERROR)


def read(source: Source, options: Options = Options()) -> Reading:
    """Read one config. Never raises for what a text may hold."""
    document = parse(source)
    value, problems = resolve(document)
    found = (*document.problems, *problems)
    if value is None:
        return Reading(source, document, None, _masked(source.text, found))
    return Reading(source, document, normalize(value, document.anchors, options), found)


def _masked(text: str, found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Return findings about a text that is not a config, which quote it, without its secrets."""
    # Imported late: few texts are not a config.
    from travistool.grammar.secrets import Mask  # noqa: PLC0415
    from travistool.grammar.unparsed import unparsed_secrets  # noqa: PLC0415

    mask = Mask(text[start:end] for start, end in unparsed_secrets(text))
    return tuple(diagnostic._replace(message=mask.text(diagnostic.message)) for diagnostic in found)
