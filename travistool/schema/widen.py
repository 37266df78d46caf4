"""The written form of each shape as JSON Schema: all that Travis takes without a warning, shorthand included.

Where an exact answer would need more than JSON Schema can say, the schema accepts. Warnings are rejected where that
is cheap: unknown keys, lists in place of one value, plain text in place of secrets.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping

from travistool.schema import spelling
from travistool.schema.describe import Schema, about_key, about_map
from travistool.schema.shape import BOOLEAN, CHOICE, LIST, MAP, NUMBER, SECRET, STRING, Shape
from travistool.schema.traverse import aliases, children, innermost, keys_of, overwriting, reachable, secret_in

UNKNOWN = "unknown"
PRIVATE = r"^(?:[._]|<<$|merge_mode$)"
"""Keys that are never judged: the user's own, merge keys, and one of the API's payload."""

_SECURE: Schema = {
    "type": "string",
    "pattern": spelling.ENCODED,
    "errorMessage": "Not encrypted text: use the output of `travis encrypt`.",
}

SHARED: Mapping[str, Schema] = {
    "text": {
        "description": "A text; a number or a boolean is read as one.",
        "type": ["string", "number", "boolean", "null"],
        "errorMessage": "Must be text: put it in quotes if it contains ': ' or starts with '[' or '{'.",
    },
    "number": {
        "description": "A number.",
        "type": ["number", "string", "null"],
        "pattern": spelling.NUMBER,
        "errorMessage": "Must be a number.",
    },
    "flag": {
        "description": "On or off; `yes`, `enabled`, `required` and their opposites mean the same.",
        "type": ["boolean", "string", "null"],
        "pattern": spelling.BOOLEAN,
        "errorMessage": "Must be true or false; variables are not expanded here.",
    },
    "secret": {
        "description": "A secret: encrypted text under `secure`, or the name of a variable such as $TOKEN.",
        "type": ["object", "string", "null"],
        "required": ["secure"],
        "additionalProperties": False,
        "properties": {"secure": {"description": "the encrypted text", **_SECURE}},
        "pattern": spelling.REFERENCE,
        "errorMessage": "A secret in plain text: encrypt it with `travis encrypt`, or use a variable such as $TOKEN.",
    },
    "soft_secret": {
        "description": "A text that may be encrypted under `secure`.",
        "type": ["object", "string", "null"],
        "required": ["secure"],
        "additionalProperties": False,
        "properties": {"secure": {"description": "the encrypted text", "type": "string"}},
    },
    "nothing": {"description": "Nothing, as if the key were not there.", "type": ["null", "string"], "maxLength": 0},
    UNKNOWN: {
        "title": "unknown key",
        "description": "Not a key of this section: Travis ignores it.",
        "enum": [None, "", [], {}],
        "errorMessage": "Unknown key, Travis ignores it: check its spelling and indentation.",
    },
}
"""The types that are not derived from a shape. `unknown` is a key that Travis ignores: it passes with nothing in it."""


def refer(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


class Widener:
    """The schemas made so far, by name in `defs`. Equal ones share a name, that of the place met first."""

    def __init__(self, root: Shape) -> None:
        self.defs: dict[str, Schema] = dict(SHARED)
        self._made: dict[int, Schema] = {}
        self._names = {_identity(body): name for name, body in SHARED.items()}
        self._keys: dict[int, Schema] = {}
        parents = {id(shape): shape for shape in reachable(root)}.values()
        self._uses = Counter(id(child) for parent in parents for child in children(parent))

    def root(self, shape: Shape) -> Schema:
        """Return the schema of a whole config."""
        # First, or it would be named after `addons`, which holds it too.
        self.written(dict(keys_of(shape))["deploy"], "deploy")
        return {**about_map(shape), **self._keyed(shape, "")}

    def written(self, shape: Shape, path: str) -> Schema:
        """Return a reference to what may be written in the place of a shape. `path` names it if it is new."""
        if id(shape) not in self._made:
            self._made[id(shape)] = self._written(shape, path)
        return self._made[id(shape)]

    def _written(self, shape: Shape, path: str) -> Schema:
        match shape.kind:
            case kind if kind == LIST:
                return self._list(shape, path)
            case kind if kind == MAP:
                return self._any(path, self._map_forms(shape, path))
            case kind if kind == CHOICE:
                return self._choice(shape, path)
            case kind if kind == SECRET:
                return refer("secret" if shape.strict else "soft_secret")
            case kind if kind == STRING:
                return self._string(shape, path)
            case kind if kind == NUMBER:
                return refer("number")
        values = shape.values
        return self._name(path, {"enum": list(values)}) if values and len(values) < 2 else refer("flag")

    def _name(self, path: str, body: Schema) -> Schema:
        """Return a reference to a schema, kept under `path` unless it is known already."""
        if body.keys() == {"$ref"}:
            return body
        name = self._names.setdefault(_identity(body), path)
        if name == path and path in self.defs and self.defs[path] != body:
            name = self._names[_identity(body)] = f"{path}.value"
        self.defs[name] = body
        return refer(name)

    def _any(self, path: str, forms: list[Schema]) -> Schema:
        distinct = list({_identity(form): form for form in forms}.values())
        return self._name(path, distinct[0] if len(distinct) == 1 else {"anyOf": distinct})

    def _list(self, shape: Shape, path: str) -> Schema:
        """Return the list, nested lists of any depth, or the single item."""
        item = self.written(shape.item, path)
        name = f"{str(item['$ref']).removeprefix('#/$defs/')}_list"
        forms: list[Schema] = [item]
        items = refer(name)
        if shape.shorthand == "env":
            forms.append({"type": "string"})
            items = {"anyOf": [items, {"const": False}]}
        elif shape.item.kind not in (MAP, CHOICE):
            forms.append({"const": {}})
        return self._name(name, {"anyOf": [*forms, {"type": "array", "items": items}]})

    def _string(self, shape: Shape, path: str) -> Schema:
        if shape.allowed:
            return self._any(path, list(_fixed(shape)))
        if shape.format:
            return self._name(path, {"type": ["string", "null"], "pattern": shape.format})
        if shape.variables:
            wrong: Schema = {"type": "string", "pattern": spelling.other_variables(shape.variables)}
            return self._name(path, {**SHARED["text"], "not": wrong, "description": "A text with `%{variables}`."})
        return refer("text")

    def _choice(self, shape: Shape, path: str) -> Schema:
        if shape.select:
            return self._selected(shape, path)
        return self._any(path, [self.written(form, f"{path}.{number}") for number, form in enumerate(shape.forms, 1)])

    def _selected(self, shape: Shape, path: str) -> Schema:
        """Return a map whose key, such as `provider`, decides what else it may hold."""
        key = shape.select
        names = [str(chooser.values[0]) for form in shape.forms for name, chooser in keys_of(form) if name == key]
        chosen: list[Schema] = []
        for name, form in zip(names, shape.forms, strict=True):
            body = {**about_map(form), **self._keyed(form, f"{path}.{name}", chosen_by=key)}
            then = self._name(f"{path}.{name}", body)
            chosen.append({"if": {"required": [key], "properties": {key: {"const": name}}}, "then": then})
        described: Schema = {"description": dict(keys_of(shape.forms[0]))[key].description, "enum": names}
        by_key: Schema = {"type": "object", "required": [key], "properties": {key: described}, "allOf": chosen}
        short = [name for name, form in zip(names, shape.forms, strict=True) if form.required == (key,)]
        return self._any(path, [by_key, {"enum": short}, {"type": "null"}])

    def _map_forms(self, shape: Shape, path: str) -> list[Schema]:
        if any(other.kind == SECRET for other in shape.also):
            return [self._row(shape, path)]
        forms = [{**about_map(shape), **self._map(shape, path)}]
        if "enabled" in shape.keys:
            switch: Schema = {"enum": [True, False, "yes", "no", "Yes", "No", "On", "Off"]}
            forms.append(self._name("switch", switch))
        if shape.shorthand == "cache":
            presets = [name for name, child in keys_of(shape) if child.kind == BOOLEAN]
            forms.append({"type": "string", "description": "A preset, or a folder.", "examples": presets})
            forms.append({"type": "array", "items": {"anyOf": [refer("text"), refer(path)]}})
        if shape.prefix:
            forms += self._prefixed(shape, path)
        else:
            forms += [self.written(other, f"{path}.other") for other in shape.also]
        return forms

    def _row(self, shape: Shape, path: str) -> Schema:
        """Return variables by name, or a single secret."""
        rest = self.written(shape.rest, f"{path}.value") if shape.rest is not None else {}
        return {
            "type": ["object", "null"],
            "if": {"type": "object", "required": ["secure"], "maxProperties": 1},
            "then": refer("secret"),
            "else": {"additionalProperties": rest},
        }

    def _prefixed(self, shape: Shape, path: str) -> Iterator[Schema]:
        """Yield what may stand for the key that a bare value is put under."""
        key = shape.children[shape.prefix]
        assert key is not None
        under = self.written(key, f"{path}.{shape.prefix}")
        names = {"str": "string", "num": "number", "bool": "boolean", "seq": "array"}
        types = [name for kind, name in names.items() if not shape.prefix_types or kind in shape.prefix_types]
        yield {"type": types, **under}
        if secret := secret_in(key):
            yield self.written(secret, path)

    def _map(self, shape: Shape, path: str) -> Schema:
        """Return the map itself. Keys of the prefix's own map may stand beside its own where the prefix does not."""
        key = shape.children[shape.prefix] if shape.prefix and not shape.prefix_types else None
        if key is None or innermost(key).kind != MAP:
            return self._keyed(shape, path, secret=None if key is None else secret_in(key))
        plain = self._keyed(shape, path)
        mixed = self._keyed(shape, path, inner=innermost(key), secret=secret_in(key))
        names = [shape.prefix, *aliases(shape, shape.prefix)]
        prefixed: Schema = {"type": "object", "anyOf": [{"required": [name]} for name in names]}
        return {"type": plain.pop("type"), "if": prefixed, "then": plain, "else": mixed}

    def _keyed(
        self,
        shape: Shape,
        path: str,
        inner: Shape | None = None,
        secret: Shape | None = None,
        chosen_by: str = "",
    ) -> Schema:
        """Return a map with its keys, their other names and spellings.

        Further keys are those of the map `inner` and of the secret `secret`, if any. The key `chosen_by` is known.
        """
        more = {} if inner is None else {name: self._key(child, path, name) for name, child in keys_of(inner)}
        if secret is not None:
            more["secure"] = {"description": "the encrypted text", **(_SECURE if secret.strict else refer("text"))}
        properties = more | {name: self._key(child, path, name) for name, child in keys_of(shape) if name != chosen_by}
        if chosen_by:
            properties[chosen_by] = {"description": "chooses the other keys"}
        body: Schema = {} if chosen_by or inner is not None else {"type": ["object", "null"]}
        if required := [name for name in shape.required if name != chosen_by]:
            properties |= {name: {**properties[name], "not": {"type": "null"}} for name in required}
            body["required"] = required
        if not shape.strict:
            rest = {} if shape.rest is None else {"additionalProperties": self.written(shape.rest, path)}
            return {**body, "properties": properties, **rest}
        if "enabled" in properties:
            properties.setdefault("disabled", {"description": "the opposite of `enabled`", **refer("flag")})
        body["properties"] = properties | dict(self._other_names(shape, properties))
        body["patternProperties"] = {PRIVATE: {}, **self._spellings(shape, path, chosen_by)}
        open_rest = None if inner is None else inner.rest
        body["additionalProperties"] = refer(UNKNOWN) if open_rest is None else self.written(open_rest, path)
        apart = list(overwriting(shape))
        if secret is not None and inner is None:
            apart += [(name, "secure") for name in (shape.prefix, *aliases(shape, shape.prefix))]
        if apart:
            pairs: list[Schema] = [{"required": list(pair)} for pair in apart]
            both: Schema = pairs[0] if len(pairs) == 1 else {"anyOf": pairs}
            body["not"] = both if chosen_by else {"type": "object", **both}
        return body

    def _key(self, shape: Shape, path: str, name: str) -> Schema:
        """Return a key's schema with its description; a reference where several maps have the key."""
        place = f"{path}.{name}".removeprefix(".")
        if id(shape) not in self._keys:
            body: Schema = {**about_key(shape), **self.written(shape, place)}
            if self._uses[id(shape)] > 1:
                body = self._named_key(name, body)
            self._keys[id(shape)] = body
        return self._keys[id(shape)]

    def _named_key(self, name: str, body: Schema) -> Schema:
        """Keep a key that several maps have; the number tells keys apart that only share their name."""
        number = 1
        title = f"key.{name}"
        while self.defs.setdefault(title, body) != body:
            number += 1
            title = f"key.{name}.{number}"
        return refer(title)

    def _other_names(self, shape: Shape, properties: Mapping[str, Schema]) -> Iterator[tuple[str, Schema]]:
        for name, _ in keys_of(shape):
            for alias in aliases(shape, name):
                if alias not in properties:
                    yield alias, {**properties[name], "description": f"another name of `{name}`"}

    def _spellings(self, shape: Shape, path: str, left_out: str) -> dict[str, Schema]:
        """Return patterns for the other spellings of keys, one for all keys of the same type."""
        by_type: dict[str, tuple[list[str], list[str]]] = {}
        for name, child in keys_of(shape):
            if name == left_out:
                continue
            type_ = self.written(child, f"{path}.{name}".removeprefix("."))
            names, others = by_type.setdefault(str(type_["$ref"]), ([], []))
            # No repair leads to a key that has capitals itself.
            names += [name] if name.islower() else []
            others += aliases(shape, name)
        return {spelling.other_keys(*spelled): {"$ref": type_} for type_, spelled in by_type.items() if any(spelled)}


def _identity(body: Schema) -> str:
    return json.dumps(body, sort_keys=True)


def _fixed(shape: Shape) -> Iterator[Schema]:
    """Yield the forms of a fixed set of values: as listed, with capitals, nothing."""
    public_first = sorted(shape.allowed, key=lambda allowed: allowed.internal)
    texts = [str(value) for allowed in public_first for value in (allowed.value, *allowed.aliases)]
    values = [value for text in texts for value in (text, *spelling.SPELLED_BOOLEANS.get(text, ()))]
    yield {"enum": values}
    if shape.lower or shape.ignore_case:
        yield {"type": "string", "pattern": spelling.any_case(texts)}
    yield refer("nothing")
