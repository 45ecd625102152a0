"""A form definition gives a page's fields, or says everything that is wrong with it."""

from __future__ import annotations

import json

import pytest

from engine.forms import Field, FormUnreadable, load_form

SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "x-title": {"kk": "Өтініш", "ru": "Заявление"},
    "x-intro": {"kk": "Оқып шығыңыз", "ru": "Прочтите"},
    "x-shows": ["bin", "places"],
    "required": ["bin", "agree"],
    "additionalProperties": False,
    "properties": {
        "bin": {
            "type": "string",
            "format": "kz-bin",
            "x-label": {"kk": "БСН", "ru": "БИН", "en": "BIN"},
            "x-hint": {"ru": "12 цифр"},
        },
        "places": {"type": "integer", "minimum": 1, "maximum": 99, "x-label": {"ru": "Мест"}},
        "sum": {"type": "number", "multipleOf": 0.01, "x-label": {"ru": "Сумма"}},
        "start": {"type": "string", "format": "date", "x-label": {"ru": "Начало"}},
        "mail": {"type": "string", "format": "email", "x-label": {"ru": "Почта"}},
        "phone": {"type": "string", "format": "tel", "x-label": {"ru": "Телефон"}},
        "note": {
            "type": "string",
            "x-widget": "textarea",
            "minLength": 3,
            "x-label": {"ru": "Примечание"},
        },
        "name": {
            "type": "string",
            "pattern": "^[А-Я]",
            "default": "А",
            "readOnly": True,
            "x-label": {"ru": "Имя"},
        },
        "measure": {
            "type": "string",
            "oneOf": [
                {"const": "PW", "x-label": {"kk": "ҚЖ", "ru": "ОР"}},
                {
                    "const": "SW",
                    "x-label": {"kk": "ӘЖО", "ru": "СРМ"},
                    "x-hint": {"ru": "На социальном месте"},
                },
            ],
            "x-label": {"ru": "Мера"},
            "x-linked-to": "profession",
        },
        "days": {
            "type": "array",
            "items": {"enum": [1, 2]},
            "x-label": {"ru": "Дни"},
        },
        "state": {
            "type": "boolean",
            "x-widget": "radio",
            "x-label": {"ru": "Государственное"},
        },
        "agency": {
            "type": "string",
            "x-show-if": {"state": True, "measure": ["PW", "SW"]},
            "x-label": {"ru": "Орган"},
        },
        "ticked": {"type": "boolean", "x-label": {"ru": "Отметка"}},
        "agree": {"type": "boolean", "const": True, "x-label": {"ru": "Согласен"}},
    },
}


def field(name: str) -> Field:
    found = load_form("application.json", json.dumps(SCHEMA).encode()).field(name)
    assert found is not None
    return found


def test_the_kinds_of_fields() -> None:
    form = load_form("application.json", json.dumps(SCHEMA).encode())
    assert {each.name: each.kind for each in form.fields} == {
        "bin": "text",
        "places": "integer",
        "sum": "number",
        "start": "date",
        "mail": "email",
        "phone": "tel",
        "note": "textarea",
        "name": "text",
        "measure": "choice",
        "days": "choices",
        "state": "radio",
        "agency": "text",
        "ticked": "boolean",
        "agree": "const-true",
    }
    assert [each.name for each in form.fields if each.required] == ["bin", "agree"]
    assert form.key == "application.json"


def test_words_fall_back_to_another_language() -> None:
    form = load_form("application.json", json.dumps(SCHEMA).encode())
    assert form.title("kk") == "Өтініш"
    assert form.title("en") == "Заявление"
    assert form.field("missing") is None
    assert (field("bin").label("en"), field("bin").label("de")) == ("BIN", "БИН")
    assert (field("bin").hint("kk"), field("places").hint("kk")) == ("12 цифр", "")
    assert [option.label("kk") for option in field("measure").options] == ["ҚЖ", "ӘЖО"]
    hints = [option.hint("kk") for option in field("measure").options]
    assert hints == ["", "На социальном месте"]
    assert (form.intro("kk"), form.intro("en")) == ("Оқып шығыңыз", "Прочтите")
    assert form.shows == ("bin", "places")


def test_what_a_page_needs_beside_the_words() -> None:
    places, note, name = field("places"), field("note"), field("name")
    assert (places.minimum, places.maximum, places.inputmode) == (1, 99, "numeric")
    assert (field("sum").multiple_of, field("sum").inputmode) == (0.01, "decimal")
    assert (note.min_length, note.max_length) == (3, 10_000)
    assert (name.pattern, name.default, name.read_only, name.max_length) == (
        "^[А-Я]",
        "А",
        True,
        500,
    )
    assert (field("bin").format, field("bin").inputmode) == ("kz-bin", "numeric")
    assert field("phone").autocomplete == "tel"
    assert field("measure").extensions == {"x-linked-to": "profession"}
    assert [option.posted for option in field("state").options] == ["true", "false"]
    assert [option.posted for option in field("days").options] == ["1", "2"]


def test_a_field_is_shown_by_the_values_before_it() -> None:
    agency = field("agency")
    assert agency.is_shown({"state": True, "measure": "PW"})
    assert not agency.is_shown({"state": True, "measure": "YP"})
    assert not agency.is_shown({"state": 1, "measure": "PW"})
    assert not agency.is_shown({})


def test_missing_translations_are_told() -> None:
    missing = load_form("application.json", json.dumps(SCHEMA).encode()).missing_translations(
        ("kk", "ru")
    )
    assert "bin: kk" in missing  # its hint
    assert "places: kk" in missing
    assert ": kk" not in missing
    assert "measure=PW: kk" not in missing
    assert "measure=SW: kk" in missing  # what choosing it means
    assert not any(each.endswith(": ru") for each in missing)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no JSON"),
        (b"\xff", "no JSON"),
        (b'{"a": NaN}', "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b"[]", "not a JSON object"),
        (b'{"type": "object"}', "properties are missing"),
        (b'{"type": "string", "properties": {}}', 'the type of a form must be "object"'),
        (b'{"type": "object", "x-intro": "x", "properties": {}}', "x-intro must map languages"),
        (b'{"type": "object", "x-shows": "x", "properties": {}}', "x-shows must list names"),
        (b'{"type": "thing"}', "not a JSON Schema: type: "),
    ],
)
def test_what_is_no_form(data: bytes, said: str) -> None:
    with pytest.raises(FormUnreadable, match="Expected a form definition in x.json") as caught:
        load_form("x.json", data)
    assert any(said in problem for problem in caught.value.problems)


LABEL = {"x-label": {"ru": "Поле"}}


@pytest.mark.parametrize(
    ("name", "schema", "said"),
    [
        ("a", {"type": "string"}, "a: x-label is missing"),
        ("a", {"type": "string", "x-label": "Поле"}, "a: x-label must map languages to texts"),
        ("a", {"type": "string", "x-label": {"ru": " "}}, "a: x-label: the text in ru is missing"),
        ("a", {"type": "string", "x-label": {"Russian": "П"}}, "'Russian' is no language"),
        ("a", {**LABEL}, "a: the type must be one of"),
        ("a", {**LABEL, "type": "object"}, "a: the type must be one of"),
        ("a", {**LABEL, "type": ["string", "null"]}, "a: the type must be one of"),
        ("a-b", {**LABEL, "type": "string"}, "'a-b' can't be a variable's name"),
        ("a", {**LABEL, "type": "string", "format": "uuid"}, "a: format uuid is unknown"),
        ("a", {**LABEL, "type": "string", "pattern": "["}, "pattern: '[' is not a 'regex'"),
        ("a", {**LABEL, "type": "string", "$ref": "http://x/y"}, "a: $ref can't be used"),
        ("a", {**LABEL, "type": "string", "contains": {}}, "a: contains can't be used"),
        ("a", {**LABEL, "type": "string", "enum": ["x"]}, "a: an enum of other values"),
        ("a", {**LABEL, "type": "string", "oneOf": [{"minLength": 1}]}, "a: oneOf must list"),
        ("a", {**LABEL, "type": "string", "oneOf": [{"const": "x"}]}, "a=x: x-label is missing"),
        (
            "a",
            {**LABEL, "type": "string", "oneOf": [{**LABEL, "const": "x", "x-hint": "y"}]},
            "a=x: x-hint must map languages",
        ),
        ("a", {**LABEL, "type": "array"}, "a: a list needs items"),
        ("a", {**LABEL, "type": "string", "x-widget": "map"}, "a: x-widget must be one of"),
        (
            "a",
            {**LABEL, "type": "string", "x-asked-anew": "yes"},
            "a: x-asked-anew must be true or false",
        ),
        ("a", {**LABEL, "type": "string", "x-show-if": {"b": 1}}, "names b, which is no field"),
        ("a", {**LABEL, "type": "string", "x-error": {"ru": ""}}, "a: x-error: the text in ru"),
        (
            "a",
            {**LABEL, "type": "string", "x-error": {"pattern": {"ru": ""}}},
            "a: x-error: pattern: the text in ru is missing",
        ),
        ("a", {**LABEL, "type": "string", "minLength": "3"}, "properties/a/minLength: "),
        ("a", {**LABEL, "type": "string", "pattern": "(?=x)"}, "pattern: "),
        ("a", {**LABEL, "type": "string", "minLength": 9, "maxLength": 2}, "no value can be right"),
        ("a", {**LABEL, "type": "number", "minimum": 2, "maximum": 1.5}, "no value can be right"),
        ("a", {**LABEL, "type": "string", "default": 5}, "the default 5 is not a value"),
    ],
)
def test_fields_that_can_not_be_read(name: str, schema: dict[str, object], said: str) -> None:
    with pytest.raises(FormUnreadable) as caught:
        load_form("x.json", json.dumps({"type": "object", "properties": {name: schema}}).encode())
    assert any(said in problem for problem in caught.value.problems)


def test_every_problem_is_listed() -> None:
    schema = {
        "type": "object",
        "additionalProperties": True,
        "required": ["c"],
        "allOf": [{"if": {"$dynamicRef": "#x"}, "then": {"propertyNames": {}}}],
        "properties": {"a": {"type": "string"}, "b": {**LABEL, "type": "null"}},
    }
    with pytest.raises(FormUnreadable) as caught:
        load_form("x.json", json.dumps(schema).encode())
    assert len(caught.value.problems) == 6


def test_deep_definitions_are_refused() -> None:
    condition: dict[str, object] = {}
    for _ in range(500):
        condition = {"not": condition}
    schema = {"type": "object", "properties": {}, "allOf": [condition]}
    with pytest.raises(FormUnreadable, match="nested more than 20 levels"):
        load_form("x.json", json.dumps(schema).encode())
