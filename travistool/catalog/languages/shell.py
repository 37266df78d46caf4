"""A shell and nothing else, also called minimal, bash and sh: built as generic is."""

from __future__ import annotations

from travistool.catalog.language import Language
from travistool.catalog.languages import generic

_GENERIC = generic.LANGUAGE

LANGUAGE = Language(
    name="shell",
    source="travis-build lib/travis/build.rb and lib/travis/build/script/generic.rb at 2812e526",
    announce=_GENERIC.announce,
    images=_GENERIC.images,
    notes=_GENERIC.notes,
)
