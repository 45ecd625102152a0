"""A list of the fields of other forms to choose from, written out before the form is read.

At a list of choices `x-fields-of` names forms of the deployment:

    {"forms": ["p/forms/a.json"], "except": ["note"],
     "each": {"name": "remark_on_{name}", "type": "string", "x-label": {"kk": "… {label}", …}}}

Their fields are the choices, in order and in their own words. With `each` there is a further field
for every one, which is asked when it is chosen; `{name}` and `{label}` are those of the field.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from engine.forms.reading import FormUnreadable

FIELDS_OF = "x-fields-of"
_KEYWORDS = frozenset({"forms", "except", "each"})
_NAME = "{name}"


def with_fields_of(key: str, data: bytes, files: Mapping[str, bytes]) -> bytes:
    """The bytes of the form `key` with every `x-fields-of` written out; without any, as they are.

    `files` are those of the deployment. Raises FormUnreadable. A file that is no form is left to
    whoever reads it.
    """
    if FIELDS_OF.encode() not in data:
        return data
    schema = _parsed(data)
    if not isinstance(schema, dict) or not isinstance(schema.get("properties"), dict):
        return data
    properties: dict[str, Any] = schema["properties"]
    problems: list[str] = []
    written: dict[str, Any] = {}
    for name, each in properties.items():
        added = [(name, each)]
        if isinstance(each, dict) and FIELDS_OF in each:
            added = list(_written_out(name, each, files, problems))
        for field, field_schema in added:
            if field != name and (field in properties or field in written):
                problems.append(f"{name}: {FIELDS_OF} makes {field}, which is a field already")
            written[field] = field_schema
    if problems:
        raise FormUnreadable(key, problems)
    return json.dumps({**schema, "properties": written}, ensure_ascii=False).encode()


def written_out(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """All files, those that are forms with `x-fields-of` written out where that can be done."""
    return {name: _if_possible(name, data, files) for name, data in files.items()}


def _if_possible(name: str, data: bytes, files: Mapping[str, bytes]) -> bytes:
    if not name.endswith(".json"):
        return data
    try:
        return with_fields_of(name, data, files)
    except FormUnreadable:
        return data


def _written_out(
    name: str, schema: Mapping[str, Any], files: Mapping[str, bytes], problems: list[str]
) -> Iterator[tuple[str, Any]]:
    """The list of choices, then the field of each."""
    given = schema[FIELDS_OF]
    own = {keyword: value for keyword, value in schema.items() if keyword != FIELDS_OF}
    wrong = list(_problems(name, schema, given))
    if wrong:
        problems.extend(wrong)
        yield name, own
        return
    fields = dict(_fields(name, given["forms"], files, problems))
    for left_out in given.get("except", ()):
        if fields.pop(left_out, None) is None:
            problems.append(f"{name}: {FIELDS_OF}: except names {left_out}, which none of them has")
    choices = [{"const": field, "x-label": labels} for field, labels in fields.items()]
    yield name, {**own, "items": {"type": "string", "oneOf": choices}}
    each = given.get("each")
    if each is not None:
        for field, labels in fields.items():
            yield each["name"].replace(_NAME, field), _field_of(each, name, field, labels)


def _problems(name: str, schema: Mapping[str, Any], given: object) -> Iterator[str]:
    if schema.get("type") != "array" or "items" in schema:
        yield f"{name}: {FIELDS_OF} stands at a list (type array) without items of its own"
    if not isinstance(given, Mapping) or not _are_texts(given.get("forms")) or not given["forms"]:
        yield f'{name}: {FIELDS_OF} must name forms, as {{"forms": ["p/forms/a.json"]}}'
        return
    for keyword in sorted(given.keys() - _KEYWORDS):
        yield f"{name}: {FIELDS_OF}: {keyword} has no meaning"
    if not _are_texts(given.get("except", [])):
        yield f"{name}: {FIELDS_OF}: except must list names of fields"
    each = given.get("each")
    if each is None:
        return
    if not isinstance(each, Mapping) or _NAME not in str(each.get("name")):
        yield f"{name}: {FIELDS_OF}: each must have a name with {_NAME} in it"


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _fields(
    name: str, forms: list[str], files: Mapping[str, bytes], problems: list[str]
) -> Iterator[tuple[str, Any]]:
    """Fields of the forms with their labels; one that two forms have is taken once."""
    seen: set[str] = set()
    for form in forms:
        if form not in files:
            problems.append(f"{name}: {FIELDS_OF} names {form}, which is not among the files")
            continue
        schema = _parsed(files[form])
        properties = schema.get("properties") if isinstance(schema, dict) else None
        if not isinstance(properties, dict) or not all(
            isinstance(each, dict) for each in properties.values()
        ):
            problems.append(f"{name}: {FIELDS_OF} names {form}, which is no form")
            continue
        for field, each in properties.items():
            if field not in seen:
                yield field, each.get("x-label", {})
            seen.add(field)


def _field_of(each: Mapping[str, Any], name: str, field: str, labels: object) -> dict[str, Any]:
    made = {keyword: value for keyword, value in each.items() if keyword != "name"}
    wording = each.get("x-label")
    if isinstance(wording, Mapping) and isinstance(labels, Mapping):
        made["x-label"] = {
            language: str(text).replace("{label}", str(labels.get(language, field)))
            for language, text in wording.items()
        }
    return {**made, "x-show-if": {name: field}}


def _parsed(data: bytes) -> object:
    """The value in a file; None where it is no JSON, which reading it says."""
    try:
        value: object = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return value
