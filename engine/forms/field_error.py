"""What is wrong with one field: the closest sentence that there is, in three languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.forms.definition import Field, Form
from engine.forms.formats import slip
from engine.forms.messages import decimals, filled, sentence
from engine.forms.submission import is_number
from engine.forms.texts import Texts


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one field (`""`: with the form as a whole), by language.

    `keyword` is the JSON Schema keyword that failed, or one of characters, hidden, items, readOnly,
    x-check, x-options, x-options code-in, limit (a rule asks for more than an expression may).
    """

    field: str
    messages: Texts
    keyword: str


def failed(
    form: Form, name: str, keyword: str, limit: object = None, value: object = None
) -> FieldError:
    """The error of a keyword, with the limit that the value missed; in the field's own words where
    it has some."""
    field = form.field(name)
    about = ""
    if field is not None:
        texts = own_sentence(property_of(form, name).get("x-error", {}), keyword)
        if texts:
            return FieldError(name, filled(texts, limit), keyword)
        about = _closer(field, keyword, limit, value)
    if keyword == "const" and about == "const-true":
        return FieldError(name, sentence("required", about=about), keyword)
    if field is not None and about == "out of range" and (missed := _missed(field, str(value))):
        return FieldError(name, sentence(*missed), keyword)
    places = decimals(limit) if keyword == "multipleOf" else None
    if places is not None:
        return FieldError(name, sentence("decimals", places), keyword)
    return FieldError(name, sentence(keyword, _label(field, limit), about), keyword)


def own_sentence(own: Mapping[str, Any], keyword: str) -> Texts | None:
    """A form's own sentence: for one keyword, or for all."""
    if keyword in own:
        return own[keyword] if isinstance(own[keyword], Mapping) else None
    return own if own and all(isinstance(text, str) for text in own.values()) else None


def property_of(form: Form, name: str) -> Mapping[str, Any]:
    """The schema of a field."""
    properties: Any = form.schema["properties"]
    return properties[name]


def _closer(field: Field, keyword: str, limit: object, value: object) -> str:
    """What a sentence is about, beside its keyword."""
    if keyword in ("type", "format") and field.kind in ("choice", "radio", "choices"):
        return "choice"
    if keyword == "type" and isinstance(value, str) and is_number(value, whole=limit == "integer"):
        return "out of range"
    if keyword == "format" and isinstance(value, str):
        return f"{limit} {slip(str(limit), value)}".strip()
    if keyword in ("type", "format"):
        return str(limit)
    if keyword in ("required", "dependentRequired", "const"):
        return "choice" if field.kind in ("choice", "radio", "choices") else field.kind
    return ""


def _missed(field: Field, written: str) -> tuple[str, int | float] | None:
    """Which limit of a field a number misses that is too long to be read."""
    below = written.strip().startswith(("-", "\u2212"))
    limit = field.minimum if below else field.maximum
    return None if limit is None else ("minimum" if below else "maximum", limit)


def _label(field: Field | None, limit: object) -> object:
    option = next((each for each in field.options if each.value == limit), None) if field else None
    return option.labels if option and option.labels else limit
