"""How many places: floor(headcount × rate) − taken, never below zero."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from engine.decided import Decided
from handlers.fk_b03.application import Application
from handlers.fk_b03.decisions import AnswerUnusable, Decide
from handlers.fk_b03.places import Room, room_for

TODAY = date(2026, 3, 2)
LAST, FIRST = date(2026, 6, 30), date(2026, 7, 1)
Apply = Callable[..., Application]
WithRows = Callable[..., Decide]


@pytest.mark.parametrize(
    ("headcount", "taken", "left"),
    [(0, 0, 0), (4, 0, 0), (5, 0, 1), (12, 0, 2), (12, 1, 1), (12, 2, 0), (12, 9, 0), (340, 8, 60)],
)
@pytest.mark.parametrize("measure", ["PW", "YP", "SW", "SA"])
def test_the_formula(
    decide: Decide, apply: Apply, measure: str, headcount: int, taken: int, left: int
) -> None:
    application = apply(measure=measure, listed_headcount=headcount)
    room = room_for(decide, application, taken, TODAY)
    assert (room.left, room.taken, room.headcount) == (left, taken, headcount)
    assert room.is_limited
    assert room.holds(left)
    assert not room.holds(left + 1)


@pytest.mark.parametrize("category", ["for_students", "for_disabled"])
def test_places_for_students_and_people_with_disabilities_count_too(
    decide: Decide, apply: Apply, category: str
) -> None:
    assert room_for(decide, apply(**{category: True}), 0, TODAY).left == 2


def test_how_it_was_worked_out_is_told(decide: Decide) -> None:
    inputs = {
        "День подачи": "2026-03-02",
        "Форма предприятия": "legal_entity",
        "Мера": "YP",
        "Списочная численность": 17,
        "Занято мест": 1,
    }
    assert decide("fk_b03_places", inputs).value == {
        "is_limited": True,
        "rate": 0.2,
        "allowed": 3,
        "taken": 1,
        "left": 2,
    }


def _answering(value: object) -> Decide:
    def decide(decision: str, inputs: object) -> Decided:
        return Decided(value, decision, 1)

    return decide


@pytest.mark.parametrize("is_limited", [True, None])
def test_no_figure_is_no_permission(apply: Apply, is_limited: bool | None) -> None:
    with pytest.raises(AnswerUnusable, match="how many places are left"):
        room_for(_answering({"is_limited": is_limited, "left": None}), apply(), 0, TODAY)


def test_before_the_order_there_are_no_places(decide: Decide, apply: Apply) -> None:
    assert room_for(decide, apply(), 0, date(2023, 6, 29)).left == 0


@pytest.mark.parametrize(
    ("headcount", "taken", "kk"),
    [
        (12, 0, "Тізімде 12 жұмыскер → ең көбі 2 орын"),
        (3, 0, "Тізімде 3 жұмыскер → ең көбі 0 орын"),
        (12, 1, "Тізімде 12 жұмыскер, өтінілген орындар: 1 → тағы ең көбі 1 орын"),
    ],
)
def test_the_sum_is_shown_also_when_it_gives_zero(
    decide: Decide, headcount: int, taken: int, kk: str
) -> None:
    offered = _offered(decide, "state_institution", headcount, taken)
    assert offered["text"]["kk"] == kk
    assert set(offered["text"]) == {"kk", "ru", "en"}
    assert [each["measure"] for each in offered["limits"]] == ["PW", "YP"]


@pytest.mark.parametrize(
    ("taken", "en"),
    [
        (0, "Listed employees: 9 → places: at most 1"),
        (1, "Listed employees: 9, places already applied for: 1 → at most 0 more"),
    ],
)
def test_the_sum_reads_well_with_every_number(decide: Decide, taken: int, en: str) -> None:
    assert _offered(decide, "state_institution", 9, taken)["text"]["en"] == en


def test_the_sum_names_every_measure_of_the_form(decide: Decide) -> None:
    offered = _offered(decide, "legal_entity", 344, 8)
    assert offered["limits"] == [
        {"measure": measure, "rate": 0.2, "places": 60} for measure in ("PW", "YP", "SW", "SA")
    ]
    assert offered["largest"] == 60


def test_a_share_that_changes_on_a_day_holds_from_that_day(
    with_rows: WithRows, apply: Apply
) -> None:
    decide = with_rows(
        "fk_b03_rates",
        ['[date("2023-06-30")..date("2026-07-01"))', "-", "0.2", "0.2", "0.2", "0.2"],
        ['>= date("2026-07-01")', "-", "0.2", "0.2", "0.5", "0.2"],
        ['< date("2023-06-30")', "-", "0", "0", "0", "0"],
    )
    left = [room_for(decide, apply(measure="SW"), 0, day).left for day in (LAST, FIRST)]
    assert left == [2, 6]


def test_a_category_can_be_taken_out_of_the_share(with_rows: WithRows, apply: Apply) -> None:
    decide = with_rows("fk_b03_counted", ["-", "-", "false", "true"], ["-", "-", "true", "false"])
    assert room_for(decide, apply(for_students=True), 0, TODAY).left == 2
    room = room_for(decide, apply(for_disabled=True), 50, TODAY)
    assert not room.is_limited
    assert room.holds(999)


def _offered(decide: Decide, legal_form: str, headcount: int, taken: int) -> dict[str, Any]:
    inputs = {
        "День подачи": "2026-03-02",
        "Форма предприятия": legal_form,
        "Списочная численность": headcount,
        "Занято мест": taken,
    }
    value = decide("fk_b03_places_offered", inputs).value
    assert isinstance(value, dict)
    return value


def test_a_room_says_who_decided(decide: Decide, apply: Apply) -> None:
    room: Room = room_for(decide, apply(), 0, TODAY)
    assert room.decided_by.as_data() == {"decision": "fk_b03_places", "version": 0}
