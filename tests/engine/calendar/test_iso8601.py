"""Durations, cycles and moments as ISO 8601 writes them, in the zone of Kazakhstan."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.calendar import (
    ALMATY,
    CalendarError,
    Duration,
    NotATime,
    add_duration,
    next_of_cycle,
    parse_cycle,
    parse_date,
    parse_iso_duration,
    parse_moment,
)


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("P1Y2M3DT4H5M6S", Duration(14, 3, timedelta(hours=4, minutes=5, seconds=6))),
        ("P2W", Duration(days=14)),
        ("P1W1D", Duration(days=8)),
        ("PT0S", Duration()),
        ("PT0.5H", Duration(clock=timedelta(minutes=30))),
        ("PT1,25S", Duration(clock=timedelta(seconds=1.25))),
        (" PT36H ", Duration(clock=timedelta(hours=36))),
        ("P10D", Duration(days=10)),
    ],
)
def test_durations(text: str, duration: Duration) -> None:
    assert parse_iso_duration(text) == duration


@pytest.mark.parametrize(
    "text",
    ["", "P", "PT", "P1", "1D", "P1DT", "PT1D", "P1H", "P1.5D", "-P1D", "P-1D", "P1D2M", "p1d",
     "P1S", "P١D", "PT99999999999H", "P1D P1D", "P" + "9" * 100 + "D"],
)  # fmt: skip
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(NotATime, match="Expected an ISO 8601 duration"):
        parse_iso_duration(text)


def local(text: str) -> datetime:
    return parse_moment(text)


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        ("2026-01-31T10:00", "P1M", "2026-02-28T10:00"),
        ("2024-01-31T10:00", "P1M", "2024-02-29T10:00"),
        ("2024-02-29T10:00", "P1Y", "2025-02-28T10:00"),
        ("2026-01-31T10:00", "P1M1D", "2026-03-01T10:00"),
        ("2026-12-31T23:30", "P1DT1H", "2027-01-02T00:30"),
        ("2026-11-30T00:00", "P3M", "2027-02-28T00:00"),
        ("2026-12-15T00:00", "P1M", "2027-01-15T00:00"),
        ("2026-01-09T09:00", "PT36H", "2026-01-10T21:00"),
        ("2026-01-09T09:00", "PT0S", "2026-01-09T09:00"),
    ],
)
def test_durations_are_true_to_the_calendar(start: str, duration: str, end: str) -> None:
    assert add_duration(local(start), duration).isoformat() == local(end).isoformat()


def test_days_are_counted_in_the_zone_whatever_the_zone_of_the_start() -> None:
    start = datetime(2026, 1, 30, 20, 0, tzinfo=UTC)  # 31 January, 1:00 in Almaty
    assert add_duration(start, "P1M").isoformat() == "2026-02-28T01:00:00+05:00"


def test_the_change_of_offset_on_1_march_2024() -> None:
    # Almaty went from +06:00 to +05:00 at midnight: that night had one hour more.
    start = local("2024-02-29T12:00")
    assert start.isoformat() == "2024-02-29T12:00:00+06:00"
    assert add_duration(start, "P1D").isoformat() == "2024-03-01T12:00:00+05:00"
    assert add_duration(start, "PT24H").isoformat() == "2024-03-01T11:00:00+05:00"


def test_a_wall_time_that_a_zone_skips_moves_on() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 3, 28, 2, 30, tzinfo=berlin)
    assert add_duration(start, "P1D", berlin).isoformat() == "2026-03-29T03:30:00+02:00"


def test_a_naive_start_is_local() -> None:
    assert add_duration(datetime(2026, 1, 1), "P1D").isoformat() == "2026-01-02T00:00:00+05:00"


@pytest.mark.parametrize("duration", ["P9999Y", "P99999999D", "PT99999999H", "P999999M"])
def test_results_out_of_range(duration: str) -> None:
    with pytest.raises(CalendarError, match="before the year 10000"):
        add_duration(local("2026-01-01"), duration)


def test_the_last_month_there_is() -> None:
    assert add_duration(local("9999-11-30"), "P1M").date() == date(9999, 12, 30)


def test_cycles() -> None:
    cycle = parse_cycle("R3/PT1H")
    assert (cycle.repetitions, cycle.interval) == (3, Duration(clock=timedelta(hours=1)))
    assert (cycle.start, cycle.end) == (None, None)
    assert parse_cycle("R/P1D").repetitions is None
    assert parse_cycle("P1D").repetitions == 1
    started = parse_cycle("R2/2026-01-09T09:00/P1W")
    assert started.start == local("2026-01-09T09:00")
    assert started.interval == Duration(days=7)
    assert parse_cycle("R/PT1H/2026-12-31").end == local("2026-12-31")
    between = parse_cycle("R5/2026-01-09T09:00Z/2026-01-09T10:30Z")
    assert between.interval == Duration(clock=timedelta(minutes=90))
    assert between.start == datetime(2026, 1, 9, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["", "R", "R3", "R3/", "R0/PT1H", "R-1/PT1H", "R3/PT0S", "R/P1D/P1D", "R3/2026-01-01",
     "R3/a/b/c", "0 0 9 * * ?", "R/2026-01-02/2026-01-01", "R3/tomorrow/P1D", "R9999999999/P1D"],
)  # fmt: skip
def test_what_is_no_cycle(text: str) -> None:
    with pytest.raises(NotATime):
        parse_cycle(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-09", "2026-01-09T00:00:00+05:00"),
        ("2026-01-09T09:30", "2026-01-09T09:30:00+05:00"),
        ("2026-01-09T09:30:15.5", "2026-01-09T09:30:15.500000+05:00"),
        ("2026-01-09T04:30:00Z", "2026-01-09T09:30:00+05:00"),
        ("2026-01-09T09:30:00+06:00", "2026-01-09T08:30:00+05:00"),
        ("2023-06-01T00:00", "2023-06-01T00:00:00+06:00"),
    ],
)
def test_moments(text: str, moment: str) -> None:
    assert parse_moment(text).isoformat() == moment


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "2026-02-30", "2026-01-09T25:00", "09.01.2026", "0001-01-01T00:00Z+"]
)
def test_what_is_no_moment(text: str) -> None:
    with pytest.raises(NotATime, match="Expected an ISO 8601 date or date-time"):
        parse_moment(text)


def test_the_ends_of_time() -> None:
    with pytest.raises(NotATime):
        parse_moment("9999-12-31T23:59:59Z")
    assert parse_moment("9999-12-31T23:59:59").year == 9999


def test_the_day_of_a_moment_is_the_zones() -> None:
    assert parse_date("2026-01-09") == date(2026, 1, 9)
    assert parse_date("2026-01-08T20:00:00Z") == date(2026, 1, 9)


def test_random_texts_raise_nothing_else() -> None:
    chance = random.Random(8601)
    for _ in range(20_000):
        text = "".join(chance.choices("PRTYMWDHS0123456789.-:/Z+ ", k=chance.randint(0, 20)))
        for read in (parse_iso_duration, parse_cycle, parse_moment):
            try:
                read(text)
            except NotATime:
                continue


def test_the_default_zone() -> None:
    assert ZoneInfo("Asia/Almaty") == ALMATY


@pytest.mark.parametrize(
    ("interval", "now", "expected"),
    [
        ("PT5H", "2026-01-01T07:00", "2026-01-01T10:00"),
        ("PT5H", "2026-01-01T05:00", "2026-01-01T10:00"),
        ("PT5H", "2025-12-31T23:00", "2026-01-01T05:00"),
        ("PT1S", "2126-01-01T00:00:00.5", "2126-01-01T00:00:01"),
        ("P1D", "2026-01-10T07:00", "2026-01-11T00:00"),
        ("P1M", "2026-05-31T07:00", "2026-06-01T00:00"),
    ],
)
def test_a_rhythm_goes_on_after_what_was_missed(interval: str, now: str, expected: str) -> None:
    begun = datetime(2026, 1, 1, tzinfo=ALMATY)
    assert next_of_cycle(begun, interval, parse_moment(now)) == parse_moment(expected)


def test_a_rhythm_needs_an_interval_of_some_length() -> None:
    begun = datetime(2026, 1, 1, tzinfo=ALMATY)
    with pytest.raises(NotATime):
        next_of_cycle(begun, "PT0S", begun)
