"""What a value of a dated table may be, described in the table's head, and what is wrong with one.

{"type": "integer", "minimum": 1, "maximum": 90, "as": "P{}D",
 "unit": {"kk": "күн", "ru": {"one": "день", "few": "дня", "many": "дней"}, "en": {…}}}
{"type": "percent"}                        a share, kept as a decimal text: "0.10" is 10 %
{"type": "text", "format": "email", "pattern": "…", "maximum": 200, "optional": true}
{"type": "texts", "maximum": 200}          a text in each language
{"type": "choice", "options": {code: {kk, ru, en}}}      "choices": several of them
{"type": "choice", "options_from": "centre_details"}     the keys of another table
{"type": "object", "properties": {name: {…, "label": {kk, ru, en}}}}
{"type": "nothing"}                        the value is true: that there is a row is all
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.addresses import is_email
from engine.dated.messages import LANGUAGES, Texts, fault

LONGEST = 400
_TYPES = frozenset(
    {"integer", "percent", "text", "texts", "choice", "choices", "object", "nothing"}
)
_TEL = re.compile(r"\+?[0-9 ()\-]{5,30}")
_FORMATS: Mapping[str, Callable[[str], object]] = {"email": is_email, "tel": _TEL.fullmatch}
Faults = dict[str, Texts]
"""What is wrong, by the place in the value ("" for all of it, "phone", "address.kk")."""


@dataclass(frozen=True)
class Description:
    """What a value is; see the examples above. `units` are by language and, where they differ, by
    the number's form (of the CLDR: one, few, many, other)."""

    type: str
    labels: Texts = field(default_factory=dict)
    minimum: int | None = None
    maximum: int | None = None
    written: str = "{}"
    units: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)
    format: str | None = None
    pattern: str | None = None
    optional: bool = False
    options: Mapping[str, Texts] = field(default_factory=dict)
    options_from: str | None = None
    properties: Mapping[str, Description] = field(default_factory=dict)

    def number(self, value: object) -> int | None:
        """The integer in a value of type "integer", however it is written; None: it is none."""
        if self.written == "{}":
            return value if isinstance(value, int) and not isinstance(value, bool) else None
        before, _, after = self.written.partition("{}")
        pattern = rf"{re.escape(before)}(\d{{1,9}}){re.escape(after)}"
        found = re.fullmatch(pattern, value) if isinstance(value, str) else None
        return None if found is None else int(found[1])


def describe(data: object) -> Description:
    """A description from JSON. Raises ValueError."""
    if not isinstance(data, Mapping) or data.get("type") not in _TYPES:
        raise ValueError(f"value: expected a type among {sorted(_TYPES)}, but found {data!r}")
    return Description(
        type=data["type"],
        labels=dict(data.get("label", {})),
        minimum=data.get("minimum"),
        maximum=data.get("maximum"),
        written=data.get("as", "{}"),
        units=dict(data.get("unit", {})),
        format=data.get("format"),
        pattern=data.get("pattern"),
        optional=data.get("optional") is True,
        options=dict(data.get("options", {})),
        options_from=data.get("options_from"),
        properties={name: describe(each) for name, each in data.get("properties", {}).items()},
    )


def value_faults(description: Description, value: object) -> Faults:
    """What is wrong with a value; empty where nothing is."""
    return _CHECKS[description.type](description, value)


def _integer(description: Description, value: object) -> Faults:
    number = description.number(value)
    if number is None:
        return _fault("integer")
    if description.minimum is not None and number < description.minimum:
        return _fault("minimum", description.minimum)
    if description.maximum is not None and number > description.maximum:
        return _fault("maximum", description.maximum)
    return {}


def _percent(_description: Description, value: object) -> Faults:
    try:
        share = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        share = None
    if share is None or not share.is_finite() or not 0 <= share <= 1:
        return _fault("percent")
    return {}


def _text(description: Description, value: object) -> Faults:
    if not isinstance(value, str) or not (value.strip() or description.optional):
        return _fault("required")
    longest = description.maximum or LONGEST
    if len(value) > longest:
        return _fault("longest", longest)
    if not value:
        return {}
    form = description.format
    if form is not None and form in _FORMATS and not _FORMATS[form](value):
        return _fault(form)
    if description.pattern is not None and not re.fullmatch(description.pattern, value):
        return _fault("pattern")
    return {}


def _texts(description: Description, value: object) -> Faults:
    given = value if isinstance(value, Mapping) else {}
    return {
        language: found[""]
        for language in LANGUAGES
        if (found := _text(description, given.get(language)))
    }


def _choice(description: Description, value: object) -> Faults:
    if not isinstance(value, str) or value not in description.options:
        return _fault("choice")
    return {}


def _choices(description: Description, value: object) -> Faults:
    known = isinstance(value, list) and value and all(each in description.options for each in value)
    return {} if known else _fault("choices")


def _object(description: Description, value: object) -> Faults:
    given = value if isinstance(value, Mapping) else {}
    if set(given) - set(description.properties):
        return _fault("pattern")
    return {
        f"{name}.{place}" if place else name: text
        for name, each in description.properties.items()
        for place, text in value_faults(each, given.get(name)).items()
    }


def _nothing(_description: Description, value: object) -> Faults:
    return {} if value is True else _fault("pattern")


_CHECKS: Mapping[str, Callable[[Description, object], Faults]] = {
    "integer": _integer,
    "percent": _percent,
    "text": _text,
    "texts": _texts,
    "choice": _choice,
    "choices": _choices,
    "object": _object,
    "nothing": _nothing,
}


def _fault(name: str, limit: Any = "") -> Faults:
    return {"": fault(name, limit=limit)}
