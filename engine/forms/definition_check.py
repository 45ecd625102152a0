"""What a form definition must be, so that every field can be drawn and every error put in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from engine.forms.decided import decision_problems
from engine.forms.formats import FORMATS
from engine.forms.option_sources import source_problems
from engine.forms.patterns import pattern_problem
from engine.forms.rules import misplaced_rules, rule_problems

_TYPES = ("string", "integer", "number", "boolean", "array")
_PLAIN_KEYWORDS = frozenset({"$schema", "$id", "$comment", "title", "description", "default"})
_CHECKING_KEYWORDS = frozenset(
    {
        "type", "properties", "required", "additionalProperties", "enum", "const", "minimum",
        "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength",
        "pattern", "format", "items", "minItems", "maxItems", "uniqueItems", "allOf", "anyOf",
        "oneOf", "not", "if", "then", "else", "dependentRequired", "dependentSchemas", "readOnly",
    }
)  # fmt: skip
_NESTING = 20
REVIEW = "x-review"
"""Keyword of a form whose answers are read over before they are sent."""
SEND = "x-send"
"""Keyword of a form that is read over: what the button says that sends the answers."""
INTRO = "x-intro"
"""Keyword of a form: a paragraph above its fields; `{due}` in it is the term of the task."""
SHOWS = "x-shows"
"""Keyword of a form: variables that stand above its fields, in the words of their forms."""
ANEW = "x-asked-anew"
"""Keyword of a field that is asked anew in each round: it does not begin with the last answer."""
_WIDGETS = frozenset({"text", "textarea", "radio", "select", "checkboxes"})

_LIMITS = (("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"))


def problems_of(schema: object) -> Iterator[str]:
    """Everything that keeps a parsed JSON value from being a form definition, in sentences."""
    if not isinstance(schema, dict):
        yield "not a JSON object"
        return
    if _is_deep(schema):
        yield f"nested more than {_NESTING} levels"
        return
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as wrong:
        yield f"not a JSON Schema: {_place(wrong.absolute_path)}{wrong.message[:200]}"
        return
    if schema.get("type") != "object":
        yield 'the type of a form must be "object"'
    if schema.get("additionalProperties", False) is not False:
        yield "additionalProperties can only be false: a form has no other fields than its own"
    yield from _keyword_problems(schema, "")
    yield from _pattern_problems(schema, "")
    yield from _texts_problems(schema, "x-title", "", required=False)
    yield from _texts_problems(schema, INTRO, "", required=False)
    yield from _texts_problems(schema, SEND, "", required=False)
    if not isinstance(schema.get(REVIEW, False), bool):
        yield f"{REVIEW} must be true or false"
    shows = schema.get(SHOWS, [])
    if not isinstance(shows, list) or not all(isinstance(each, str) for each in shows):
        yield f"{SHOWS} must list names of variables"
    properties = schema.get("properties")
    if not isinstance(properties, dict):
        yield "properties are missing: they are the fields of the form"
        return
    for name in schema.get("required", []):
        if name not in properties:
            yield f"required names {name}, which is no field"
    before: dict[str, object] = {}
    for name, each in properties.items():
        yield from _field_problems(name, each, before)
        if isinstance(each, dict):
            yield from source_problems(name, each, before, properties)
            yield from decision_problems(name, each, before, properties)
            yield from rule_problems(name, each, properties)
        before[name] = each
    yield from misplaced_rules(schema)


def _pattern_problems(schema: object, place: str) -> Iterator[str]:
    """Patterns that can't be used, wherever they stand."""
    if isinstance(schema, Mapping):
        for keyword, below in schema.items():
            if keyword == "pattern" and not place.endswith("properties."):
                problem = pattern_problem(below)
                if problem is not None:
                    yield f"{place}pattern: {problem}"
            yield from _pattern_problems(below, f"{place}{keyword}.")
    elif isinstance(schema, list):
        for index, below in enumerate(schema):
            yield from _pattern_problems(below, f"{place}{index}.")


def _field_problems(name: str, schema: object, before: Mapping[str, object]) -> Iterator[str]:
    if not re.fullmatch(r"[^\W\d]\w*", name):
        yield f"{name!r} can't be a variable's name"
    if not isinstance(schema, dict) or schema.get("type") not in _TYPES:
        yield f"{name}: the type must be one of {', '.join(_TYPES)}"
        return
    yield from _texts_problems(schema, "x-label", name, required=True)
    yield from _texts_problems(schema, "x-hint", name, required=False)
    yield from _own_error_problems(schema, name)
    yield from _value_problems(schema, name)
    if schema.get("x-widget", "text") not in _WIDGETS:
        yield f"{name}: x-widget must be one of {', '.join(sorted(_WIDGETS))}"
    if not isinstance(schema.get(ANEW, False), bool):
        yield f"{name}: {ANEW} must be true or false"
    show_if = schema.get("x-show-if", {})
    if not isinstance(show_if, dict):
        yield f"{name}: x-show-if must map a field to a value"
    else:
        for other in show_if:
            if other not in before:
                yield f"{name}: x-show-if names {other}, which is no field before it"
    choosing = schema.get("items") if schema["type"] == "array" else schema
    if schema["type"] == "array" and not (
        isinstance(choosing, dict) and ("oneOf" in choosing or "enum" in choosing)
    ):
        yield f"{name}: a list needs items with oneOf: the values to choose from"
    elif isinstance(choosing, dict):
        yield from _option_problems(choosing, name)


def _value_problems(schema: Mapping[str, object], name: str) -> Iterator[str]:
    """Limits that no value can meet, and a default that is none of the field's values.

    A default may be a text as it would be typed, as drawn forms have them.
    """
    for least, most in _LIMITS:
        lower, upper = schema.get(least), schema.get(most)
        if isinstance(lower, int | float) and isinstance(upper, int | float) and lower > upper:
            yield f"{name}: {least} {lower} is above {most} {upper}, so no value can be right"
    default = schema.get("default", "")
    if not isinstance(default, str) and not Draft202012Validator(schema).is_valid(default):
        yield f"{name}: the default {default!r} is not a value of the field"


def _option_problems(schema: Mapping[str, object], name: str) -> Iterator[str]:
    for value in cast("list[object]", schema.get("enum", [])):
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            yield f"{name}: an enum of other values than numbers has no labels, use oneOf"
            return
    for choice in cast("list[object]", schema.get("oneOf", [])):
        if not isinstance(choice, dict) or not isinstance(choice.get("const"), (str, int, float)):
            yield f"{name}: oneOf must list values to choose: const and x-label"
            return
        for keyword in ("x-label", "x-hint"):
            where = f"{name}={choice['const']}"
            yield from _texts_problems(choice, keyword, where, required=keyword == "x-label")


def _own_error_problems(schema: Mapping[str, object], name: str) -> Iterator[str]:
    own = schema.get("x-error", {})
    if isinstance(own, dict) and own and all(isinstance(each, dict) for each in own.values()):
        for keyword in own:
            yield from _texts_problems(own, keyword, f"{name}: x-error", required=True)
    else:
        yield from _texts_problems(schema, "x-error", name, required=False)


def _texts_problems(
    schema: Mapping[str, object], keyword: str, name: str, *, required: bool
) -> Iterator[str]:
    where = f"{name}: " if name else ""
    if keyword not in schema:
        if required:
            yield f"{where}{keyword} is missing"
        return
    texts = schema[keyword]
    if not isinstance(texts, dict) or not texts:
        yield f'{where}{keyword} must map languages to texts, as {{"kk": …, "ru": …, "en": …}}'
        return
    for language, text in texts.items():
        if not re.fullmatch(r"[a-z]{2,3}", language):
            yield f"{where}{keyword}: {language!r} is no language"
        elif not isinstance(text, str) or not text.strip():
            yield f"{where}{keyword}: the text in {language} is missing"


def _keyword_problems(schema: object, place: str) -> Iterator[str]:
    """Keywords whose failure could not be put into words, or that reach outside the form."""
    if not isinstance(schema, dict):
        return
    for keyword, value in schema.items():
        if keyword in _PLAIN_KEYWORDS or keyword.startswith("x-"):
            continue
        if keyword not in _CHECKING_KEYWORDS:
            yield f"{place}{keyword} can't be used in a form"
        elif keyword == "format" and value not in FORMATS:
            yield f"{place}format {value} is unknown, expected one of {', '.join(sorted(FORMATS))}"
        elif keyword in ("properties", "dependentSchemas"):
            for name, each in value.items():
                yield from _keyword_problems(each, f"{place}{name}: ")
        elif keyword in ("allOf", "anyOf", "oneOf"):
            for each in value:
                yield from _keyword_problems(each, place)
        elif keyword in ("not", "if", "then", "else", "items"):
            yield from _keyword_problems(value, place)


def _place(path: Iterable[object]) -> str:
    parts = [str(part) for part in path]
    return f"{'/'.join(parts)}: " if parts else ""


def _is_deep(schema: object) -> bool:
    level = [schema]
    for _ in range(_NESTING):
        below: list[object] = []
        for each in level:
            if isinstance(each, dict):
                below.extend(each.values())
            elif isinstance(each, list):
                below.extend(each)
        if not below:
            return False
        level = below
    return True
