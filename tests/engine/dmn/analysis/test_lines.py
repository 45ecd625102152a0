"""Positions of values: what lies before, between and after two of them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.dmn.analysis.lines import (
    BOOLEANS,
    DATE_TIMES,
    DATES,
    DAYS_TIMES,
    NUMBERS,
    STRINGS,
    TIMES,
    WHOLE_NUMBERS,
    YEARS_MONTHS,
    Line,
    Position,
    line_of,
    write,
)
from engine.feel.comparing import compare
from engine.feel.numbers import CONTEXT
from engine.feel.temporal import parse_literal

D = Decimal


@pytest.mark.parametrize(
    ("low", "high", "between"),
    [
        (None, None, D(0)),
        (None, D(5), D(4)),
        (None, D("5.5"), D(5)),
        (D(5), None, D(6)),
        (D("-5.5"), None, D(-5)),
        (D(1), D(3), D(2)),
        (D(1), D(2), D("1.5")),
        (D("1E+6144"), None, CONTEXT.next_plus(D("1E+6144"))),
        (D(1), CONTEXT.next_plus(D(1)), None),
        (CONTEXT.next_minus(D("Infinity")), None, None),
        (None, CONTEXT.next_plus(D("-Infinity")), None),
    ],
)
def test_between_numbers(low: Position | None, high: Position | None, between: object) -> None:
    assert NUMBERS.between(low, high) == between


@pytest.mark.parametrize(
    ("low", "high", "between"),
    [(D(1), D(2), None), (D(1), D(3), D(2)), (D("1.2"), D("2.5"), D(2)), (None, D(0), D(-1))],
)
def test_between_whole_numbers(
    low: Position | None, high: Position | None, between: object
) -> None:
    assert WHOLE_NUMBERS.between(low, high) == between


@pytest.mark.parametrize(
    ("low", "high", "between"),
    [
        (None, None, "other"),
        (None, "z", "other"),
        (None, "b", "a"),
        (None, "B", ""),
        (None, "", None),
        ("a", None, "other"),
        ("x", None, "xa"),
        ("a", "ab", "aa"),
        ("a", "aa", "a "),
        ("a", "a ", "a\0"),
        ("a", "a\0", None),
    ],
)
def test_between_strings(low: str | None, high: str | None, between: object) -> None:
    assert STRINGS.between(low, high) == between


@pytest.mark.parametrize(
    ("line", "low", "high", "between"),
    [
        (DATES, "2026-01-01", "2026-01-02", None),
        (DATES, "2026-02-28", "2026-03-02", "2026-03-01"),
        (DATES, None, "-999999999-01-01", None),
        (DATES, "999999999-12-31", None, None),
        (TIMES, "10:00:00", "12:00:00", "11:00:00"),
        (TIMES, None, "00:00:00", None),
        (TIMES, "10:00:00", "10:00:00.000000001", None),
        (DATE_TIMES, "2026-01-01T10:00:00", None, "2026-01-02T10:00:00"),
        (DATE_TIMES, "2026-01-01T10:00:00", "2026-01-01T10:00:02", "2026-01-01T10:00:01"),
        (DAYS_TIMES, None, "PT0S", "-P1D"),
        (YEARS_MONTHS, "P1Y", "P1Y1M", None),
        (YEARS_MONTHS, "P1Y", "P1Y2M", "P1Y1M"),
    ],
)
def test_between_dates_times_and_durations(
    line: Line, low: str | None, high: str | None, between: str | None
) -> None:
    ends = [None if each is None else line.position(parse_literal(each)) for each in (low, high)]
    found = line.between(*ends)
    expected = None if between is None else parse_literal(between)
    assert (None if found is None else line.value(found)) == expected


def test_two_booleans_have_nothing_between_or_beside_them() -> None:
    false, true = BOOLEANS.position(False), BOOLEANS.position(True)
    assert [BOOLEANS.value(false), BOOLEANS.value(true)] == [False, True]
    assert [BOOLEANS.between(*ends) for ends in ((None, false), (false, true), (true, None))] == [
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ["2025-12-31", "2026-01-01", "2026-02-01"],
        ["00:00:00", "09:59:59.5", "10:00:00"],
        ["2026-01-01T23:00:00", "2026-01-02T00:00:00"],
        ["2026-01-01T10:00:00+05:00", "2026-01-01T06:00:00Z"],
        ["-P1D", "PT0S", "PT1H"],
        ["-P1M", "P0M", "P1Y"],
    ],
)
def test_positions_have_the_order_of_the_values(texts: list[str]) -> None:
    values = [parse_literal(each) for each in texts]
    line = line_of(values[0])
    assert line is not None
    assert line is line_of(values[-1])
    positions = [line.position(value) for value in values]
    for low, high in zip(range(len(values)), range(1, len(values)), strict=False):
        assert positions[low] < positions[high]  # type: ignore[operator]
        assert compare(values[low], values[high]) < 0
    for value, position in zip(values, positions, strict=True):
        assert compare(line.value(position), value) == 0


def test_values_on_no_line() -> None:
    for value in (None, [], {}, parse_literal("10:00:00Z")):
        assert line_of(value) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (D("1.50"), "1.5"),
        ('say "\\"', '"say \\"\\\\\\""'),
        (True, "true"),
        (None, "null"),
        (parse_literal("P1D"), '@"P1D"'),
    ],
)
def test_values_are_written_as_feel(value: object, text: str) -> None:
    assert write(value) == text
