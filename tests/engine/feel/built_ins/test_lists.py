from __future__ import annotations

import pytest

from engine.feel import comparing, limits
from engine.feel.built_ins import BUILT_INS
from engine.feel.errors import LimitReached
from engine.feel.temporal import Date
from tests.support.feel_calls import Lambda, call, call_named, feel, reason, reason_named


def test_list_contains() -> None:
    assert call("list contains", [1, 2, [3]], [3]) is True
    assert call("list contains", [1, None], None) is True
    assert call("list contains", [], None) is False
    assert call("list contains", [1, "2"], 2) is False
    assert call("list contains", "a", "a") is True
    assert call_named("list contains", {"element": 1.0, "list": [1]}) is True
    assert "null" in reason("list contains", None, 1)


def test_index_of() -> None:
    assert call("index of", [1, 2, 3, 2], 2) == [2, 4]
    assert call("index of", [1, None], None) == [2]
    assert call("index of", [1], "1") == []
    assert "null" in reason("index of", None, 1)


@pytest.mark.parametrize(
    ("start", "length", "expected"),
    [
        (1, None, [4, 5, 6]),
        (3, None, [6]),
        (-2, None, [5, 6]),
        (1, 2, [4, 5]),
        (-2, 1, [5]),
        (-3, 3, [4, 5, 6]),
        (2, 2, [5, 6]),
    ],
)
def test_sublist(start: int, length: int | None, expected: list[int]) -> None:
    values = [start] if length is None else [start, length]
    assert call("sublist", [4, 5, 6], *values) == expected


@pytest.mark.parametrize("values", [[0], [4], [-4], [1.5], ["1"], [None], [1, 0], [2, 3], [-1, 2]])
def test_sublist_of_places_that_are_not_there(values: list[object]) -> None:
    assert reason("sublist", [4, 5, 6], *values).startswith("expected ")


def test_append_keeps_a_list_as_one_item() -> None:
    assert call("append", [1], 2) == [1, 2]
    assert call("append", [1], 2, [3]) == [1, 2, [3]]
    assert call("append", 1, None) == [1, None]
    assert call_named("append", {"list": [], "item": [1]}) == [[1]]
    assert "null" in reason("append", None, 1)
    assert "1 argument" in reason("append", [1])


def test_concatenate() -> None:
    assert call("concatenate", [1, 2], [3], [[4]]) == [1, 2, 3, [4]]
    assert call("concatenate", [1, 2]) == [1, 2]
    assert call("concatenate", [1], 2) == [1, 2]
    assert "null" in reason("concatenate", [1], None)
    assert reason("concatenate") == "expected at least one list"


def test_insert_before() -> None:
    assert call("insert before", [1, 3], 2, 2) == [1, 2, 3]
    assert call("insert before", [1, 3], -2, [0]) == [[0], 1, 3]
    named = {"list": ["a"], "position": 1, "newItem": None}
    assert call_named("insert before", named) == [None, "a"]
    for position in (0, 3, -3, None, "1"):
        assert reason("insert before", [1, 3], position, 2).startswith("expected ")


def test_remove() -> None:
    assert call("remove", ["a", "b", "c"], 2) == ["a", "c"]
    assert call("remove", ["a", "b", "c"], -1) == ["a", "b"]
    for position in (0, 4, -4):
        assert reason("remove", ["a", "b", "c"], position).startswith(
            "expected a position of 1 to 3"
        )


def test_list_replace_at_a_position() -> None:
    assert call("list replace", [2, 4, 7, 8], 3, 6) == [2, 4, 6, 8]
    assert call("list replace", [2, 4, 7, 8], -1, None) == [2, 4, 7, None]
    named = {"list": [1], "position": 1, "newItem": 2}
    assert call_named("list replace", named) == [2]
    for position in (0, 5, -5, None, "x"):
        assert reason("list replace", [2, 4, 7, 8], position, 1).startswith("expected ")


def test_list_replace_of_what_matches() -> None:
    smaller = Lambda("item newItem", comparing.less)
    assert call("list replace", [2, 4, 7, 8], smaller, 5) == [5, 5, 7, 8]
    named = {"list": [2, 4, 7, 8], "match": smaller, "newItem": 5}
    assert call_named("list replace", named) == [5, 5, 7, 8]
    assert call("list replace", [], smaller, 5) == []


def test_list_replace_by_a_function_that_does_not_answer() -> None:
    unknown = Lambda("item newItem", lambda item, new: None)
    assert "the result of match" in reason("list replace", [1], unknown, 2)
    assert "expected 1 arguments" in reason("list replace", [1], Lambda("item", bool), 2)
    assert "null" in reason("list replace", None, unknown, 2)


def test_reverse() -> None:
    assert call("reverse", [1, [2, 3], None]) == [None, feel([2, 3]), 1]
    assert "null" in reason("reverse", None)


def test_distinct_values_and_union_keep_the_first() -> None:
    assert call("distinct values", [1, "1", 1.0, None, [1], None, [1]]) == [1, "1", None, [1]]
    day = Date(2024, 1, 1)
    assert call("distinct values", [day, Date(2024, 1, 1), True, 1]) == [day, True, 1]
    assert call("union", [1, 2], [2, 3], 3) == [1, 2, 3]
    assert call("union", [2, 2]) == [2]
    assert "null" in reason("union", [1], None)


def test_flatten() -> None:
    assert call("flatten", [[1, 2], [[3]], 4, [], [[[]]]]) == [1, 2, 3, 4]
    assert call("flatten", [{"a": [1]}, None]) == [{"a": [1]}, None]
    assert call("flatten", 1) == [1]
    assert "null" in reason_named("flatten", {"list": None})


def test_flatten_of_lists_that_hold_one_list_many_times() -> None:
    nested: list[object] = [1]
    for _ in range(60):
        nested = [nested, nested]
    with pytest.raises(LimitReached):
        BUILT_INS["flatten"].invoke([nested])


def test_new_lists_have_at_most_so_many_items() -> None:
    full = list(range(limits.LIST_LENGTH))
    for name, values in {
        "append": [full, 1],
        "insert before": [full, 1, 1],
        "concatenate": [full, [1]],
        "union": [full, [1]],
    }.items():
        with pytest.raises(LimitReached, match="items in a list"):
            call(name, *values)
