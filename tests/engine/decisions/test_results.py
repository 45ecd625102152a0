"""Camunda's four mappings, for every way in which a decision can answer."""

from __future__ import annotations

from typing import Any

import pytest

from engine.decided import DecisionEvaluation, EvaluatedStep, MatchedRule
from engine.decisions import map_results, results_of
from engine.decisions.files import read_file
from engine.errors import DecisionFailed
from tests.support.decisions import literal, model, table

SINGLE = "singleEntry"
RESULT = "singleResult"
COLLECT = "collectEntries"
LIST = "resultList"


def results(value: object, rules: int, **keywords: Any) -> list[dict[str, object]]:
    outputs = keywords.pop("outputs", {"a": "number"})
    rows = [["-", *("1" for _ in outputs)]]
    file = model(table("d", {"x": "number"}, outputs, rows, declared=False, **keywords))
    decision = read_file({"d.dmn": file}, "d.dmn").decision("d")
    return [dict(each) for each in results_of(decision, evaluation(value, rules))]


def evaluation(value: object, rules: int) -> DecisionEvaluation:
    matched = tuple(MatchedRule(number) for number in range(1, rules + 1))
    step = EvaluatedStep("d", "d", {}, matched, value)
    return DecisionEvaluation("id", "d", "d", 1, "deployment", {}, value, (step,))


TWO = {"a": "number", "b": "number"}


@pytest.mark.parametrize(
    ("value", "rules", "keywords", "expected"),
    [
        (None, 0, {}, []),
        (5, 1, {}, [{"a": 5}]),
        (None, 1, {}, [{"a": None}]),
        (5, 0, {}, [{"a": 5}]),
        ({"a": 1, "b": 2}, 1, {"outputs": TWO}, [{"a": 1, "b": 2}]),
        (None, 0, {"outputs": TWO}, []),
        ([], 0, {"hit_policy": "COLLECT"}, []),
        (None, 0, {"hit_policy": "COLLECT"}, []),
        ([5, 7], 2, {"hit_policy": "COLLECT"}, [{"a": 5}, {"a": 7}]),
        ([5, 7], 2, {"hit_policy": "RULE ORDER"}, [{"a": 5}, {"a": 7}]),
        ([{"a": 1, "b": 2}], 1, {"hit_policy": "OUTPUT ORDER", "outputs": TWO}, [{"a": 1, "b": 2}]),
        (12, 2, {"hit_policy": "COLLECT", "aggregation": "SUM"}, [{"a": 12}]),
        (0, 0, {"hit_policy": "COLLECT", "aggregation": "COUNT"}, [{"a": 0}]),
        (None, 0, {"hit_policy": "COLLECT", "aggregation": "SUM"}, []),
        ([1, 2], 1, {"hit_policy": "FIRST"}, [{"a": [1, 2]}]),
    ],
)
def test_a_table_has_an_object_for_each_result(
    value: object, rules: int, keywords: dict[str, Any], expected: list[object]
) -> None:
    assert results(value, rules, **keywords) == expected


@pytest.mark.parametrize("value", [7, None, [1, 2], {"a": 1, "b": 2}])
def test_what_is_no_table_has_one_result_with_one_entry(value: object) -> None:
    file = read_file({"d.dmn": model(literal("d", "x"))}, "d.dmn")
    found = results_of(file.decision("d"), evaluation(value, 0))
    assert list(found) == [{"d": value}]
    assert map_results(SINGLE, found) == value


@pytest.mark.parametrize(
    ("mapping", "found", "expected"),
    [
        (SINGLE, [], None),
        (SINGLE, [{"a": 5}], 5),
        (SINGLE, [{"a": None}], None),
        (RESULT, [], None),
        (RESULT, [{"a": 5, "b": 6}], {"a": 5, "b": 6}),
        (COLLECT, [], []),
        (COLLECT, [{"a": 5}], [5]),
        (COLLECT, [{"a": 5}, {"a": None}], [5, None]),
        (LIST, [], []),
        (LIST, [{"a": 5}, {"a": 6}], [{"a": 5}, {"a": 6}]),
    ],
)
def test_each_mapping_gives(mapping: str, found: list[dict[str, object]], expected: object) -> None:
    assert map_results(mapping, found) == expected


@pytest.mark.parametrize(
    ("mapping", "found", "reason"),
    [
        (SINGLE, [{"a": 5}, {"a": 6}], "one result at most for singleEntry, but there are 2"),
        (SINGLE, [{"a": 5, "b": 6}], "one output for singleEntry, but there are 2: a, b"),
        (RESULT, [{"a": 5}, {"a": 6}], "one result at most for singleResult, but there are 2"),
        (COLLECT, [{"a": 5, "b": 6}], "one output for collectEntries, but there are 2: a, b"),
        ("first", [{"a": 5}], "but it is first"),
    ],
)
def test_what_does_not_fit_is_told(
    mapping: str, found: list[dict[str, object]], reason: str
) -> None:
    with pytest.raises(DecisionFailed, match=reason):
        map_results(mapping, found)
