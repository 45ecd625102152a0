from __future__ import annotations

from decimal import Decimal

import pytest

from engine.feel.errors import Unfit
from engine.feel.temporal import parse_literal, text
from engine.feel.temporal.properties import properties


@pytest.mark.parametrize(
    ("written", "name", "expected"),
    [
        ("2024-05-06", "year", 2024),
        ("-0044-03-15", "year", -44),
        ("2024-05-06", "month", 5),
        ("2024-05-06", "day", 6),
        ("2024-05-05", "weekday", 7),
        ("2024-05-06T10:20:30", "weekday", 1),
        ("2024-05-06T10:20:30.25", "second", Decimal("30.25")),
        ("2024-05-06T10:20:30", "minute", 20),
        ("10:20:30", "hour", 10),
        ("P1DT2H3M4.5S", "days", 1),
        ("P1DT2H3M4.5S", "hours", 2),
        ("P1DT2H3M4.5S", "minutes", 3),
        ("P1DT2H3M4.5S", "seconds", Decimal("4.5")),
        ("-P1DT2H", "days", -1),
        ("-P1DT2H", "hours", -2),
        ("-PT1.5S", "seconds", Decimal("-1.5")),
        ("P1Y2M", "years", 1),
        ("-P1Y2M", "months", -2),
    ],
)
def test_numbers(written: str, name: str, expected: object) -> None:
    found = properties(parse_literal(written), name)
    assert isinstance(found, Decimal)
    assert found == expected


@pytest.mark.parametrize(
    ("written", "offset"),
    [
        ("10:20:30+05:00", "PT5H"),
        ("10:20:30Z", "PT0S"),
        ("10:20:30@Europe/Paris", "PT1H"),
        ("10:20:30@Australia/Sydney", "PT10H"),
        ("2024-07-06T10:20:30@Europe/Paris", "PT2H"),
        ("2024-01-06T10:20:30@Europe/Paris", "PT1H"),
        ("12024-07-06T10:20:30@Europe/Paris", "PT2H"),
        ("2024-02-01T00:00:00@Asia/Almaty", "PT6H"),
        ("2024-04-01T00:00:00@Asia/Almaty", "PT5H"),
    ],
)
def test_time_offset(written: str, offset: str) -> None:
    assert properties(parse_literal(written), "time offset") == parse_literal(offset)


def test_early_years_have_the_first_offset_of_a_region() -> None:
    found = properties(parse_literal("-0044-03-15T00:00:00@Europe/Paris"), "time offset")
    assert text(found) == "PT9M21S"  # type: ignore[arg-type]


def test_no_zone_has_neither_offset_nor_name() -> None:
    for written in ("10:20:30", "2024-05-06T10:20:30"):
        assert properties(parse_literal(written), "time offset") is None
        assert properties(parse_literal(written), "timezone") is None
    assert properties(parse_literal("10:20:30Z"), "timezone") is None
    assert properties(parse_literal("10:20:30@Etc/UTC"), "timezone") == "Etc/UTC"


@pytest.mark.parametrize(
    ("written", "name"),
    [("2024-05-06", "hour"), ("10:20:30", "day"), ("P1D", "years"), ("P1Y", "days"), ("P1Y", "x")],
)
def test_other_properties_are_refused(written: str, name: str) -> None:
    with pytest.raises(Unfit, match="expected a property"):
        properties(parse_literal(written), name)
