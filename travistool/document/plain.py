"""YAML 1.2 to plain data, for reading back what we have written for other systems. Travis's dialect is `dialect`."""

from travistool.document.lean import whole


def load_plain(text: str) -> object:
    """Return the data of a text. Raises ValueError for text that is no YAML."""
    library = whole()
    try:
        found: object = library.YAML(typ="safe", pure=True).load(text)
    except library.error.YAMLError as error:
        raise ValueError(str(error)) from error
    return found
