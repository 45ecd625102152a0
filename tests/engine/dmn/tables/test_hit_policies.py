"""Hit policies by themselves: outputs in, result out (DMN 1.5, clause 8.2.10)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from engine.dmn.model import Aggregation, HitPolicy
from engine.dmn.tables.hit_policies import (
    Hit,
    PolicyViolated,
    Shape,
    result,
    select,
    settle,
    without_hits,
)
from engine.feel.errors import LimitReached, Unfit
from engine.feel.limits import LIST_LENGTH
from engine.feel.temporal import Date

ONE = Shape(("",), (None,))
RANKED = Shape(("",), (["high", "low"].index,))


def hits(*outputs: object) -> list[Hit]:
    return [Hit(number, f"r{number}", (value,)) for number, value in enumerate(outputs, start=1)]


def combined(
    policy: HitPolicy, found: list[Hit], shape: Shape = ONE, aggregation: Aggregation | None = None
) -> object:
    return result(policy, aggregation, settle(policy, found, shape), shape)


def test_unique_allows_one_rule() -> None:
    assert select("UNIQUE", iter([3])) == [3]
    with pytest.raises(PolicyViolated, match="UNIQUE allows one rule") as violation:
        select("UNIQUE", iter([1, 4]))
    assert violation.value.numbers == (1, 4)


def test_first_asks_for_no_more_than_one_rule() -> None:
    def matching() -> Iterator[int]:
        yield 2
        raise AssertionError("the second match was asked for")

    assert select("FIRST", matching()) == [2]


@pytest.mark.parametrize("policy", ["UNIQUE", "FIRST"])
def test_single_hits_give_the_output(policy: HitPolicy) -> None:
    assert combined(policy, hits("a")) == "a"


def test_any_takes_equal_outputs_as_one() -> None:
    assert combined("ANY", hits(Decimal("1.0"), Decimal(1))) == Decimal(1)


def test_any_refuses_different_outputs_and_names_the_rules() -> None:
    with pytest.raises(PolicyViolated) as violation:
        settle("ANY", hits("a", "a", "b"), ONE)
    assert violation.value.numbers == (1, 2, 3)


def test_any_compares_all_outputs_of_a_rule() -> None:
    shape = Shape(("x", "y"), (None, None))
    same = [Hit(1, None, ("a", None)), Hit(2, None, ("a", None))]
    assert combined("ANY", same, shape) == {"x": "a", "y": None}
    with pytest.raises(PolicyViolated):
        settle("ANY", [*same, Hit(3, None, ("a", "b"))], shape)


def test_priority_goes_by_the_order_of_the_output_values() -> None:
    found = hits("low", "high", "high")
    assert [hit.number for hit in settle("PRIORITY", found, RANKED)] == [2]
    assert combined("PRIORITY", found, RANKED) == "high"


def test_output_order_keeps_the_order_of_the_table_among_equals() -> None:
    settled = settle("OUTPUT ORDER", hits("low", "high", "low", "high"), RANKED)
    assert [hit.number for hit in settled] == [2, 4, 1, 3]


def test_priority_of_several_outputs_is_compared_from_left_to_right() -> None:
    shape = Shape(("a", "b", "c"), (None, ["x", "y"].index, [1, 2].index))
    found = [
        Hit(1, None, ("-", "y", 1)),
        Hit(2, None, ("-", "x", 2)),
        Hit(3, None, ("-", "x", 1)),
    ]
    assert combined("PRIORITY", found, shape) == {"a": "-", "b": "x", "c": 1}


@pytest.mark.parametrize("policy", ["RULE ORDER", "COLLECT"])
def test_lists_are_in_the_order_of_the_table(policy: HitPolicy) -> None:
    assert combined(policy, hits("b", "a", "b")) == ["b", "a", "b"]


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [("SUM", Decimal("6.5")), ("MIN", Decimal(1)), ("MAX", Decimal("3.5")), ("COUNT", Decimal(4))],
)
def test_aggregations(aggregation: Aggregation, expected: Decimal) -> None:
    found = hits(Decimal(1), Decimal("3.5"), Decimal(1), Decimal(1))
    assert combined("COLLECT", found, aggregation=aggregation) == expected


def test_least_and_greatest_of_other_ordered_values() -> None:
    found = hits(Date(2026, 5, 1), Date(2025, 5, 1))
    assert combined("COLLECT", found, aggregation="MIN") == Date(2025, 5, 1)
    assert combined("COLLECT", hits("b", "c", "a"), aggregation="MAX") == "c"


@pytest.mark.parametrize("aggregation", ["SUM", "MIN", "MAX"])
@pytest.mark.parametrize("outputs", [(None,), (True,), (Decimal(1), "a"), (Decimal(1), None)])
def test_what_can_not_be_aggregated_is_unfit(
    aggregation: Aggregation, outputs: tuple[object, ...]
) -> None:
    with pytest.raises(Unfit):
        combined("COLLECT", hits(*outputs), aggregation=aggregation)


@pytest.mark.parametrize(
    ("policy", "aggregation", "expected"),
    [
        ("UNIQUE", None, None),
        ("ANY", None, None),
        ("PRIORITY", None, None),
        ("FIRST", None, None),
        ("RULE ORDER", None, []),
        ("OUTPUT ORDER", None, []),
        ("COLLECT", None, []),
        ("COLLECT", "SUM", None),
        ("COLLECT", "MIN", None),
        ("COLLECT", "MAX", None),
        ("COLLECT", "COUNT", Decimal(0)),
    ],
)
def test_no_rule_matches(
    policy: HitPolicy, aggregation: Aggregation | None, expected: object
) -> None:
    assert without_hits(policy, aggregation, None, ONE) == expected


def test_default_outputs_stand_for_a_hit() -> None:
    assert without_hits("UNIQUE", None, ["x"], ONE) == "x"
    assert without_hits("COLLECT", "SUM", [Decimal(0)], ONE) == Decimal(0)
    assert without_hits("COLLECT", None, ["x"], ONE) == ["x"]
    assert without_hits("COLLECT", None, [["x", "y"]], ONE) == ["x", "y"]
    shape = Shape(("a", "b"), (None, None))
    assert without_hits("FIRST", None, ["x", None], shape) == {"a": "x", "b": None}


def test_a_list_may_not_be_endless() -> None:
    with pytest.raises(LimitReached):
        combined("COLLECT", hits(*range(LIST_LENGTH + 1)))
