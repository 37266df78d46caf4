"""The table of cache shorthands is what the languages say."""

from travistool.catalog.caches import PRESETS
from travistool.catalog.languages import LANGUAGES, language


def test_shorthands_are_those_of_the_languages() -> None:
    found = {(cache.name, name) for name in LANGUAGES for cache in language(name).caches}
    assert found == {(name, known) for name, languages in PRESETS.items() for known in languages}
