"""Inputs are found by name; texts become dates where the type wants them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.dmn.inputs import MISSING, Inputs, read_texts
from engine.feel.errors import Unfit
from engine.feel.temporal import Date, DaysTime
from engine.feel.types import (
    ANY,
    DATE,
    DAYS_TIME,
    NUMBER,
    STRING,
    Constrained,
    ContextOf,
    FeelType,
    ListOf,
    Reference,
)

DAY = Date(2026, 1, 31)
PERSON = ContextOf((("born", DATE), ("name", STRING)))


@pytest.mark.parametrize(
    ("value", "feel_type", "expected"),
    [
        ("2026-01-31", DATE, DAY),
        ("PT1S", DAYS_TIME, DaysTime(10**9)),
        ("2026-01-31", STRING, "2026-01-31"),
        ("2026-01-31", ANY, "2026-01-31"),
        (["2026-01-31"], ListOf(DATE), [DAY]),
        ("2026-01-31", ListOf(DATE), DAY),
        (["2026-01-31"], DATE, [DAY]),
        ({"born": "2026-01-31", "more": "P1D"}, PERSON, {"born": DAY, "more": "P1D"}),
        ([{"born": None}], ListOf(PERSON), [{"born": None}]),
        ("2026-01-31", Constrained(DATE, bool, "-"), DAY),
        ("2026-01-31", Reference("t", lambda: DATE), DAY),
        (Decimal(1), DATE, Decimal(1)),
        (None, DATE, None),
        (Decimal(1), NUMBER, Decimal(1)),
    ],
)
def test_texts_are_read_by_type(value: object, feel_type: FeelType, expected: object) -> None:
    assert read_texts(value, feel_type) == expected


def test_a_text_that_is_no_date_does_not_fit() -> None:
    with pytest.raises(Unfit):
        read_texts("tomorrow", DATE)


def test_inputs_of_an_import() -> None:
    inputs = Inputs({"a": 1, "lib": {"a": 2}, "lib.b": 3, "other": 4})
    assert inputs.find("a") == 1
    assert inputs.find("none") is MISSING
    lib = inputs.within("lib")
    assert (lib.find("a"), lib.find("b"), lib.find("other")) == (2, 3, MISSING)
    assert inputs.within("other") is inputs
    assert inputs.within("none") is inputs
