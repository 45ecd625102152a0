"""What a value of a dated table may be."""

from __future__ import annotations

from typing import Any

import pytest

from engine.dated import describe, value_faults

DAYS = {"type": "integer", "minimum": 1, "maximum": 60}
CYCLE = {"type": "integer", "minimum": 1, "as": "R/P{}D"}
FORMS = {"type": "choices", "options": {"a": {"en": "A"}, "b": {"en": "B"}}}
CENTRE = {
    "type": "object",
    "properties": {
        "phone": {"type": "text", "format": "tel"},
        "site": {"type": "text", "optional": True},
        "address": {"type": "texts", "maximum": 20},
    },
}
ADDRESS = {"kk": "Үлгі, 1", "ru": "Улги, 1", "en": "Ulgi 1"}


@pytest.mark.parametrize(
    ("description", "value"),
    [
        (DAYS, 5),
        (CYCLE, "R/P14D"),
        ({"type": "percent"}, "0.10"),
        ({"type": "text", "pattern": "[0-9]{12}"}, "230140009013"),
        ({"type": "text", "format": "email"}, "ortalyq@example.kz"),
        ({"type": "choice", "options": {"a": {}}}, "a"),
        (FORMS, ["a", "b"]),
        (CENTRE, {"phone": "+7 (727) 310-47-82", "site": "", "address": ADDRESS}),
        ({"type": "nothing"}, True),
    ],
)
def test_what_is_described_passes(description: dict[str, Any], value: object) -> None:
    assert value_faults(describe(description), value) == {}


@pytest.mark.parametrize(
    ("description", "value", "faults"),
    [
        (DAYS, 0, {"": "The number must be 1 or more"}),
        (DAYS, 61, {"": "The number must be 60 or less"}),
        (DAYS, "5", {"": "Enter a whole number"}),
        (DAYS, True, {"": "Enter a whole number"}),
        (CYCLE, "P14D", {"": "Enter a whole number"}),
        ({"type": "percent"}, "1.1", {"": "Enter a share in per cent, from 0 to 100"}),
        ({"type": "percent"}, "NaN", {"": "Enter a share in per cent, from 0 to 100"}),
        ({"type": "percent"}, 0.1, {"": "Enter a share in per cent, from 0 to 100"}),
        ({"type": "text"}, "  ", {"": "Fill in this field"}),
        (
            {"type": "text", "format": "email"},
            "<ortalyq>@example.kz",
            {"": "Enter an e-mail address, as centre@example.kz"},
        ),
        ({"type": "choice", "options": {"a": {}}}, "c", {"": "Choose a value from the list"}),
        (FORMS, [], {"": "Choose at least one value from the list"}),
        (
            CENTRE,
            {"phone": "call us", "site": "", "address": {**ADDRESS, "ru": "", "en": "x" * 21}},
            {
                "phone": "Enter a telephone number, as +7 (727) 310-00-00",
                "address.ru": "Fill in this field",
                "address.en": "The text must be 20 characters or fewer",
            },
        ),
        ({"type": "nothing"}, 1, {"": "The value does not have the form that is asked for"}),
    ],
)
def test_what_is_wrong_is_told_where(
    description: dict[str, Any], value: object, faults: dict[str, str]
) -> None:
    found = value_faults(describe(description), value)
    assert {place: texts["en"] for place, texts in found.items()} == faults
    assert all(set(texts) == {"kk", "ru", "en"} for texts in found.values())


def test_a_number_is_read_however_it_is_written() -> None:
    assert describe(CYCLE).number("R/P14D") == 14
    assert describe(DAYS).number(5) == 5
    assert describe(CYCLE).number("P14D") is None


@pytest.mark.parametrize("data", [None, {}, {"type": "date"}, []])
def test_a_description_of_no_known_type_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match="expected a type"):
        describe(data)
