from collections.abc import Sequence
from decimal import Decimal

import pytest

from engine.feel import limits
from engine.feel.errors import LimitReached
from engine.feel.temporal import Date, DateTime, DaysTime, Time, YearsMonths
from engine.feel.texts import written
from engine.feel.values import Function, Range

D = Decimal


class _Sum(Function):
    name = None
    parameters = ("a", "b")

    def invoke(self, arguments: Sequence[object]) -> object:
        raise AssertionError("a function is written, not called")

    def invoke_named(self, arguments: dict[str, object]) -> object:
        raise AssertionError("a function is written, not called")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (False, "false"),
        (D("1E+3"), "1000"),
        (D("-0.10"), "-0.1"),
        ('a"b\\\n', '"a\\"b\\\\\\n"'),
        (Time(10, 30, 0), "10:30:00"),
        (DateTime(Date(2024, 1, 2), Time(0, 0, 0)), "2024-01-02T00:00:00"),
        (DaysTime(0), "PT0S"),
        (YearsMonths(14), "P1Y2M"),
        ([], "[]"),
        ({}, "{}"),
        ([None, "a", [True, []]], '[null, "a", [true, []]]'),
        ({"a": D(1), "b c": {"ж": "x"}}, '{a: 1, b c: {ж: "x"}}'),
        ({"a-b": D(1), "": D(2), '"': D(3)}, '{"a-b": 1, "": 2, "\\"": 3}'),
        (Range(D(1), D(3), True, False), "[1..3)"),
        (Range("a", "b", False, True), '("a".."b"]'),
        (Range(None, D(3), False, False), "< 3"),
        (Range(None, D(3), False, True), "<= 3"),
        (Range(D(3), None, False, False), "> 3"),
        (Range(D(3), None, True, False), ">= 3"),
        (_Sum(), "function(a, b)"),
    ],
)
def test_texts_of_values(value: object, text: str) -> None:
    assert written(value) == text


def test_a_text_is_limited_in_length() -> None:
    doubled: object = "abc"
    for _ in range(60):
        doubled = [doubled, doubled]
    with pytest.raises(LimitReached, match=f"{limits.STRING_LENGTH} characters"):
        written(doubled)


def test_a_text_is_limited_in_height() -> None:
    nested: object = D(1)
    for _ in range(100_000):
        nested = [nested]
    with pytest.raises(LimitReached, match=f"{limits.VALUE_DEPTH} values within each other"):
        written(nested)
