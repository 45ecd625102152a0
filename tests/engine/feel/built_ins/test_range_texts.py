from __future__ import annotations

from decimal import Decimal

import pytest

from engine.feel.temporal import Date, DaysTime, YearsMonths, parse_date_time, parse_time
from engine.feel.values import Range
from tests.support.feel_calls import call, call_named, reason

HOUR = 3_600_000_000_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[18..21)", Range(Decimal(18), Decimal(21), True, False)),
        ("]18..21[", Range(Decimal(18), Decimal(21), False, False)),
        (" ( -1.5 .. .5 ] ", Range(Decimal("-1.5"), Decimal("0.5"), False, True)),
        ("[2..)", Range(Decimal(2), None, True, False)),
        ("(..2)", Range(None, Decimal(2), False, False)),
        ('["a".."b\\n"]', Range("a", "b\n", True, True)),
        ('["..".."]"]', Range("..", "]", True, True)),
        (
            '(@"2024-01-01"..@"2024-12-31"]',
            Range(Date(2024, 1, 1), Date(2024, 12, 31), False, True),
        ),
        ('[date("2024-01-01")..)', Range(Date(2024, 1, 1), None, True, False)),
        ('[time("10:00:00")..)', Range(parse_time("10:00:00"), None, True, False)),
        (
            '[date and time("2024-01-01T00:00:00")..)',
            Range(parse_date_time("2024-01-01T00:00:00"), None, True, False),
        ),
        ('[duration("PT1H")..@"PT2H"]', Range(DaysTime(HOUR), DaysTime(2 * HOUR), True, True)),
        ('[duration("P1Y")..)', Range(YearsMonths(12), None, True, False)),
        ("[1..1]", Range(Decimal(1), Decimal(1), True, True)),
    ],
)
def test_ranges_of_literals(text: str, expected: Range) -> None:
    assert call("range", text) == expected
    assert call_named("range", {"from": text}) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[..]",
        "(..)",
        "[..2]",
        "[2..]",
        "1..2",
        "[1..2",
        "[1, 2]",
        "[1..2] x",
        "[1...2]",
        "[a..b]",
        "[1 + 1..3]",
        "[null..3]",
        "[true..false]",
        "[2..1]",
        '[1.."b"]',
        '[@"2024-01-01"..@"P1D"]',
        '[date("nonsense")..)',
        '[string("a")..)',
        "[date(2024, 1, 1)..)",
        "[-..1]",
        '["a..b]',
        "{1..2}",
    ],
)
def test_other_texts(text: str) -> None:
    assert reason("range", text).startswith("expected ")


@pytest.mark.parametrize("value", [None, 1, Range(1, 2, True, True)])
def test_other_kinds(value: object) -> None:
    assert "expected a string for from" in reason("range", value)
