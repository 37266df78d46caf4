"""What an editor shows about a key or a map."""

from __future__ import annotations

from travistool.schema.shape import LIST, Shape

Schema = dict[str, object]
"""One JSON Schema."""


def about_map(shape: Shape) -> Schema:
    about = {"title": shape.title, "description": _linked(shape.description, shape.see)}
    return {name: text for name, text in about.items() if text}


def about_key(shape: Shape) -> Schema:
    """Return what to tell about a key: what it is for, where it has an effect, what to use instead."""
    text = shape.description
    for limits, words in ((shape.only, "only"), (shape.but, "not")):
        text += "".join(f" ({words} for {name}: {', '.join(values)})" for name, values in limits.items())
    if shape.internal:
        text += " (internal)"
    if shape.deprecated:
        text += f"; deprecated: {shape.deprecated}"
    about: Schema = {"description": _linked(text, shape.see)}
    if shape.deprecated is not None:
        about["deprecated"] = True
    defaults = shape.defaults or (shape.item.defaults if shape.kind == LIST else ())
    if defaults:
        about["default"] = defaults[0].value
    return about


def _linked(text: str, page: str) -> str:
    return f"{text}\n{page}" if page else text
