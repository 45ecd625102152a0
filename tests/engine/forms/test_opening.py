"""A form of which a remark opens only some fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from engine.forms import Form, Option, check_submission, opened, read_submission
from engine.forms.reading import read_schema

LABEL = {"kk": "Өріс", "ru": "Поле", "en": "Field"}


def form(**properties: Mapping[str, object]) -> Form:
    fields = {
        name: {"type": "string", "x-label": LABEL, **each} for name, each in properties.items()
    }
    schema: dict[str, Any] = {"type": "object", "properties": fields, "required": ["name", "city"]}
    return read_schema("p/forms/f.json", schema)


PLAIN = form(name={}, city={}, note={"x-show-if": {"city": "Тараз"}})
HELD = {"name": "Үлгі", "city": "Алматы", "other": 1}


class Banks:
    """One bank, in force."""

    def offered(
        self, classifier: str, level: str | None, below: str | None
    ) -> Sequence[Option] | None:
        return (Option("KCJBKZKX", LABEL, attributes={"bank_code": "856"}),)

    def named(self, classifier: str, code: str) -> Option | None:
        return None


def test_only_what_is_named_is_open() -> None:
    part = opened(PLAIN, ["name"], HELD)
    assert {each.name: each.read_only for each in part.fields} == {
        "name": False,
        "city": True,
        "note": True,
    }
    assert part.closed == {"city": "Алматы", "note": None}


def test_what_is_shown_by_an_open_field_is_open_too() -> None:
    part = opened(PLAIN, ["city"], HELD)
    assert set(part.closed) == {"name"}
    assert read_submission(part, {"city": "Тараз", "note": "жаңа", "name": "Басқа"}) == {
        "city": "Тараз",
        "note": "жаңа",
    }


def test_a_closed_field_takes_no_value() -> None:
    part = opened(PLAIN, ["name"], HELD)
    (error,) = check_submission(part, {"name": "Үлгі-2", "city": "Тараз"})
    assert (error.field, error.keyword) == ("city", "readOnly")


def test_closed_fields_count_in_the_check_of_the_whole() -> None:
    part = opened(PLAIN, ["name"], HELD)
    assert check_submission(part, {"name": "Үлгі-2"}) == ()
    assert [each.field for each in check_submission(part, {})] == ["name"]


def test_a_field_whose_value_would_be_refused_now_is_open() -> None:
    dated = form(name={}, city={"maxLength": 3})
    assert opened(dated, ["name"], HELD).closed == {}


def test_an_open_field_sees_the_closed_one_it_depends_on() -> None:
    part = opened(PLAIN, ["note"], {**HELD, "city": "Тараз", "note": "ескі"})
    assert read_submission(part, {"note": "жаңа"}) == {"note": "жаңа"}
    assert [each.name for each in part.shown_fields({})] == ["name", "city", "note"]


def test_what_a_condition_asks_for_is_open_with_it() -> None:
    schema: dict[str, Any] = {
        **PLAIN.schema,
        "allOf": [
            {"if": {"properties": {"city": {"const": "Тараз"}}}, "then": {"required": ["name"]}}
        ],
    }
    part = opened(read_schema("p/forms/f.json", schema), ["city"], HELD)
    assert part.closed == {}


@pytest.mark.parametrize("named", ["bank", "iban"])
def test_a_choice_and_the_number_that_holds_its_code_are_open_together(named: str) -> None:
    code_in = {"field": "iban", "attribute": "bank_code", "at": 5}
    source = {"classifier": "banks", "fills": {"bank_name": "ru"}, "code-in": code_in}
    account = form(name={}, city={}, iban={}, bank={"x-options": source}, bank_name={})
    held = {**HELD, "iban": "KZ47856KZT5004100100", "bank": "KCJBKZKX", "bank_name": "Банк"}
    part = opened(account, [named], held, options=Banks())
    assert set(part.closed) == {"name", "city"}
    assert set(opened(account, ["city"], held, options=Banks()).closed) >= {"iban", "bank"}


def test_boxes_show_a_field_when_one_of_them_is_ticked() -> None:
    boxes = form(
        name={
            "type": "array",
            "items": {
                "oneOf": [{"const": "a", "x-label": LABEL}, {"const": "b", "x-label": LABEL}]
            },
        },
        city={"x-show-if": {"name": "b"}},
    )
    assert [each.name for each in boxes.shown_fields({"name": ["a"]})] == ["name"]
    assert [each.name for each in boxes.shown_fields({"name": ["a", "b"]})] == ["name", "city"]
