"""The schema files: reading them, and joining what they say about one place.

Only imported to compile, so json and hashlib cost nothing at run time.
"""

from __future__ import annotations

import hashlib
import json
import marshal
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Required, TypedDict

from travistool.errors import SchemaError

Limits = dict[str, list[str]]


class Value(TypedDict, total=False):
    """What x-values says about one value."""

    aliases: list[str]
    deprecated: str
    only: Limits
    but: Limits
    description: str
    internal: bool
    experimental: bool


class DefaultValue(TypedDict, total=False):
    """A row of x-defaults."""

    value: Required[str]
    only: Limits
    but: Limits


class Prefix(TypedDict):
    """The long form of x-prefix."""

    key: str
    types: list[str]


Schema = TypedDict(
    "Schema",
    {
        "$ref": str,
        "$defs": dict[str, "Schema"],
        "allOf": list["Schema"],
        "anyOf": list["Schema"],
        "type": str | list[str],
        "title": str,
        "description": str,
        "deprecated": bool,
        "enum": list[str | bool],
        "pattern": str,
        "items": "Schema",
        "required": list[str],
        "properties": dict[str, "Schema"],
        "patternProperties": dict[str, "Schema"],
        "additionalProperties": bool,
        "unevaluatedProperties": bool,
        "x-accepts": list["Schema"],
        "x-after": str,
        "x-aliases": list[str],
        "x-also": list["Schema"],
        "x-axis": bool,
        "x-but": Limits,
        "x-case": str,
        "x-defaults": list[DefaultValue],
        "x-deprecated": str,
        "x-experimental": bool,
        "x-forms": str,
        "x-guess": bool,
        "x-inherit": list[str],
        "x-internal": bool,
        "x-job": "Schema",
        "x-languages": str,
        "x-only": Limits,
        "x-prefix": str | Prefix,
        "x-secret": str,
        "x-see": str,
        "x-select": str,
        "x-shorthand": str,
        "x-unique": str,
        "x-values": dict[str, Value],
        "x-variables": list[str],
    },
    total=False,
)
"""One schema as the files write it. schemas/README.md explains the keywords, schemas/meta.json checks them."""

MISSPELLINGS = "misspellings.json"
_NO_SCHEMAS = (MISSPELLINGS, "meta.json")


def read(folder: str) -> dict[str, bytes]:
    """Return the contents of all JSON files by their path in the folder, sorted."""
    root = Path(folder)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*.json"))}


def digest(files: Mapping[str, bytes]) -> str:
    """Return a name for all that a compiled table depends on: the files, the compiler and the Python."""
    here = Path(__file__)
    code = {path.name: path.read_bytes() for path in (here, here.with_name("compiler.py"), here.with_name("store.py"))}
    summary = hashlib.sha256(f"{sys.implementation.cache_tag} {marshal.version}".encode())
    for name, contents in (*code.items(), *files.items()):
        summary.update(f"\n{name} {len(contents)}\n".encode())
        summary.update(contents)
    return summary.hexdigest()[:32]


class Sources:
    """The parsed schema files, with every $ref made absolute: `cache.json` or `types.json#/$defs/os`."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = {
            name: _absolute(_parsed(name, contents), name)
            for name, contents in files.items()
            if name not in _NO_SCHEMAS
        }
        typos: dict[str, list[str]] = json.loads(files.get(MISSPELLINGS, b"{}"))
        self.misspellings = {typo: key for key, listed in typos.items() for typo in listed}
        self.languages = self._languages_in_order()

    @property
    def unguessed(self) -> frozenset[str]:
        """The keys of languages that ask not to be taken for what a misspelled key meant, but for their axes."""
        files = [file for file in self.languages.values() if file.get("x-guess") is False]
        return frozenset(
            key for file in files for key, schema in file["properties"].items() if not schema.get("x-axis")
        )

    def root(self) -> Schema:
        """Return the schema of a whole config."""
        return self.lookup("travis.json")

    def lookup(self, ref: str) -> Schema:
        """Return what an absolute $ref refers to."""
        name, _, pointer = ref.partition("#")
        target: object = self._files.get(name)
        for part in pointer.split("/")[1:]:
            target = target.get(part) if isinstance(target, dict) else None
        if not isinstance(target, dict):
            raise SchemaError(f"no schema {ref!r}", hint="a $ref is a path relative to its file")
        return target  # type: ignore[return-value]  # a dict by the check above, a Schema by meta.json

    def resolved(self, schema: Schema) -> Schema:
        """Follow $ref (keys beside it win), join allOf, fill in the names of the languages."""
        while "$ref" in schema:
            target = self.lookup(schema["$ref"])
            beside = schema.copy()
            del beside["$ref"]
            schema = {**target, **beside}
        if schema.get("x-languages") == "names":
            return self._named(schema)
        return self._joined(schema) if "allOf" in schema else schema

    def forms(self, folder: str, select: str) -> Iterator[Schema]:
        """Yield the schema of each file of a folder; the file's name is the only value of its key `select`."""
        for name, file in self._files.items():
            stem = name.removeprefix(f"{folder}/").removesuffix(".json")
            if name == f"{folder}/{stem}.json" and not stem.startswith("_"):
                form = self.resolved(file)
                key: Schema = {**form["properties"][select], "enum": [stem]}
                yield {**form, "properties": {**form["properties"], select: key}}

    def _joined(self, schema: Schema) -> Schema:
        """Return one map: own keys first, then those of each part of allOf in order."""
        properties = dict(schema.get("properties", {}))
        required = list(schema.get("required", ()))
        joined = schema.copy()
        del joined["allOf"]
        for part in schema["allOf"]:
            other = self._language_keys(part["x-languages"]) if "x-languages" in part else self.resolved(part)
            for key, value in other.get("properties", {}).items():
                properties[key] = _merged(properties[key], value) if key in properties else value
            required += [key for key in other.get("required", ()) if key not in required]
            joined = {**other, **joined}
        return {**joined, "properties": properties, "required": required}

    def _language_keys(self, form: str) -> Schema:
        """Return the keys of all languages, as "lists" (root) or as single "values" (a job)."""
        properties: dict[str, Schema] = {}
        for name, file in self.languages.items():
            for key, schema in file["properties"].items():
                own: Schema = {**schema, "x-only": {"language": [name]}}
                if form == "values":
                    own = self._in_job(own)
                properties[key] = _merged(properties[key], own) if key in properties else own
        return {"properties": properties}

    def _in_job(self, schema: Schema) -> Schema:
        """Return a language key's form inside a job: one item of a matrix key's list, unless x-job says otherwise."""
        if not schema.get("x-axis"):
            return schema
        value = schema["x-job"] if "x-job" in schema else self.resolved(schema)["items"]
        about: Schema = {"description": schema["description"], "x-only": schema["x-only"]}
        if "x-aliases" in schema:
            about["x-aliases"] = schema["x-aliases"]
        return {**value, **about}

    def _named(self, schema: Schema) -> Schema:
        values = {name: _about_language(file) for name, file in self.languages.items()}
        return {**schema, "enum": list(values), "x-values": {name: value for name, value in values.items() if value}}

    def _languages_in_order(self) -> dict[str, Schema]:
        """Return the language files by name: alphabetically, but for those that say which one they come after."""
        files = {
            name.removeprefix("languages/").removesuffix(".json"): file
            for name, file in self._files.items()
            if name.startswith("languages/")
        }
        order = sorted(name for name, file in files.items() if "x-after" not in file)
        waiting = {name: file["x-after"] for name, file in sorted(files.items()) if "x-after" in file}
        while waiting:
            name = next((name for name, before in waiting.items() if before in order), None)
            if name is None:
                unknown = ", ".join(waiting)
                raise SchemaError(f"x-after names no language in: {unknown}", hint="it is the name of a file")
            order.insert(order.index(waiting.pop(name)) + 1, name)
        return {name: files[name] for name in order}


def _parsed(name: str, contents: bytes) -> Schema:
    try:
        schema: Schema = json.loads(contents)
    except ValueError as error:
        raise SchemaError(f"schemas/{name} is not JSON: {error}") from error
    return schema


def _absolute(schema: Schema, file: str) -> Schema:
    """Return a copy whose $refs hold the path from the schemas folder."""

    def walk(value: object) -> object:
        if isinstance(value, list):
            return [walk(item) for item in value]
        if not isinstance(value, dict):
            return value
        return {
            key: _absolute_ref(item, file) if key == "$ref" and isinstance(item, str) else walk(item)
            for key, item in value.items()
        }

    return walk(schema)  # type: ignore[return-value]  # the same shape as its argument


def _absolute_ref(ref: str, file: str) -> str:
    name, _, pointer = ref.partition("#")
    parts = file.split("/")
    if name:
        parts.pop()
        for part in name.split("/"):
            if part == "..":
                parts.pop()
            else:
                parts.append(part)
    return "/".join(parts) + (f"#{pointer}" if pointer else "")


def _merged(first: Schema, second: Schema) -> Schema:
    """Join what two maps say about the same key: the first wins, aliases and limits add up."""
    merged: Schema = {**second, **first}
    if "x-aliases" in merged:
        both = (*first.get("x-aliases", ()), *second.get("x-aliases", ()))
        merged["x-aliases"] = list(dict.fromkeys(both))
    if "x-only" in merged:
        limits = (first.get("x-only", {}), second.get("x-only", {}))
        merged["x-only"] = {
            name: list(dict.fromkeys(value for limit in limits for value in limit.get(name, ())))
            for limit in limits
            for name in limit
        }
    return merged


def _about_language(file: Schema) -> Value:
    """Return what a language's file says about its name as a value."""
    value: Value = {}
    if "x-aliases" in file:
        value["aliases"] = file["x-aliases"]
    if "x-deprecated" in file:
        value["deprecated"] = file["x-deprecated"]
    if "x-internal" in file:
        value["internal"] = True
    return value
