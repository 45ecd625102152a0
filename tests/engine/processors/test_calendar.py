"""Editing the working calendar recomputes open due dates, after a preview."""

from __future__ import annotations

from datetime import date

import pytest

from engine.commands import CalendarRow, EditCalendar, SetVariables
from engine.errors import BadCommand, NotAllowed
from tests.support.diagrams import (
    Element,
    boundary_event,
    end_event,
    path,
    process,
    start_event,
    timer,
    user_task,
)
from tests.support.house import OPERATOR, House, person

DAY_OFF = EditCalendar(
    rows=(CalendarRow(date(2026, 3, 4), False, {"kk": "Демалыс", "ru": "Выходной"}),)
)


def with_terms() -> Element:
    return process(
        "p",
        start_event("s"),
        user_task("a", candidate_groups="staff", due_date="${workdays(3)}"),
        boundary_event("late", "a", timer(date="${workdays(2)}")),
        boundary_event("fixed", "a", timer(duration="PT100H")),
        *(end_event(f"e{number}") for number in range(3)),
        *path("s", "a", "e0"),
        *path("late", "e1"),
        *path("fixed", "e2"),
    )


def due(house: House) -> list[str]:
    task = [row.due_at for row in house.rows("user_task")]
    timers = [row.due_at for row in house.rows("job")]
    return sorted(moment.date().isoformat() for moment in task + timers)


def test_a_preview_tells_and_changes_nothing(house: House) -> None:
    house.deploy(with_terms())
    house.start()
    before = house.snapshot()
    preview = house.execute(EditCalendar(DAY_OFF.rows, preview=True), OPERATOR)
    assert preview.preview
    assert sorted((change.kind, change.after.day) for change in preview.changes) == [
        ("task", 6),
        ("timer", 5),
    ]
    assert house.snapshot() == before


def test_an_edit_moves_the_due_dates_that_follow_from_it(house: House) -> None:
    house.deploy(with_terms())
    house.start()
    assert due(house) == ["2026-03-04", "2026-03-05", "2026-03-06"]
    house.clock.advance(hours=10)
    house.execute(DAY_OFF, OPERATOR)
    assert due(house) == ["2026-03-05", "2026-03-06", "2026-03-06"]
    house.execute(EditCalendar(remove=(date(2026, 3, 4),)), OPERATOR)
    assert due(house) == ["2026-03-04", "2026-03-05", "2026-03-06"]


def test_nauryz_is_known_from_the_start(house: House) -> None:
    house.deploy(with_terms())
    house.clock.advance(days=18)
    house.start()
    assert due(house) == ["2026-03-24", "2026-03-27", "2026-03-30"], "100 hours; 2 and 3 days"


def test_not_everyone_edits_and_nothing_is_no_edit(house: House) -> None:
    with pytest.raises(NotAllowed):
        house.execute(DAY_OFF, person("aigul", "staff"))
    with pytest.raises(BadCommand):
        house.execute(EditCalendar(), OPERATOR)


def test_a_due_date_that_cannot_be_computed_anew_stays_and_stops_no_edit(house: House) -> None:
    house.deploy(
        process(
            "p",
            start_event("s"),
            user_task("a", candidate_groups="staff", due_date="${workdays(2, begun)}"),
            end_event("e"),
            *path("s", "a", "e"),
            properties={"inputs": "begun"},
        )
    )
    instances = [house.start(variables={"begun": "2026-03-02"}) for _ in range(2)]
    house.execute(SetVariables(instances[0], {"begun": 5}, "a slip"), OPERATOR)
    house.execute(DAY_OFF, OPERATOR)
    assert due(house) == ["2026-03-04", "2026-03-05"]
