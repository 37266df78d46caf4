"""How many examples the tests of properties try."""

from hypothesis import settings


def examples(number: int) -> settings:
    """Return the settings for a number of examples, where 100 are usual: the profile's own usual number scales it."""
    return settings(max_examples=max(1, number * settings().max_examples // 100))
