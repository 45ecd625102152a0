from __future__ import annotations

import pytest

from engine.feel import LimitExceeded
from engine.feel.temporal import Date
from tests.support.feel_texts import evaluated, exact, value, warnings
from tests.support.pace import within


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("for x in [1, 2] return x * 2", [2, 4]),
        ("for x in [] return x", []),
        ("for x in 5 return x", [5]),
        ("for x in 1..3 return x", [1, 2, 3]),
        ("for x in 3..1 return x", [3, 2, 1]),
        ("for x in -1..1 return x", [-1, 0, 1]),
        ("for x in 2..2 return x", [2]),
        ("for x in 1..2.5 return x", [1, 2]),
        ("for x in 1.5..3 return x", [1.5, 2.5]),
        ("for x in [1..3] return x", [1, 2, 3]),
        ("for x in (1..3] return x", [2, 3]),
        ("for x in [1..3[ return x", [1, 2]),
        ("for x in (1..2) return x", []),
        ("for x in 1 + 1..count([1, 2, 3]) return x", [2, 3]),
        ("for x in [[1, 2], [3]], y in x return y", [1, 2, 3]),
        ("for x in [1, 2], y in [x, x * 10] return y", [1, 10, 2, 20]),
        ("for x in [1, 2], x in [x + 1] return x", [2, 3]),
        ("for x in [1], y in [] return x", []),
        ("for i in 0..4 return if i = 0 then 1 else i * partial[-1]", [1, 1, 2, 6, 24]),
        ("for i in [1, 2] return count(partial)", [0, 1]),
        ("for i in [1, 2], j in [1, 2] return count(partial)", [0, 1, 2, 3]),
        ("for i in [1, 2] return for j in partial return j", [[], [[]]]),
        ("for f in [function(x) x + 1, abs] return f(-1)", [0, 1]),
        ("for i in [1, 2] return {a: i}", [{"a": 1}, {"a": 2}]),
    ],
)
def test_for(text: str, expected: object) -> None:
    assert value(text) == exact(expected)


def test_for_over_days() -> None:
    text = 'for d in @"{}"..@"{}" return d'
    leap = [Date(2024, 2, 28), Date(2024, 2, 29), Date(2024, 3, 1)]
    assert value(text.format("2024-02-28", "2024-03-01")) == leap
    assert value(text.format("2024-03-01", "2024-02-28")) == leap[::-1]
    assert value('for d in (@"2024-02-28"..@"2024-03-01") return d') == leap[1:2]


def test_earlier_partial_results_stay_as_they_were() -> None:
    assert value("for i in 1..3 return partial") == exact([[], [[]], [[], [[]]]])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("for x in null return x", "Expected a list to go through, but found null"),
        (
            'for x in "a".."c" return x',
            "Expected a range of numbers or of dates, but found a string and a string",
        ),
        (
            "for x in (> 5) return x",
            "Expected a range of numbers or of dates, but found a number and null",
        ),
        ("some x in null satisfies x", "Expected a list to go through, but found null"),
        ("every x in null satisfies x", "Expected a list to go through, but found null"),
    ],
)
def test_what_can_not_be_gone_through(text: str, reason: str) -> None:
    assert value(text) is None
    assert warnings(text) == [(0, reason)]


@pytest.mark.parametrize(
    ("items", "some", "every"),
    [
        ("[]", False, True),
        ("[true]", True, True),
        ("[true, false]", True, False),
        ("[false]", False, False),
        ("[null]", None, None),
        ("[null, true]", True, None),
        ("[null, false]", None, False),
        ("[false, null]", None, False),
        ("[1]", None, None),
        ("[1, true]", True, None),
        ("[1, false]", None, False),
        ("true", True, True),
    ],
)
def test_some_and_every_know_three_values(
    items: str, some: bool | None, every: bool | None
) -> None:
    assert value(f"some x in {items} satisfies x") is some
    assert value(f"every x in {items} satisfies x") is every


def test_some_stops_at_what_decides() -> None:
    assert value("some x in 1..1e20 satisfies x > 5") is True
    assert value("every x in 1..1e20, y in 1..1e20 satisfies y < 5") is False


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("for i in 1..1e30 return i", "10000 items in a list"),
        ("for i in 1..9999 return for j in 1..9999 return j", "steps in one evaluation"),
        ("some i in 1..1e30 satisfies false", "steps in one evaluation"),
        ("for i in 1..9999 return partial", "steps in one evaluation"),
        ("for a in 1..200, b in 1..200, c in [] return 1", "LIMIT"),
        ('for i in 1..9999 return if i = 1 then "x" else partial[-1] + partial[-1]', "65536 char"),
        ("for i in 1..9999 return s + string(i)", "steps in one evaluation"),
        (
            "{a: for i in 1..60 return [partial[-1], partial[-1]], "
            "b: for i in 1..60 return [partial[-1], partial[-1]], r: a = b}.r",
            "steps in one evaluation",
        ),
        ("{a: for i in 1..3500 return [partial[-1]], r: a[-1] = a[-1]}.r", "deeply nested"),
    ],
)
def test_limits(text: str, limit: str) -> None:
    with within(500):
        if limit == "LIMIT":
            assert value(text) == []
        else:
            with pytest.raises(LimitExceeded, match=limit):
                evaluated(text, s="x" * 60_000)
