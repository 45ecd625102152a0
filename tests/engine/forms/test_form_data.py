"""Fields drawn in the modeler are a form like any other."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from engine.forms import (
    FormDataField,
    FormUnreadable,
    check_submission,
    form_from_fields,
    read_submission,
)

FIELDS = (
    FormDataField("note", {"ru": "Заметка", "kk": "Ескерту"}, constraints={"maxlength": "5"}),
    FormDataField("places", "Мест", "long", "1", {"min": "1", "max": "9", "required": None}),
    FormDataField("urgent", "", "boolean"),
    FormDataField("until", "До", "date"),
    FormDataField("who", "Кто", "enum", values=(("a", "Акимат"), ("b", ""))),
    FormDataField("number", "Номер", constraints={"readonly": "true", "required": "false"}),
)


def test_drawn_fields() -> None:
    form = form_from_fields("task", FIELDS)
    assert [(each.name, each.kind) for each in form.fields] == [
        ("note", "text"),
        ("places", "integer"),
        ("urgent", "boolean"),
        ("until", "date"),
        ("who", "choice"),
        ("number", "text"),
    ]
    note, places, urgent, _, who, number = form.fields
    assert (note.label("kk"), note.max_length) == ("Ескерту", 5)
    assert (places.minimum, places.maximum, places.default) == (1, 9, "1")
    assert (places.required, number.required) == (True, False)
    assert urgent.label("ru") == "urgent"
    assert [(option.value, option.label("ru")) for option in who.options] == [
        ("a", "Акимат"),
        ("b", "b"),
    ]
    assert number.read_only


def test_drawn_fields_are_read_and_checked() -> None:
    form = form_from_fields("task", FIELDS)
    values = read_submission(
        form, {"places": "10", "until": "31.12.2026", "who": "c", "note": "ok"}
    )
    assert values == {
        "note": "ok",
        "places": 10,
        "urgent": False,
        "until": "2026-12-31",
        "who": "c",
    }
    assert [(error.field, error.keyword) for error in check_submission(form, values)] == [
        ("places", "maximum"),
        ("who", "oneOf"),
    ]


@pytest.mark.parametrize(
    ("field", "said"),
    [
        (FormDataField("a", "A", "file"), "a: the type must be one of"),
        (FormDataField("a", "A", "enum"), "a: an enum needs values"),
        (FormDataField("a", "A", "long", constraints={"min": "x"}), "must be a whole number"),
        (FormDataField("a", "A", constraints={"min": "1"}), "min does not apply"),
        (FormDataField("a", "A", constraints={"validator": "org.X"}), "validator is unknown"),
        (FormDataField("a b", "A"), "can't be a variable's name"),
    ],
)
def test_drawn_fields_that_can_not_be_read(field: FormDataField, said: str) -> None:
    with pytest.raises(FormUnreadable, match=said):
        form_from_fields("task", [field])


def test_fields_from_the_facts_of_a_diagram() -> None:
    facts = SimpleNamespace(
        id="who",
        type="enum",
        label=None,
        default="a",
        choices=(("a", "Акимат"),),
        constraints=(("required", None),),
    )
    field = form_from_fields("task", [FormDataField.from_facts(facts)]).fields[0]
    assert (field.name, field.label("ru"), field.default, field.required) == (
        "who",
        "who",
        "a",
        True,
    )
    assert field.options[0].label("ru") == "Акимат"


def test_an_id_can_be_used_once() -> None:
    with pytest.raises(FormUnreadable, match="two fields of this id"):
        form_from_fields("task", [FormDataField("a"), FormDataField("a")])
