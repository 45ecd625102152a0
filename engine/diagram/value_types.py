"""Types of values, compared as JSON has them: a handler's Python types with a form's schema.

A set of JSON type names ("string", "integer", "number", "boolean", "array", "object"); None where
the type is not known. An integer is a number too, so `float` takes both.
"""

from __future__ import annotations

import datetime
import decimal
import types
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, Union, get_args, get_origin, is_typeddict

from engine.external_task import Document

JsonTypes = frozenset[str]

_STRING = frozenset({"string"})
_BY_TYPE: dict[Any, JsonTypes] = {
    bool: frozenset({"boolean"}),
    int: frozenset({"integer"}),
    float: frozenset({"number", "integer"}),
    decimal.Decimal: frozenset({"number", "integer", "string"}),
    str: _STRING,
    datetime.date: _STRING,
    datetime.datetime: _STRING,
    datetime.time: _STRING,
    Document: frozenset({"object"}),
    dict: frozenset({"object"}),
    list: frozenset({"array"}),
    tuple: frozenset({"array"}),
}
_FIELD_TYPES: Mapping[str, JsonTypes] = {
    "string": _STRING,
    "date": _STRING,
    "enum": _STRING,
    "long": frozenset({"integer"}),
    "boolean": frozenset({"boolean"}),
}

_FEEL_TYPES: Mapping[str, JsonTypes] = {
    "number": frozenset({"number", "integer"}),
    "boolean": frozenset({"boolean"}),
    **dict.fromkeys(
        (
            "string",
            "date",
            "time",
            "date and time",
            "days and time duration",
            "years and months duration",
        ),
        _STRING,
    ),
}


def of_python(hint: Any) -> JsonTypes | None:
    """The JSON types of a Python annotation."""
    origin = get_origin(hint)
    if origin is Annotated:
        return of_python(get_args(hint)[0])
    if origin in (Union, types.UnionType):
        parts = [of_python(part) for part in get_args(hint) if part is not type(None)]
        known = [part for part in parts if part is not None]
        return frozenset().union(*known) if len(known) == len(parts) else None
    if origin is Literal:
        return frozenset().union(*(of_value(value) for value in get_args(hint)))
    plain = origin or hint
    if is_typeddict(plain):
        return frozenset({"object"})
    if plain in _BY_TYPE:
        return _BY_TYPE[plain]
    if isinstance(plain, type) and issubclass(plain, Mapping):
        return frozenset({"object"})
    if isinstance(plain, type) and issubclass(plain, Sequence) and plain is not str:
        return frozenset({"array"})
    return None


def of_schema(schema: object) -> JsonTypes | None:
    """The JSON types of a field's JSON Schema; null is left out, for every field may be empty."""
    if not isinstance(schema, Mapping):
        return None
    declared = schema.get("type")
    if isinstance(declared, str):
        declared = [declared]
    if isinstance(declared, list):
        named = frozenset(each for each in declared if isinstance(each, str)) - {"null"}
        return named | {"integer"} if "number" in named else named
    values = schema.get("enum") or ([schema["const"]] if "const" in schema else None)
    if isinstance(values, list):
        return frozenset().union(*(of_value(value) for value in values))
    return None


def of_feel(name: str | None) -> JsonTypes | None:
    """The JSON types of a simple type of FEEL; dates and durations are texts of ISO 8601."""
    return _FEEL_TYPES.get(name or "")


def of_form_field(field_type: str) -> JsonTypes | None:
    """The JSON types of a `camunda:formField`."""
    return _FIELD_TYPES.get(field_type)


def of_value(value: object) -> JsonTypes:
    """The JSON types of one value; none for null."""
    for python_type in (bool, int, float, str, dict, list):
        if isinstance(value, python_type):
            return _BY_TYPE[python_type]
    return frozenset()


def may_fit(given: JsonTypes | None, wanted: JsonTypes | None) -> bool:
    """Whether a value of one kind can be one of the other; True where either is not known."""
    return not given or not wanted or bool(given & wanted)


def in_words(json_types: JsonTypes | None) -> str:
    """The types in words, for a message."""
    if not json_types:
        return "unknown"
    shown = json_types - {"integer"} if "number" in json_types else json_types
    return " or ".join(sorted(shown))
