"""What a browser posts becomes typed values; what can't be read stays as it was written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.forms import Form, read_number, read_submission

MakeForm = Callable[..., Form]

CHOICES = [
    {"const": "s", "x-label": {"ru": "Государственная"}},
    {"const": "p", "x-label": {"ru": "Частная"}},
]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("-3", -3),
        ("+3", 3),
        ("\u22123", -3),
        ("1 250 000,50", 1250000.5),
        ("1\u00a0250\u202f000", 1250000),
        ("1'000", 1000),
        ("2 3", "2 3"),
        ("1 25", "1 25"),
        ("1250 000", "1250 000"),
        (" 12 ", 12),
        ("5,0", 5),
        ("5.5", 5.5),
        ("007", 7),
        ("0,1", 0.1),
        ("999999999999999", 999999999999999),
        ("9999999999999999", "9999999999999999"),
        ("1,250,000.50", "1,250,000.50"),
        ("1e5", "1e5"),
        ("twelve", "twelve"),
        ("١٢", "١٢"),
        ("0x10", "0x10"),
        ("", ""),
        ("-", "-"),
        ("nan", "nan"),
    ],
)
def test_numbers_as_people_write_them(text: str, number: object) -> None:
    read = read_number(text)
    assert read == number
    assert type(read) is type(number)


def test_each_kind(make_form: MakeForm) -> None:
    form = make_form(
        text={"type": "string"},
        long={"type": "string", "x-widget": "textarea"},
        places={"type": "integer"},
        sum={"type": "number"},
        on={"type": "string", "format": "date"},
        iso={"type": "string", "format": "date"},
        owner={"type": "string", "oneOf": CHOICES},
        year={"type": "integer", "enum": [2026, 2027]},
        yes={"type": "boolean", "x-widget": "radio"},
        ticked={"type": "boolean"},
        agree={"type": "boolean", "const": True},
        days={"type": "array", "items": {"enum": [1, 2, 3]}},
        iban={"type": "string", "format": "kz-iban"},
        bin={"type": "string", "format": "kz-bin"},
    )
    posted = {
        "text": "  Ай  ",
        "long": "a\r\nb",
        "places": "1 200",
        "sum": ["0,07", "9"],
        "on": "1.2.2026",
        "iso": "2026-02-01",
        "owner": "p",
        "year": "2027",
        "yes": "false",
        "ticked": "on",
        "days": ["1", "3", "x"],
        "iban": "kz86 125k zt50 0410 0100",
        "bin": "2001 4000 0010",
        "csrf_token": "x",
    }
    assert read_submission(form, posted) == {
        "text": "Ай",
        "long": "a\nb",
        "places": 1200,
        "sum": 0.07,
        "on": "2026-02-01",
        "iso": "2026-02-01",
        "owner": "p",
        "year": 2027,
        "yes": False,
        "ticked": True,
        "agree": False,
        "days": [1, 3, "x"],
        "iban": "KZ86125KZT5004100100",
        "bin": "200140000010",
    }


def test_composed_letters(make_form: MakeForm) -> None:
    form = make_form(text={"type": "string"})
    assert read_submission(form, {"text": "и\u0306"}) == {"text": "й"}


def test_empty_fields_are_left_out(make_form: MakeForm) -> None:
    form = make_form(text={"type": "string"}, n={"type": "integer"}, ticked={"type": "boolean"})
    assert read_submission(form, {"text": "  ", "n": []}) == {"ticked": False}


def test_what_is_not_asked_for_is_left_out(make_form: MakeForm) -> None:
    form = make_form(
        owner={"type": "string", "oneOf": CHOICES},
        agency={"type": "string", "x-show-if": {"owner": "s"}},
        branch={"type": "string", "x-show-if": {"agency": ["a", "b"]}},
        fixed={"type": "string", "readOnly": True},
    )
    posted = {"owner": "p", "agency": "a", "branch": "c", "fixed": "d"}
    assert read_submission(form, posted) == {"owner": "p"}
    assert read_submission(form, {**posted, "owner": "s"}) == {
        "owner": "s",
        "agency": "a",
        "branch": "c",
    }


def test_what_can_not_be_read_stays(make_form: MakeForm) -> None:
    form = make_form(
        n={"type": "integer"}, on={"type": "string", "format": "date"},
        owner={"type": "string", "oneOf": CHOICES},
    )  # fmt: skip
    posted = {"n": "many", "on": "tomorrow", "owner": "x"}
    assert read_submission(form, posted) == posted
