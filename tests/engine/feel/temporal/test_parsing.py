from __future__ import annotations

import pytest

from engine.feel.errors import Unfit
from engine.feel.temporal import (
    UTC,
    Date,
    DateTime,
    DaysTime,
    Offset,
    Region,
    Time,
    YearsMonths,
    parse_date,
    parse_date_time,
    parse_days_time,
    parse_duration,
    parse_literal,
    parse_time,
    parse_years_months,
)

SECOND = 1_000_000_000


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-02-29", Date(2024, 2, 29)),
        ("-0044-03-15", Date(-44, 3, 15)),
        ("0000-01-01", Date(0, 1, 1)),
        ("999999999-12-31", Date(999_999_999, 12, 31)),
        ("-999999999-01-01", Date(-999_999_999, 1, 1)),
    ],
)
def test_reads_a_date(text: str, date: Date) -> None:
    assert parse_date(text) == date


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2023-02-29",
        "2023-04-31",
        "2023-00-10",
        "2023-13-10",
        "2023-1-1",
        "12-10-01",
        "012-10-01",
        "02023-10-01",
        "+2023-10-01",
        "1000000000-10-01",
        "2023-10-01Z",
        "2023-10-01T",
        "2023-10-01\n",
        " 2023-10-01",
        "2023-10-0١",
        "2023-10-01" + "0" * 10_000,
    ],
)
def test_refuses_what_is_no_date(text: str) -> None:
    with pytest.raises(Unfit):
        parse_date(text)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("00:00:00", Time(0, 0, 0)),
        ("23:59:59.000000001", Time(23, 59, 59, 1)),
        ("10:20:00.5", Time(10, 20, 0, 500_000_000)),
        ("10:20:00Z", Time(10, 20, 0, 0, UTC)),
        ("10:20:00z", Time(10, 20, 0, 0, UTC)),
        ("10:20:00-00:00", Time(10, 20, 0, 0, UTC)),
        ("10:20:00+05:30", Time(10, 20, 0, 0, Offset(19_800))),
        ("10:20:00-02:45:55", Time(10, 20, 0, 0, Offset(-9_955))),
        ("10:20:00+14:00", Time(10, 20, 0, 0, Offset(50_400))),
        ("10:20:00@Asia/Almaty", Time(10, 20, 0, 0, Region("Asia/Almaty"))),
        ("24:00:00", Time(0, 0, 0)),
        ("24:00:00.000Z", Time(0, 0, 0, 0, UTC)),
    ],
)
def test_reads_a_time(text: str, time: Time) -> None:
    assert parse_time(text) == time


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7:00:00",
        "07:00",
        "07:0:00",
        "07:00:0",
        "T07:00:00",
        "23:59:60",
        "23:60:00",
        "24:00:01",
        "24:00:00.1",
        "24:01:00",
        "25:00:00",
        "10:20:00.",
        "10:20:00.0000000001",
        "10:20:00+5",
        "10:20:00+5:00",
        "10:20:00+14:01",
        "10:20:00-19:00",
        "10:20:00+05:60",
        "10:20:00+02:00@Europe/Paris",
        "10:20:00@",
        "10:20:00@Nowhere/City",
        "10:20:00@../../etc/passwd",
        "10:20:00@America",
    ],
)
def test_refuses_what_is_no_time(text: str) -> None:
    with pytest.raises(Unfit):
        parse_time(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-05-06", DateTime(Date(2024, 5, 6), Time(0, 0, 0))),
        ("2024-05-06T07:08:09Z", DateTime(Date(2024, 5, 6), Time(7, 8, 9, 0, UTC))),
        ("2024-12-31T24:00:00", DateTime(Date(2025, 1, 1), Time(0, 0, 0))),
        (
            "999999999-12-31T23:59:59.999999999@Europe/Paris",
            DateTime(
                Date(999_999_999, 12, 31), Time(23, 59, 59, 999_999_999, Region("Europe/Paris"))
            ),
        ),
    ],
)
def test_reads_a_date_and_time(text: str, moment: DateTime) -> None:
    assert parse_date_time(text) == moment


@pytest.mark.parametrize(
    "text",
    ["10:20:00", "2024-05-06 07:08:09", "2024-05-06t07:08:09", "2024-05-06T", "2024-05-06T7:20",
     "2024-02-30T00:00:00", "999999999-12-31T24:00:00"],
)  # fmt: skip
def test_refuses_what_is_no_date_and_time(text: str) -> None:
    with pytest.raises(Unfit):
        parse_date_time(text)


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("P1Y2M", YearsMonths(14)),
        ("-P2M", YearsMonths(-2)),
        ("P0Y", YearsMonths(0)),
        ("P1DT2H3M4.5S", DaysTime(93_784 * SECOND + 500_000_000)),
        ("PT1M", DaysTime(60 * SECOND)),
        ("-PT0.000000001S", DaysTime(-1)),
        ("P0D", DaysTime(0)),
    ],
)
def test_reads_a_duration(text: str, duration: DaysTime | YearsMonths) -> None:
    assert parse_duration(text) == duration


@pytest.mark.parametrize(
    "text",
    ["", "P", "-P", "PT", "P1DT", "P1YT", "P1Y1D", "P1Y2MT3H", "P1M2Y", "1D", "+P1D", "P-1D", "P1W",
     "PT1D", "P1H", "p1d", "PT.5S", "PT1.S", "PT1.5M", "PT1.0000000001S", "P1D ",
     "P" + "9" * 40 + "Y", "P" + "9" * 40 + "D", "P" + "1" * 100_000 + "D"],
)  # fmt: skip
def test_refuses_what_is_no_duration(text: str) -> None:
    with pytest.raises(Unfit):
        parse_duration(text)


def test_one_kind_of_duration_is_not_the_other() -> None:
    with pytest.raises(Unfit, match="years and months duration"):
        parse_years_months("P1D")
    with pytest.raises(Unfit, match="days and time duration"):
        parse_days_time("P1M")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2024-05-06", Date),
        ("10:20:00@America/Toronto", Time),
        ("2024-05-06T10:20:00", DateTime),
        ("P1D", DaysTime),
        ("-P1M", YearsMonths),
    ],
)
def test_a_literal_is_what_its_form_says(text: str, kind: type) -> None:
    assert type(parse_literal(text)) is kind


@pytest.mark.parametrize("text", ["", "foo", "P", "2024-05-06T", "2024-02-30", "x" * 100_000])
def test_refuses_other_literals(text: str) -> None:
    with pytest.raises(Unfit):
        parse_literal(text)


def test_a_refusal_shows_only_the_beginning_of_a_long_text() -> None:
    with pytest.raises(Unfit) as refused:
        parse_literal("y" * 100_000)
    assert len(str(refused.value)) < 150
