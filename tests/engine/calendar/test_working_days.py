"""Terms in working days around the holidays and transfers of Kazakhstan."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from engine.calendar import (
    CalendarDay,
    CalendarError,
    CalendarNotCovered,
    WorkingCalendar,
    seed_rows,
)
from engine.calendar.seed import HOLIDAYS

KAZAKHSTAN = WorkingCalendar(seed_rows(range(2023, 2028)))
PLAIN = WorkingCalendar([], years=[2026])


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        (date(2026, 4, 1), 1, date(2026, 4, 2)),
        (date(2026, 4, 3), 1, date(2026, 4, 6)),  # Friday to Monday
        (date(2026, 4, 4), 1, date(2026, 4, 6)),  # Saturday
        (date(2025, 12, 31), 1, date(2026, 1, 5)),  # New Year, then a weekend
        (date(2025, 12, 31), 3, date(2026, 1, 8)),  # 7 January is Christmas
        (date(2026, 3, 20), 1, date(2026, 3, 26)),  # Nauryz on a weekend: 24 and 25 are off too
        (date(2026, 5, 8), 1, date(2026, 5, 12)),  # Victory Day on a Saturday
        (date(2025, 1, 1), 1, date(2025, 1, 5)),  # 3 January off, Sunday the 5th works instead
        (date(2024, 5, 3), 2, date(2024, 5, 6)),  # Saturday 4 May works
        (date(2026, 4, 1), 0, date(2026, 4, 1)),
        (date(2026, 4, 4), 0, date(2026, 4, 6)),
    ],
)
def test_the_nth_working_day(start: date, count: int, last: date) -> None:
    assert KAZAKHSTAN.nth_working_day(start, count) == last
    assert KAZAKHSTAN.is_working(last)


def test_a_term_is_over_at_the_end_of_its_last_day() -> None:
    start = datetime(2026, 4, 1, 15, 30, tzinfo=UTC)
    assert PLAIN.add_working_days(start, 3).isoformat() == "2026-04-06T23:59:59+05:00"


def test_the_day_of_a_moment_is_the_zones() -> None:
    late = datetime(2026, 4, 1, 20, 0, tzinfo=UTC)  # 2 April, 1:00 in Almaty
    assert PLAIN.nth_working_day(late, 1) == date(2026, 4, 3)
    assert PLAIN.nth_working_day(datetime(2026, 4, 1, 23, 59), 1) == date(2026, 4, 2)


def test_an_action_is_done_in_the_morning_unless_said_otherwise() -> None:
    start = date(2026, 4, 1)
    assert PLAIN.add_working_days_start(start, 3).isoformat() == "2026-04-06T09:00:00+05:00"
    midnight = PLAIN.add_working_days_start(start, 3, time(0, 0))
    assert midnight.isoformat() == "2026-04-06T00:00:00+05:00"


def test_the_longer_evening_of_29_february_2024() -> None:
    # At midnight the clock went back an hour, from +06:00 to +05:00: the day ends with the latter.
    end = KAZAKHSTAN.add_working_days(date(2024, 2, 28), 1)
    assert end.isoformat() == "2024-02-29T23:59:59+05:00"
    following = KAZAKHSTAN.add_working_days(date(2024, 2, 28), 2)
    assert following - end.astimezone(UTC) == timedelta(days=1)


def test_edited_rows_count() -> None:
    edited = WorkingCalendar(
        [CalendarDay(date(2026, 4, 2), False), CalendarDay(date(2026, 4, 4), True)], years=[2026]
    )
    assert edited.nth_working_day(date(2026, 4, 1), 1) == date(2026, 4, 3)
    assert edited.nth_working_day(date(2026, 4, 1), 2) == date(2026, 4, 4)


def test_between_is_the_inverse() -> None:
    start = date(2025, 12, 25)
    for count in range(1, 60):
        last = KAZAKHSTAN.nth_working_day(start, count)
        assert KAZAKHSTAN.working_days_between(start, last) == count
        assert KAZAKHSTAN.working_days_between(last, start) == -count
    assert KAZAKHSTAN.working_days_between(start, start) == 0


def test_years_that_are_not_covered_are_an_error_and_not_a_guess() -> None:
    assert PLAIN.covers(date(2026, 12, 31))
    assert not PLAIN.covers(date(2027, 1, 1))
    with pytest.raises(CalendarNotCovered, match="working days of 2027") as caught:
        PLAIN.add_working_days(date(2026, 12, 30), 3)
    assert caught.value.year == 2027
    with pytest.raises(CalendarNotCovered):
        PLAIN.is_working(date(2025, 12, 31))
    with pytest.raises(CalendarNotCovered):
        PLAIN.working_days_between(date(2026, 1, 1), date(2027, 1, 1))


def test_one_row_does_not_cover_a_year_but_its_first_day_does() -> None:
    stray = WorkingCalendar([CalendarDay(date(2030, 5, 8), False)])
    assert not stray.covers(date(2030, 5, 8))
    seeded = WorkingCalendar([CalendarDay(date(2030, 1, 1), False)])
    assert seeded.covers(date(2030, 5, 8))


@pytest.mark.parametrize("count", [-1, 10_001])
def test_absurd_terms(count: int) -> None:
    with pytest.raises(CalendarError, match="working days"):
        PLAIN.nth_working_day(date(2026, 4, 1), count)


def test_the_last_day_there_is() -> None:
    ever = WorkingCalendar([], years=[9999])
    with pytest.raises(CalendarNotCovered):
        ever.nth_working_day(date(9999, 12, 30), 5)


def test_seeded_years_are_covered_and_named_in_three_languages() -> None:
    rows = seed_rows(range(2015, 2036))
    calendar = WorkingCalendar(rows)
    assert all(calendar.covers(date(year, 6, 1)) for year in range(2015, 2036))
    assert [row.date for row in rows] == sorted({row.date for row in rows})
    for row in rows:
        assert set(row.names) == {"kk", "ru", "en"}
        assert row.names["ru"] != row.names["en"], row
        assert "{" not in row.names["kk"]


def test_the_names_of_moved_days() -> None:
    names = {row.date: (row.working, row.names["ru"]) for row in seed_rows([2025, 2026])}
    assert names[date(2025, 1, 3)] == (False, "Выходной день (перенесён с 05.01.2025)")
    assert names[date(2025, 1, 5)] == (True, "Рабочий день (перенос)")
    assert names[date(2026, 3, 25)] == (False, "Наурыз мейрамы (перенос выходного дня)")
    assert names[date(2026, 5, 27)] == (False, "Курбан-айт (предполагаемая дата)")


def test_every_holiday_has_names_in_three_languages() -> None:
    for names in HOLIDAYS.values():
        assert set(names) == {"kk", "ru", "en"}


@pytest.mark.parametrize(
    ("end", "count", "day"),
    [
        (date(2026, 3, 6), 1, date(2026, 3, 5)),
        (date(2026, 3, 10), 1, date(2026, 3, 6)),
        (date(2026, 3, 10), 2, date(2026, 3, 5)),
        (date(2026, 3, 8), 0, date(2026, 3, 6)),
        (date(2026, 3, 6), 0, date(2026, 3, 6)),
    ],
)
def test_days_before_a_term_ends_are_working_days_too(end: date, count: int, day: date) -> None:
    calendar = WorkingCalendar(
        [CalendarDay(row.date, row.working) for row in seed_rows(range(2026, 2027))]
    )
    assert calendar.nth_working_day_before(end, count) == day
    moment = calendar.working_days_before(end, count)
    assert (moment.date(), moment.hour, moment.minute) == (day, 9, 0)
