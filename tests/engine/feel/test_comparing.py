from __future__ import annotations

import itertools
from decimal import Decimal

import pytest

from engine.feel import comparing
from engine.feel.built_ins import BUILT_INS
from engine.feel.errors import LimitReached, Unfit
from engine.feel.evaluator.frame import Evaluation
from engine.feel.feel import WithinLimits
from engine.feel.temporal import Date, DateTime, DaysTime, Time, YearsMonths
from engine.feel.values import Range
from tests.support.feel_calls import feel

ONE, TWO = Decimal(1), Decimal(2)
DAY, NOON = Date(2024, 2, 29), Time(12, 0, 0)
VALUES: list[object] = [
    *(None, True, False, ONE, Decimal("1.0"), TWO, Decimal(0), Decimal("-0"), "", "1", "a"),
    *([], [ONE], [Decimal("1.00")], [None], ["1"], [[ONE]], [ONE, TWO]),
    *({}, {"a": ONE}, {"a": None}, {"a": ONE, "b": TWO}, {"b": TWO, "a": ONE}),
    *(Range(ONE, TWO, True, True), Range(ONE, TWO, True, False), Range(None, TWO, False, True)),
    *(DAY, NOON, DateTime(DAY, NOON), DaysTime(1), DaysTime(2), YearsMonths(1), YearsMonths(12)),
    *(BUILT_INS["abs"], BUILT_INS["floor"]),
]


def test_keys_are_equal_exactly_where_values_are() -> None:
    for one, other in itertools.product(VALUES, repeat=2):
        same = comparing.key(one) == comparing.key(other)
        assert same is (comparing.equal(one, other) is True), (one, other)
        if same:
            assert hash(comparing.key(one)) == hash(comparing.key(other))


def test_equality_goes_both_ways() -> None:
    for one, other in itertools.product(VALUES, repeat=2):
        assert comparing.equal(one, other) is comparing.equal(other, one), (one, other)
        assert comparing.is_equal(one, one)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (None, 1, False),
        (1, True, None),
        (1, "1", None),
        ([1, 2], [1], False),
        ([1, "a"], [1, 2], None),
        ([2, "a"], [1, 2], False),
        ([1, "a", 5], [1, 2, 6], False),
        ({"a": 1}, {"a": "1"}, None),
        ({"a": 1, "b": 1}, {"a": "1", "b": 2}, False),
        ({"a": 1}, {"b": 1}, False),
        ([], {}, None),
        (Range(1, 2, True, True), Range("a", "b", True, True), None),
    ],
)
def test_equality_of_unlike_values(left: object, right: object, expected: bool | None) -> None:
    assert comparing.equal(feel(left), feel(right)) is expected


def test_order() -> None:
    assert comparing.compare(ONE, TWO) == -1
    assert comparing.compare("b", "a") == 1
    assert comparing.compare(DAY, DAY) == 0
    for name, results in {"<": (1, 0, 0), "<=": (1, 1, 0), ">": (0, 0, 1), ">=": (0, 1, 1)}.items():
        for values in ((ONE, TWO), ("a", "b"), (DaysTime(1), DaysTime(2))):
            low, high = values
            order = comparing.ORDER[name]
            assert (order(low, high), order(low, low), order(high, low)) == results


@pytest.mark.parametrize(
    ("left", "right"),
    [(None, None), (True, False), ([], []), ({}, {}), (ONE, "1"), (ONE, None), (DAY, NOON)],
)
def test_what_has_no_order(left: object, right: object) -> None:
    for order in comparing.ORDER.values():
        with pytest.raises(Unfit, match="one ordered kind"):
            order(left, right)


@pytest.mark.parametrize(
    ("within", "inside"),
    [
        (Range(1, 3, True, True), [1, 2, 3]),
        (Range(1, 3, False, True), [2, 3]),
        (Range(1, 3, True, False), [1, 2]),
        (Range(None, 2, False, False), [0, 1]),
        (Range(None, 2, False, True), [0, 1, 2]),
        (Range(2, None, False, False), [3, 4]),
        (Range(2, None, True, False), [2, 3, 4]),
        (Range(3, 1, True, True), []),
    ],
)
def test_in_range(within: Range, inside: list[int]) -> None:
    ends = feel(within)
    assert isinstance(ends, Range)
    assert [each for each in range(5) if comparing.in_range(Decimal(each), ends)] == inside


def test_in_range_of_what_can_not_be_compared() -> None:
    for value, within in (
        (None, Range(ONE, TWO, True, True)),
        ("a", Range(ONE, TWO, True, True)),
        (ONE, Range(None, None, False, False)),
    ):
        with pytest.raises(Unfit):
            comparing.in_range(value, within)


def test_values_that_share_their_parts_are_not_compared_without_end() -> None:
    one: list[object] = []
    other: list[object] = []
    for _ in range(60):
        one, other = [one, one], [other, other]
    evaluation = Evaluation()
    for operation in (lambda: comparing.equal(one, other), lambda: comparing.key(one)):
        with pytest.raises(Exception, match="steps") as caught, WithinLimits("", evaluation):
            operation()
        assert isinstance(caught.value.__cause__, LimitReached)
