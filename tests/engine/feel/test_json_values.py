from __future__ import annotations

import json
import random
from collections import UserDict
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from engine.feel.built_ins import BUILT_INS
from engine.feel.errors import Unfit
from engine.feel.json_values import from_json, to_json
from engine.feel.temporal import Date, DateTime, DaysTime, Time, YearsMonths
from engine.feel.values import Range
from tests.support.feel_texts import exact


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        ("2024-02-29", "2024-02-29"),
        (1, Decimal(1)),
        (0.1, Decimal("0.1")),
        (1e300, Decimal("1e300")),
        (Decimal("1.10"), Decimal("1.1")),
        (10**34 + 1, Decimal(10**34)),
        ((1, [2.5]), [Decimal(1), [Decimal("2.5")]]),
        (UserDict({"a": {"b": 1}}), {"a": {"b": Decimal(1)}}),
        ({1: 2}, {"1": Decimal(2)}),
        (date(2024, 2, 29), Date(2024, 2, 29)),
        (time(12, 0), Time(12, 0, 0)),
        (timedelta(days=1), DaysTime(86_400 * 10**9)),
        (YearsMonths(5), YearsMonths(5)),
    ],
)
def test_from_json(value: object, expected: object) -> None:
    found = from_json(value)
    assert exact(found) == exact(expected)
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    "value", [float("inf"), float("nan"), Decimal("NaN"), b"bytes", object(), {1, 2}]
)
def test_what_is_no_value(value: object) -> None:
    with pytest.raises(Unfit, match="expected"):
        from_json([value])


def test_an_integer_that_is_no_number_of_feel() -> None:
    with pytest.raises(Unfit, match="within range"):
        from_json(10**7000)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("1.0"), 1),
        (Decimal("1e3"), 1000),
        (Decimal("0E+50"), 0),
        (Decimal("-0"), 0),
        (Decimal("0.1"), 0.1),
        (Decimal("1e300"), 1e300),
        (Decimal("1e-400"), 0.0),
        (Decimal(2**63 - 1), 2**63 - 1),
        (Decimal(2**63), float(2**63)),
        (Decimal(-(2**63)), -float(2**63)),
        ([Decimal(1), {"a": None}], [1, {"a": None}]),
        (Date(2024, 2, 29), "2024-02-29"),
        (DaysTime(86_400 * 10**9), "P1D"),
        (YearsMonths(14), "P1Y2M"),
        (DateTime(Date(2024, 2, 29), Time(12, 0, 0)), "2024-02-29T12:00:00"),
    ],
)
def test_to_json(value: object, expected: object) -> None:
    found = to_json(value)
    assert found == expected
    assert type(found) is type(expected)


def test_a_moment_keeps_its_offset() -> None:
    moment = datetime(2024, 2, 29, 12, tzinfo=UTC)
    written = to_json(from_json(moment))
    assert isinstance(written, str)
    assert datetime.fromisoformat(written) == moment


@pytest.mark.parametrize(
    "value",
    [Range(Decimal(1), Decimal(2), True, True), BUILT_INS["abs"], Decimal("1e400")],
)
def test_what_a_variable_can_not_hold(value: object) -> None:
    with pytest.raises(Unfit, match="expected a"):
        to_json({"a": [value]})


def _json(chance: random.Random, depth: int) -> object:
    if depth == 0:
        return chance.choice(
            [None, True, 0, -7, 2**53, 0.1, 1e-9, 123.456, "", "ә🐎", "2024-01-01"]
        )
    return chance.choice(
        [
            [_json(chance, depth - 1) for _ in range(chance.randint(0, 3))],
            {chance.choice("abc"): _json(chance, depth - 1) for _ in range(3)},
        ]
    )


def test_json_comes_back_as_it_went() -> None:
    chance = random.Random(7)
    for _ in range(300):
        value = _json(chance, chance.randint(0, 4))
        assert json.dumps(to_json(from_json(value))) == json.dumps(value)
