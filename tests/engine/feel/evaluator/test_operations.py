from __future__ import annotations

from decimal import Decimal

import pytest

from engine.feel import LimitExceeded
from engine.feel.errors import Unfit
from engine.feel.evaluator.operations import between, compared, differs, matches
from engine.feel.values import Range
from tests.support.feel_calls import feel
from tests.support.feel_texts import evaluated, value, warnings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 = 1.0", True),
        ("1 != 2", True),
        ("1 = null", False),
        ("1 != null", True),
        ("null = null", True),
        ("null != null", False),
        ('1 = "1"', None),
        ('1 != "1"', None),
        ("[1, null] = [1, null]", True),
        ('[1] = ["1"]', None),
        ('[1, "a"] = [2, 1]', False),
        ("[1] = [1, 2]", False),
        ("[1] = 1", None),
        ("{a: 1, b: 2} = {b: 2, a: 1}", True),
        ("{a: 1} = {b: 1}", False),
        ("[1..5] = [1..5]", True),
        ("[1..5] = [1..5)", False),
        ("(< 5) = (< 5)", True),
        ("true = 1", None),
        ('"a" < "b"', True),
        ('"a" < "B"', False),
        ("1 < null", None),
        ("true < false", None),
        ("[1] < [2]", None),
        ('@"2024-01-01" < @"2024-01-02"', True),
        ('@"2024-01-01" < @"2024-01-02T00:00:00"', None),
        ('@"P1D" < @"P1Y"', None),
        ("5 between 1 and 5", True),
        ("5 between 6 and 7", False),
        ("5 between 6 and null", False),
        ("5 between null and 4", False),
        ("5 between 1 and null", None),
        ("null between 1 and 2", None),
        ('"b" between "a" and "c"', True),
    ],
)
def test_comparisons(text: str, expected: bool | None) -> None:
    assert value(text) is expected
    assert (warnings(text) == []) is (expected is not None)


@pytest.mark.parametrize(
    ("tested", "candidate", "expected"),
    [
        (1, 1, True),
        (1, 2, False),
        (1, None, False),
        (None, None, True),
        (1, [3, 1], True),
        (1, [3, "a"], False),
        (1, ["a", [1]], True),
        (1, [Range(0, 5, True, True)], True),
        ([1], [1], True),
        ([1], [[1], 2], True),
        (1, [], False),
        (1, "a", None),
        (5, Range(1, 5, True, True), True),
        (5, Range(1, 5, True, False), False),
        (1, Range(1, 5, False, True), False),
        (5, Range(None, 5, False, True), True),
        (6, Range(5, None, False, False), True),
    ],
)
def test_matches(tested: object, candidate: object, expected: bool | None) -> None:
    assert matches(feel(tested), feel(candidate)) is expected


def test_matches_of_a_range_of_another_kind() -> None:
    for tested in (None, "a"):
        with pytest.raises(Unfit):
            matches(tested, Range(Decimal(1), Decimal(2), True, True))


def test_operations_by_themselves() -> None:
    assert compared([True], [True])
    assert differs(Decimal(1), Decimal(2))
    with pytest.raises(Unfit, match="of one ordered kind"):
        between(Decimal(1), "a", "b")


def test_a_long_list_that_is_looked_through_again_and_again_counts() -> None:
    with pytest.raises(LimitExceeded, match="steps"):
        evaluated("{l: for i in 1..9000 return i, r: for i in l return 0 in l}.r")
