from __future__ import annotations

from engine.feel import comparing
from engine.feel.temporal import Date
from tests.support.feel_calls import Lambda, call, call_named, feel, reason

DESCENDING = Lambda("a b", lambda a, b: comparing.greater(a, b))


def test_a_function_says_which_comes_first() -> None:
    assert call("sort", [3, 1, 4, 5, 2], DESCENDING) == [5, 4, 3, 2, 1]
    assert call_named("sort", {"list": [1, 2], "precedes": DESCENDING}) == [2, 1]
    assert call("sort", [], DESCENDING) == []
    assert call("sort", 7, DESCENDING) == [7]


def test_items_that_do_not_precede_each_other_keep_their_order() -> None:
    people = [{"name": "a", "age": 30}, {"name": "b", "age": 20}, {"name": "c", "age": 30}]
    by_age = Lambda("x y", lambda x, y: x["age"] < y["age"])
    assert call("sort", people, by_age) == feel([people[1], people[0], people[2]])
    assert call("sort", people, Lambda("x y", lambda x, y: False)) == feel(people)


def test_a_function_without_sense_ends_too() -> None:
    everything = Lambda("x y", lambda x, y: True)
    assert sorted(call("sort", [3, 1, 2], everything)) == [1, 2, 3]


def test_the_function_is_called_about_n_log_n_times() -> None:
    ascending = Lambda("a b", lambda a, b: a < b)
    call("sort", [(item * 7919) % 1000 for item in range(1000)], ascending)
    assert ascending.calls < 10_000


def test_a_function_that_does_not_answer() -> None:
    assert "the result of precedes" in reason("sort", [1, 2], Lambda("a b", lambda a, b: None))
    assert "expected 1 arguments" in reason("sort", [1, 2], Lambda("a", lambda a: True))
    assert reason("sort", [1, 2], "<") == "expected a function for precedes, but found a string"
    assert "null" in reason("sort", None, DESCENDING)


def test_natural_order() -> None:
    assert call("sort", [3, 1, 2]) == [1, 2, 3]
    assert call("sort", ["b", "a"]) == ["a", "b"]
    dates = [Date(2024, 2, 1), Date(2024, 1, 1)]
    assert call("sort", dates) == dates[::-1]
    assert "ordered kind" in reason("sort", [1, "a"])
    assert "ordered kind" in reason("sort", [True])
