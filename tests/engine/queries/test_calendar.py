"""The working calendar as staff see it."""

from __future__ import annotations

from datetime import date

from engine.commands import CalendarRow, EditCalendar
from tests.support.house import OPERATOR, House, person


def test_the_days_of_a_year_come_in_order_with_who_edited_them(house: House) -> None:
    names = {"kk": "Демалыс", "ru": "Выходной", "en": "Day off"}
    house.execute(EditCalendar((CalendarRow(date(2031, 6, 3), False, names),)), OPERATOR)
    house.execute(EditCalendar((CalendarRow(date(2031, 2, 1), True),)), OPERATOR)
    rows = house.engine.queries.calendar(person(), 2031)
    assert [(row.day, row.working, row.edited_by) for row in rows] == [
        (date(2031, 2, 1), True, "operator"),
        (date(2031, 6, 3), False, "operator"),
    ]
    assert rows[1].names == names
    everything = house.engine.queries.calendar(person())
    assert len(everything) > len(rows)
    assert [row.day for row in everything] == sorted(row.day for row in everything)


def test_the_database_answers(house: House) -> None:
    assert house.engine.queries.ready()
