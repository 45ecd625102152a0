"""Every way a value can be wrong is said in three languages, and right values pass."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from engine.forms import FieldError, Form, check_submission, load_form, read_submission
from engine.forms.definition_check import _CHECKING_KEYWORDS
from engine.forms.messages import KEYWORDS
from engine.forms.validator import validator_of
from engine.identifiers import bin_check_digit
from tests.support.pace import within

MakeForm = Callable[..., Form]

BIN = f"20014000001{bin_check_digit('20014000001')}"
IIN = "900101300007"
YEARS = [
    {"const": 2026, "x-label": {"kk": "2026", "ru": "2026", "en": "2026"}},
]
OPTIONS = [
    {"const": "PW", "x-label": {"kk": "ҚЖ", "ru": "ОР", "en": "PW"}},
    {"const": "SW", "x-label": {"kk": "ӘЖО", "ru": "СРМ", "en": "SW"}},
]


def only(form: Form, **values: object) -> FieldError:
    errors = check_submission(form, values)
    assert len(errors) == 1, errors
    assert set(errors[0].messages) >= {"kk", "ru", "en"}
    return errors[0]


@pytest.mark.parametrize(
    ("schema", "good", "bad", "keyword", "english"),
    [
        ({"type": "string"}, "a", 1, "type", "Enter text"),
        ({"type": "string"}, "a", ["a"], "type", "Enter text"),
        ({"type": "string"}, "a", {"a": 1}, "type", "Enter text"),
        ({"type": "integer"}, 5, "five", "type", "Enter a whole number"),
        ({"type": "integer"}, 5.0, 5.5, "type", "Enter a whole number"),
        ({"type": "integer"}, 0, True, "type", "Enter a whole number"),
        ({"type": "integer"}, 2**63 - 1, 10**400, "type", "Enter a whole number"),
        ({"type": "number"}, 5, float("nan"), "type", "Enter a number"),
        ({"type": "number"}, 5.5, float("inf"), "type", "Enter a number"),
        ({"type": "boolean"}, False, 0, "type", "Answer yes or no"),
        ({"type": "array", "items": {"enum": [1, 2]}}, [1, 2], 1, "type", "Choose a value"),
        ({"type": "array", "items": {"enum": [1, 2]}}, [1, 2], [3], "enum", "Choose a value"),
        ({"type": "array", "items": {"enum": [1, 2]}}, [1], [1, 1], "uniqueItems", "not repeat"),
        ({"type": "array", "items": {"enum": [1]}}, [1], [[1]], "type", "Choose a value"),
        ({"type": "array", "items": {"enum": [1]}}, [1], [1] * 1001, "items", "Choose a value"),
        ({"type": "array", "items": {"enum": [1, 2]}, "minItems": 2}, [1, 2], [1], "minItems",
         "Number of values to choose, at least: 2"),
        ({"type": "array", "items": {"enum": [1, 2]}, "maxItems": 1}, [1], [1, 2], "maxItems",
         "Number of values to choose, at most: 1"),
        ({"type": "integer", "minimum": 1}, 1, 0, "minimum", "The number must be 1 or more"),
        ({"type": "integer", "maximum": 1000}, 1000, 1001, "maximum", "must be 1,000 or less"),
        ({"type": "number", "exclusiveMinimum": 0}, 0.1, 0, "exclusiveMinimum", "more than 0"),
        ({"type": "number", "exclusiveMaximum": 2.5}, 2, 2.5, "exclusiveMaximum", "than 2.5"),
        ({"type": "integer", "multipleOf": 5}, 10, 7, "multipleOf", "a multiple of 5"),
        ({"type": "number", "multipleOf": 0.01}, 0.07, 0.071, "multipleOf", "at most 2"),
        ({"type": "number", "multipleOf": 0.01}, 1250000.29, 1e-9, "multipleOf", "at most 2"),
        ({"type": "string", "minLength": 3}, "abc", "ab", "minLength", "characters: 3"),
        ({"type": "string", "maxLength": 3}, "abc", "abcd", "maxLength", "characters: 3"),
        ({"type": "string"}, "a" * 500, "a" * 501, "maxLength", "characters: 500"),
        ({"type": "string", "pattern": "^[0-9]+$"}, "12", "1a", "pattern", "not in the expected"),
        ({"type": "string", "format": "date"}, "2026-02-28", "2026-02-29", "format", "DD.MM.YYYY"),
        ({"type": "string", "format": "date"}, "2026-02-28", "20260228", "format", "DD.MM.YYYY"),
        ({"type": "string", "format": "email"}, "a@b.kz", "a@b", "format", "e-mail"),
        ({"type": "string", "format": "email"}, "а@почта.қаз", "a b@c.kz", "format", "e-mail"),
        ({"type": "string", "format": "tel"}, "+7 (700) 000-00-00", "7000", "format", "telephone"),
        ({"type": "string", "format": "kz-bin"}, BIN, BIN[:11] + "x", "format", "BIN"),
        ({"type": "string", "format": "kz-iin"}, "900101300007", BIN, "format", "IIN"),
        ({"type": "string", "format": "kz-iin-or-bin"}, BIN, "1", "format", "BIN or IIN"),
        ({"type": "string", "format": "kz-iin"}, IIN, BIN, "format", "This is a BIN"),
        ({"type": "string", "format": "kz-iin"}, IIN, "900101300008", "format", "check digit"),
        ({"type": "string", "format": "kz-iin"}, IIN, "901301300007", "format", "no such date"),
        ({"type": "string", "format": "kz-iin"}, IIN, "90010130000", "format", "12 digits"),
        ({"type": "string", "format": "kz-bin"}, BIN, IIN, "format", "This is an IIN"),
        ({"type": "string", "format": "kz-bin"}, BIN, BIN[:11] + "9", "format", "check digit"),
        ({"type": "string", "format": "kz-iin-or-bin"}, IIN, BIN[:11] + "9", "format", "fit"),
        ({"type": "integer", "maximum": 999}, 1, "1" * 30, "type", "999 or less"),
        ({"type": "integer", "minimum": 1}, 1, "-" + "1" * 30, "type", "1 or more"),
        ({"type": "integer"}, 1, "1" * 30, "type", "too large"),
        ({"type": "integer"}, 1, "1" * 30 + ",5", "type", "whole number"),
        ({"type": "number"}, 1, "1" * 30 + ",5", "type", "too large"),
        ({"type": "integer", "oneOf": YEARS}, 2026, "soon", "type", "Choose a value"),
        ({"type": "string", "format": "kz-iban"}, "KZ86125KZT5004100100", "KZ1", "format", "IBAN"),
        ({"type": "string", "format": "bic"}, "KZKOKZKX", "KZ", "format", "BIC"),
        ({"type": "string", "format": "kz-kato"}, "750000000", "75", "format", "KATO"),
        ({"type": "string", "format": "kz-kbe"}, "17", "99", "format", "KBe"),
        ({"type": "string", "oneOf": OPTIONS}, "PW", "YP", "oneOf", "Choose a value"),
        ({"type": "integer", "enum": [2026]}, 2026, 2027, "enum", "Choose a value"),
        ({"type": "boolean", "const": True}, True, False, "const", "Tick the box to confirm"),
        ({"type": "string", "const": "x"}, "x", "y", "const", "It must be x"),
        ({"type": "string", "not": {"const": "x"}}, "y", "x", "not", "do not go together"),
        ({"type": "string"}, "Ә", "a\x00", "characters", "not allowed"),
        ({"type": "string"}, "a b", "a\nb", "characters", "not allowed"),
        ({"type": "string"}, "a", "\u202egnp.exe", "characters", "not allowed"),
        ({"type": "string"}, "a", "\ud800", "characters", "not allowed"),
        ({"type": "string", "x-widget": "textarea"}, "a\nb", "a\x1b", "characters", "not allowed"),
    ],
)  # fmt: skip
def test_each_keyword(
    make_form: MakeForm,
    schema: dict[str, object],
    good: object,
    bad: object,
    keyword: str,
    english: str,
) -> None:
    form = make_form(a=schema)
    assert check_submission(form, {"a": good}) == ()
    error = only(form, a=bad)
    assert (error.field, error.keyword) == ("a", keyword)
    assert english in error.messages["en"]
    assert "{v}" not in "".join(error.messages.values())


def test_every_keyword_a_form_can_use_has_a_sentence_in_each_language() -> None:
    structural = {"then", "else", "readOnly"}
    assert set(KEYWORDS) >= _CHECKING_KEYWORDS - structural
    for texts in KEYWORDS.values():
        assert set(texts) == {"kk", "ru", "en"}
        assert len(set(texts.values())) == 3
        assert len({("{v}" in text) for text in texts.values()}) == 1


@pytest.mark.parametrize("value", [None, "", "  ", []])
def test_required(make_form: MakeForm, value: object) -> None:
    form = make_form(("a",), a={"type": "string"})
    assert only(form).messages == {
        "kk": "Бұл өрісті толтырыңыз",
        "ru": "Заполните это поле",
        "en": "Fill in this field",
    }
    assert only(form, a=value).keyword == "required"


def test_required_by_kind(make_form: MakeForm) -> None:
    form = make_form(
        ("a", "b"),
        a={"type": "string", "oneOf": OPTIONS},
        b={"type": "boolean", "const": True},
    )
    choice, box = check_submission(form, {})
    assert choice.messages["ru"] == "Выберите одно из значений"
    assert box.messages["ru"] == "Поставьте отметку о подтверждении"


def test_optional_fields_may_be_null_or_blank(make_form: MakeForm) -> None:
    form = make_form(a={"type": "integer"}, b={"type": "string", "format": "date"})
    assert check_submission(form, {"a": None, "b": " "}) == ()


def test_limits_are_written_as_the_language_writes_numbers(make_form: MakeForm) -> None:
    error = only(make_form(a={"type": "number", "minimum": 1250000.5}), a=1)
    assert "1\u00a0250\u00a0000,5" in error.messages["kk"]
    assert "1\u00a0250\u00a0000,5" in error.messages["ru"]
    assert "1,250,000.5" in error.messages["en"]


def test_unknown_fields(make_form: MakeForm) -> None:
    error = only(make_form(a={"type": "string"}), b="x")
    assert (error.field, error.messages["ru"]) == ("b", "Такого поля нет")


def test_one_error_a_field_in_the_order_of_the_form(make_form: MakeForm) -> None:
    form = make_form(
        ("c",),
        c={"type": "string"},
        a={"type": "string", "minLength": 5, "pattern": "^[0-9]+$"},
        b={"type": "integer"},
    )
    found = [(error.field, error.keyword) for error in check_submission(form, {"b": "x", "a": "y"})]
    assert found == [("c", "required"), ("a", "pattern"), ("b", "type")]


def test_conditions(make_form: MakeForm) -> None:
    condition = {
        "if": {"properties": {"review": {"const": "remark"}}, "required": ["review"]},
        "then": {"required": ["remark"], "properties": {"places": {"maximum": 3}}},
        "else": {"properties": {"remark": False}},
    }
    form = make_form(
        (),
        {"allOf": [condition]},
        review={"type": "string"},
        remark={"type": "string"},
        places={"type": "integer"},
    )
    assert check_submission(form, {"review": "conforms"}) == ()
    assert check_submission(form, {"review": "remark", "remark": "x", "places": 3}) == ()
    remark, places = check_submission(form, {"review": "remark", "places": 4})
    assert (remark.field, remark.keyword) == ("remark", "required")
    assert (places.field, places.keyword) == ("places", "maximum")
    error = only(form, review="conforms", remark="x")
    assert (error.field, error.messages["en"]) == ("remark", "Leave this field empty")


def test_a_chosen_value_that_is_asked_for_is_named_by_its_label(make_form: MakeForm) -> None:
    condition = {"if": {"required": ["b"]}, "then": {"properties": {"a": {"const": "SW"}}}}
    form = make_form(
        (), {"allOf": [condition]}, a={"type": "string", "oneOf": OPTIONS}, b={"type": "string"}
    )
    error = only(form, a="PW", b="x")
    assert error.messages == {
        "kk": "Мән «ӘЖО» болуы керек",
        "ru": "Должно быть «СРМ»",
        "en": "It must be «SW»",
    }


def test_dependent_fields(make_form: MakeForm) -> None:
    form = make_form(
        (), {"dependentRequired": {"a": ["b"]}}, a={"type": "string"}, b={"type": "string"}
    )
    assert check_submission(form, {"b": "x"}) == ()
    error = only(form, a="x")
    assert (error.field, error.keyword) == ("b", "dependentRequired")


def test_values_that_do_not_go_together(make_form: MakeForm) -> None:
    form = make_form(
        (), {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
        a={"type": "string"}, b={"type": "string"},
    )  # fmt: skip
    error = only(form)
    assert (error.field, error.messages["en"]) == ("", "These values do not go together")


def test_own_sentences_win(make_form: MakeForm) -> None:
    own = {"kk": "к {v}", "ru": "р {v}", "en": "e {v}"}
    form = make_form(
        ("a", "b"),
        a={"type": "integer", "minimum": 7, "x-error": own},
        b={"type": "integer", "minimum": 7, "x-error": {"minimum": own}},
    )
    a, b = check_submission(form, {"a": 1, "b": 1})
    assert a.messages == b.messages == {"kk": "к 7", "ru": "р 7", "en": "e 7"}
    a, b = check_submission(form, {"a": "x", "b": "x"})
    assert a.messages["en"] == "e integer"
    assert b.messages["en"] == "Enter a whole number"


def test_the_sentence_of_a_condition_wins(make_form: MakeForm) -> None:
    own = {"kk": "к", "ru": "р", "en": "e"}
    form = make_form(
        (),
        {"if": {"required": ["a"]}, "then": {"required": ["b"], "x-error": own}},
        a={"type": "string"},
        b={"type": "string"},
    )
    assert only(form, a="x").messages == own


def test_hidden_fields_are_not_required_and_can_not_be_given(make_form: MakeForm) -> None:
    form = make_form(
        ("a", "b", "c"),
        a={"type": "string"},
        b={"type": "string", "x-show-if": {"a": "s"}},
        c={"type": "string", "x-show-if": {"b": "t"}},
    )
    assert check_submission(form, {"a": "p"}) == ()
    assert only(form, a="s").field == "b"
    assert check_submission(form, {"a": "s", "b": "t", "c": "x"}) == ()
    error = only(form, a="p", b="t")
    assert (error.field, error.keyword) == ("b", "hidden")


def test_read_only_fields_are_not_required_and_can_not_be_given(make_form: MakeForm) -> None:
    form = make_form(("a",), a={"type": "string", "readOnly": True})
    assert check_submission(form, {}) == ()
    assert only(form, a="x").messages["en"] == "This field can't be changed"


def test_a_validator_is_built_once(make_form: MakeForm) -> None:
    form, other = make_form(a={"type": "string"}), make_form(a={"type": "string"})
    assert validator_of(form) is validator_of(form)
    assert validator_of(form) is not validator_of(other)


def test_deep_values_are_refused(make_form: MakeForm) -> None:
    deep: object = 1
    for _ in range(100_000):
        deep = [deep]
    assert only(make_form(a={"type": "string"}), a=deep).keyword == "type"
    while isinstance(deep, list):
        deep = deep.pop()


def test_random_values_give_sentences_in_three_languages(make_form: MakeForm) -> None:
    form = make_form(
        ("a", "b"),
        {"allOf": [{"if": {"required": ["c"]}, "then": {"required": ["d"]}}]},
        a={"type": "string", "format": "kz-bin", "minLength": 2},
        b={"type": "integer", "minimum": 1, "multipleOf": 3},
        c={"type": "number", "multipleOf": 0.01, "exclusiveMaximum": 100},
        d={"type": "array", "items": {"oneOf": OPTIONS}, "minItems": 1},
        e={"type": "string", "format": "date", "x-show-if": {"b": [3, 6]}},
    )
    chance = random.Random(2026)
    pool: list[object] = [
        None, "", "x", BIN, 0, 3, 6, -1, 1.5, 0.07, True, False, [], ["PW"], ["PW", 1], {},
        {"a": 1}, "2026-01-01", "1 250,5", "\x00", "я" * 600, 10**30, float("nan"), 1e308, [[]],
        [None],
    ]  # fmt: skip
    for _ in range(3_000):
        values = {name: chance.choice(pool) for name in "abcdef" if chance.random() < 0.8}
        for error in check_submission(form, values):
            assert set(error.messages) == {"kk", "ru", "en"}
            assert all(error.messages.values())
        posted = {name: str(value) for name, value in values.items()}
        check_submission(form, read_submission(form, posted))


def test_a_pattern_cannot_hold_up_the_server() -> None:
    form = load_form(
        "slow",
        b'{"type": "object", "properties": {"x": {"type": "string", "pattern": "^(a+)+$",'
        b' "x-label": {"kk": "x", "ru": "x", "en": "x"}}}}',
    )
    with within(100):
        (error,) = check_submission(form, {"x": "a" * 400 + "!"})
        assert (error.field, error.keyword) == ("x", "pattern")
        assert check_submission(form, {"x": "a" * 400}) == ()
