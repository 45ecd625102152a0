from __future__ import annotations

import pytest

from tests.support.feel_calls import call, call_named, reason, reason_named


@pytest.mark.parametrize(
    ("values", "every", "some"),
    [
        ([], True, False),
        ([True, True], True, True),
        ([True, False], False, True),
        ([False, False], False, False),
        ([None, True], None, True),
        ([None, False], False, None),
        ([None], None, None),
    ],
)
def test_all_and_any_over_three_values(
    values: list[object], every: bool | None, some: bool | None
) -> None:
    assert call("all", values) is every
    assert call("any", values) is some
    assert call_named("all", {"list": values}) is every
    assert call_named("any", {"list": values}) is some
    if len(values) > 1:
        assert call("all", *values) is every
        assert call("any", *values) is some


@pytest.mark.parametrize("name", ["all", "any"])
def test_neither_takes_other_kinds_null_or_nothing(name: str) -> None:
    assert reason(name, 123) == "expected booleans for list, but found a number"
    assert "null" in reason(name, None)
    assert reason(name) == "expected at least one argument"
    assert name in reason_named(name, {"l": [True]})


def test_a_deciding_item_wins_over_one_of_another_kind() -> None:
    assert call("all", [123, False]) is False
    assert call("any", [123, True]) is True
    assert "a number" in reason("all", [123, True])
    assert "a number" in reason("any", [123, False])


def test_not() -> None:
    assert call("not", True) is False
    assert call_named("not", {"negand": False}) is True
    assert call("not", None) is None
    assert call("not", [False]) is True
    assert reason("not", 0) == "expected a boolean for negand, but found a number"
