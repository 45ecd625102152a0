"""What counts as the expected value, and what does not."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from engine.feel.temporal import UTC, Date, DateTime, DaysTime, Offset, Time, YearsMonths
from tests.conformance.dmn_tck.comparing import difference, shown

NOON = Time(12, 0, 0)
NOON_UTC = Time(12, 0, 0, 0, UTC)


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        (None, None),
        (True, True),
        ("a", "a"),
        (Decimal(1), Decimal("1.00")),
        (Decimal("0.33333333"), Decimal(1) / Decimal(3)),
        (Decimal("2961.03377700389"), Decimal("2961.033777003891234")),
        (Decimal("1.234567890123457E20"), Decimal("123456789012345678901")),
        ([Decimal(1), None], [Decimal(1), None]),
        ({"a": "b", "c": []}, {"c": [], "a": "b"}),
        (NOON_UTC, Time(12, 0, 0, 0, Offset(0))),
        (YearsMonths(14), YearsMonths(14)),
    ],
)
def test_the_same(expected: object, actual: object) -> None:
    assert difference(expected, actual) is None


@pytest.mark.parametrize(
    ("expected", "actual", "said"),
    [
        ("a", None, "expected a string 'a', but found null"),
        (None, False, "expected null, but found a boolean False"),
        (None, [], "expected null, but found a list \\[\\]"),
        (Decimal(1), True, "expected a number 1, but found a boolean True"),
        (Decimal(1), "1", "found a string '1'"),
        (Decimal("0.0000001"), Decimal(0), "expected a number 1E-7"),
        (Decimal(123456789), Decimal("123456789.00001"), "expected a number 123456789"),
        ("a", "a ", "found a string 'a '"),
        ("a", ["a"], "found a list \\['a'\\]"),
        (["a"], "a", "expected a list \\['a'\\]"),
        (["a", "b"], ["b", "a"], r"at \[1\]: expected a string 'a'"),
        (["a"], ["a", None], "expected 1 items, but found 2"),
        ({"a": None}, {}, "members missing: a; not expected: none"),
        ({}, {"a": None}, "members missing: none; not expected: a"),
        ({"x": [{"y": "1"}]}, {"x": [{"y": "2"}]}, r"at \.x\[1\]\.y: expected a string '1'"),
        (NOON, NOON_UTC, "a time"),
        (NOON_UTC, Time(13, 0, 0, 0, Offset(3600)), "a time"),
        (Date(2020, 1, 1), DateTime(Date(2020, 1, 1), Time(0, 0, 0)), "a date and time"),
        (DaysTime(0), YearsMonths(0), "a years and months duration"),
    ],
)
def test_different(expected: object, actual: object, said: str) -> None:
    found = difference(expected, actual)
    assert found is not None
    assert re.search(said, found)


def test_long_values_are_shortened() -> None:
    assert len(shown(["x" * 1000])) == 200
