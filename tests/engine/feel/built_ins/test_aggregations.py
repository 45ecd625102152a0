from __future__ import annotations

from decimal import Decimal

import pytest

from engine.feel.temporal import Date, DaysTime, YearsMonths
from tests.support.feel_calls import call, call_named, feel, reason, reason_named

OF_NUMBERS = ["sum", "product", "mean", "median", "stddev"]


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("min", [3, 1, 2], 1),
        ("max", [3, 1, 2], 3),
        ("sum", [3, 1, 2], 6),
        ("product", [2.5, 1, 2.5, 3], 18.75),
        ("mean", [1, 2, 3, 4], 2.5),
        ("median", [8, 2, 5, 3, 4], 4),
        ("median", [6, 1, 2, 3], 2.5),
        ("stddev", [2, 4, 4, 4, 5, 5, 7, 9], "2.138089935299395077476427847038028"),
        ("mode", [6, 3, 9, 6, 6], [6]),
        ("mode", [6, 1, 9, 6, 1], [1, 6]),
    ],
)
def test_list_items_and_named_list_are_the_same(
    name: str, values: list[object], expected: object
) -> None:
    wanted = Decimal(expected) if isinstance(expected, str) else feel(expected)
    assert call(name, values) == wanted
    assert call(name, *values) == wanted
    assert call_named(name, {"list": values}) == wanted


@pytest.mark.parametrize("name", [*OF_NUMBERS, "min", "max", "mode"])
def test_none_without_arguments_null_or_of_another_kind(name: str) -> None:
    assert "expected" in reason(name)
    assert "null" in reason(name, None)
    assert "null" in reason(name, [1, None])
    assert "a string" in reason(name, [1, "a", 2])
    assert "expected" in reason_named(name, {"l": [1, 2]})


@pytest.mark.parametrize("name", [*OF_NUMBERS, "min", "max"])
def test_none_of_an_empty_list(name: str) -> None:
    assert reason(name, []) == "expected at least one item, but found an empty list"


def test_mode_of_an_empty_list_is_an_empty_list() -> None:
    assert call("mode", []) == []


@pytest.mark.parametrize("name", ["min", "max", "sum", "product", "mean", "median"])
def test_a_single_value_is_a_list_of_it(name: str) -> None:
    assert call(name, 6) == 6
    assert call(name, [6]) == 6


def test_a_sample_of_one_has_no_deviation() -> None:
    assert reason("stddev", [47]) == "expected at least two numbers, but found one"
    assert reason("stddev", 47) == "expected at least two numbers, but found one"


def test_equal_numbers_do_not_deviate() -> None:
    assert call("stddev", 3, 3, 3) == 0


def test_count() -> None:
    assert call("count", []) == 0
    assert call("count", [1, None, [2, 3]]) == 3
    assert call("count", "a") == 1
    assert "null" in reason("count", None)
    assert "count(list)" in reason("count", 1, 2)


def test_least_and_greatest_of_strings_dates_and_durations() -> None:
    assert call("min", "b", "a") == "a"
    early, late = Date(2023, 12, 31), Date(2024, 1, 1)
    assert call("max", [early, late]) == late
    assert call("min", [DaysTime(5), DaysTime(-5)]) == DaysTime(-5)
    assert call("max", [YearsMonths(11), YearsMonths(12)]) == YearsMonths(12)


def test_least_of_values_without_order_or_of_two_kinds() -> None:
    assert "a boolean" in reason("min", [True])
    assert "a number and a date" in reason("max", [Date(2024, 1, 1), 1])


def test_a_result_beyond_all_numbers() -> None:
    assert "within range" in reason("product", Decimal("1e6000"), Decimal("1e6000"))
    assert "within range" in reason("sum", Decimal("9e6144"), Decimal("9e6144"))


def test_the_mean_has_34_digits() -> None:
    assert call("mean", 1, 1, 2) == Decimal("1.333333333333333333333333333333333")


def test_deviation_of_numbers_whose_squares_are_beyond_all_numbers() -> None:
    assert call("stddev", Decimal("1e6000"), Decimal("3e6000"), Decimal("2e6000")) == Decimal(
        "1e6000"
    )
