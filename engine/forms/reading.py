"""Reads a form definition: a JSON Schema of one flat object, with words for people in `x-…`."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import cast

from engine.errors import EngineError
from engine.forms.decided import DECISION, read_decision
from engine.forms.definition import TEXT_LENGTH, TEXTAREA_LENGTH, Field, Form, Kind, Option
from engine.forms.definition_check import INTRO, REVIEW, SEND, SHOWS, problems_of
from engine.forms.option_sources import OPTIONS, read_source, read_table
from engine.forms.rules import CHECK, read_rules
from engine.forms.texts import Texts

_OWN = frozenset(
    {
        "x-label", "x-hint", "x-error", "x-widget", "x-show-if", "x-inputmode", "x-autocomplete",
        CHECK, DECISION, OPTIONS,
    }
)  # fmt: skip
_INPUTMODES = {
    "kz-iin": "numeric",
    "kz-bin": "numeric",
    "kz-iin-or-bin": "numeric",
    "kz-kato": "numeric",
    "kz-kbe": "numeric",
    "tel": "tel",
    "email": "email",
}
_FORMAT_KINDS: Mapping[str, Kind] = {
    "date": "date",
    "email": "email",
    "tel": "tel",
    "document": "document",
}
_AUTOCOMPLETES = {"tel": "tel", "email": "email"}
_YES_NO = (
    Option(True, {"kk": "Иә", "ru": "Да", "en": "Yes"}),
    Option(False, {"kk": "Жоқ", "ru": "Нет", "en": "No"}),
)


class FormUnreadable(EngineError):
    """A form definition is not one; `problems` lists everything that is wrong with it."""

    def __init__(self, key: str, problems: list[str]) -> None:
        self.key = key
        self.problems = tuple(problems)
        super().__init__(f"Expected a form definition in {key}, but found: {'; '.join(problems)}")


def load_form(key: str, data: bytes) -> Form:
    """The form that a JSON file holds. Raises FormUnreadable."""
    try:
        schema = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise FormUnreadable(key, [f"no JSON in UTF-8: {error}"]) from error
    return read_schema(key, schema)


def read_schema(key: str, schema: object) -> Form:
    """The form of a schema that is already parsed. Raises FormUnreadable."""
    problems = list(problems_of(schema))
    if problems:
        raise FormUnreadable(key, problems)
    root = cast("dict[str, object]", schema)
    properties = cast("dict[str, dict[str, object]]", root["properties"])
    required = frozenset(cast("list[str]", root.get("required", [])))
    return Form(
        key=key,
        schema=root,
        titles=cast("Texts", root.get("x-title", {})),
        fields=tuple(
            _field(name, each, name in required, properties, _folder(key))
            for name, each in properties.items()
        ),
        intros=cast("Texts", root.get(INTRO, {})),
        shows=tuple(cast("list[str]", root.get(SHOWS, []))),
        is_reviewed=root.get(REVIEW) is True,
        sends=cast("Texts", root.get(SEND, {})),
    )


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON")


def _folder(key: str) -> str:
    """The folder of the process application that a form belongs to."""
    return key.rpartition("/forms/")[0]


def _field(
    name: str,
    schema: Mapping[str, object],
    required: bool,
    names: Collection[str],
    folder: str,
) -> Field:
    kind = _kind(schema)
    options = _options(schema, kind)
    format_name = cast("str | None", schema.get("format"))
    max_length = cast("int | None", schema.get("maxLength"))
    if max_length is None and kind in ("text", "textarea", "email", "tel"):
        max_length = TEXTAREA_LENGTH if kind == "textarea" else TEXT_LENGTH
    show_if = cast("Mapping[str, object]", schema.get("x-show-if", {}))
    return Field(
        name=name,
        kind=kind,
        labels=cast("Texts", schema["x-label"]),
        hints=cast("Texts", schema.get("x-hint", {})),
        required=required,
        options=options,
        minimum=cast("int | float | None", schema.get("minimum")),
        maximum=cast("int | float | None", schema.get("maximum")),
        multiple_of=cast("int | float | None", schema.get("multipleOf")),
        min_length=cast("int | None", schema.get("minLength")),
        max_length=max_length,
        pattern=cast("str | None", schema.get("pattern")),
        format=format_name,
        inputmode=cast("str | None", schema.get("x-inputmode", _inputmode(kind, format_name))),
        autocomplete=cast(
            "str | None", schema.get("x-autocomplete", _AUTOCOMPLETES.get(format_name or ""))
        ),
        default=schema.get("default"),
        read_only=schema.get("readOnly") is True,
        show_if={
            other: tuple(wanted) if isinstance(wanted, list) else (wanted,)
            for other, wanted in show_if.items()
        },
        rules=read_rules(schema, names),
        source=read_source(schema),
        table=read_table(schema, folder),
        decision=read_decision(schema, names),
        extensions={
            keyword: value
            for keyword, value in schema.items()
            if keyword.startswith("x-") and keyword not in _OWN
        },
    )


def _inputmode(kind: Kind, format_name: str | None) -> str | None:
    if kind == "integer":
        return "numeric"
    if kind == "number":
        return "decimal"
    return _INPUTMODES.get(format_name or "")


def _kind(schema: Mapping[str, object]) -> Kind:
    widget = schema.get("x-widget")
    if schema["type"] == "array":
        return "choices"
    if OPTIONS in schema:
        return "choice"
    if "oneOf" in schema or "enum" in schema:
        return "radio" if widget == "radio" else "choice"
    if schema["type"] == "boolean":
        if schema.get("const") is True:
            return "const-true"
        return "radio" if widget == "radio" else "boolean"
    if schema["type"] != "string":
        return "integer" if schema["type"] == "integer" else "number"
    by_format = _FORMAT_KINDS.get(str(schema.get("format")))
    return by_format or ("textarea" if widget == "textarea" else "text")


def _options(schema: Mapping[str, object], kind: Kind) -> tuple[Option, ...]:
    if kind == "choices":
        schema = cast("Mapping[str, object]", schema["items"])
    elif kind not in ("choice", "radio"):
        return ()
    if "oneOf" in schema:
        choices = cast("list[Mapping[str, object]]", schema["oneOf"])
        return tuple(
            Option(
                choice["const"],
                cast("Texts", choice["x-label"]),
                cast("Texts", choice.get("x-hint", {})),
            )
            for choice in choices
        )
    if OPTIONS in schema:
        return ()
    if "enum" in schema:
        return tuple(Option(value, {}) for value in cast("list[object]", schema["enum"]))
    return _YES_NO
