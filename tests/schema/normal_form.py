"""The normal form as JSON Schema, straight from the shapes: no shorthand, no other names, strict."""

from typing import Any

from travistool.schema.shape import BOOLEAN, CHOICE, LIST, MAP, NUMBER, SECRET, Shape
from travistool.schema.traverse import keys_of

Schema = dict[str, Any]

# What holds nothing fits everywhere; Travis checks no type there.
EMPTY: Schema = {"enum": [None, "", [], {}]}
_SECURE: Schema = {"type": "object", "required": ["secure"], "maxProperties": 1}
# An empty secret holds nothing either.
_EMPTY_SECRET: Schema = {**_SECURE, "properties": {"secure": {"not": {"type": "string"}}}}


class NormalForm:
    """Schemas by the place of their shape in `shapes`, so that equal ones are compiled once."""

    def __init__(self) -> None:
        self.defs: dict[str, Schema] = {}
        self._names: dict[int, str] = {}

    def refer(self, shape: Shape) -> Schema:
        if id(shape) not in self._names:
            name = self._names[id(shape)] = str(len(self._names))
            self.defs[name] = {}
            self.defs[name] = self._forms(shape)
        return {"$ref": f"#/$defs/{self._names[id(shape)]}"}

    def _forms(self, shape: Shape) -> Schema:
        if shape.kind == CHOICE and shape.select:
            return {"allOf": [self._chosen(shape)]}
        forms = [self.refer(form) for form in shape.forms] if shape.kind == CHOICE else [self._strict(shape)]
        return {"anyOf": [*forms, *(self.refer(form) for form in shape.also), *([] if shape.required else [EMPTY])]}

    def _chosen(self, shape: Shape) -> Schema:
        key = shape.select
        names = [str(dict(keys_of(form))[key].values[0]) for form in shape.forms]
        cases = [
            {"if": {"required": [key], "properties": {key: {"const": name}}}, "then": self.refer(form)}
            for name, form in zip(names, shape.forms, strict=True)
        ]
        return {"type": "object", "required": [key], "properties": {key: {"enum": names}}, "allOf": cases}

    def _strict(self, shape: Shape) -> Schema:
        if shape.kind == MAP:
            return self._map(shape)
        if shape.kind == LIST:
            return {"type": "array", "items": self.refer(shape.item)}
        if shape.kind == SECRET:
            return {"anyOf": [{"type": "string"}, {"allOf": [_SECURE]}, _EMPTY_SECRET]}
        schema: Schema = {"type": {BOOLEAN: "boolean", NUMBER: "number"}.get(shape.kind, "string")}
        if shape.values:
            schema["enum"] = list(shape.values)
        if shape.format:
            schema["pattern"] = shape.format
        return schema

    def _map(self, shape: Shape) -> Schema:
        body: Schema = {"type": "object", "properties": {name: self.refer(child) for name, child in keys_of(shape)}}
        if shape.strict:
            body |= {"patternProperties": {r"^[._]|^merge_mode$": {}}, "additionalProperties": EMPTY}
        elif shape.rest is not None:
            body["additionalProperties"] = self.refer(shape.rest)
        if shape.required:
            body["required"] = list(shape.required)
        # A map that holds a secret and nothing else is of Travis's type `secure`, not of type `map`.
        return {**body, "not": {**_SECURE, "properties": {"secure": {"type": "string"}}}}


def normal_schema(root: Shape) -> Schema:
    """Return the schema of normalized configs."""
    form = NormalForm()
    body = form.refer(root)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **body, "$defs": form.defs}
