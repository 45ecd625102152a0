"""The place of a task among those of its kind in its unit."""

from __future__ import annotations

from engine.commands import ClaimTask
from tests.support.diagrams import Element, end_event, path, process, start_event, user_task
from tests.support.house import House, person


def two_tasks() -> Element:
    return process(
        "p",
        start_event("s"),
        user_task("a", candidate_groups="staff"),
        user_task("b", assignee="aigul"),
        end_event("e"),
        *path("s", "a", "b", "e"),
        properties={"inputs": "centre, bin", "unit": "${centre}", "party": "${bin}"},
    )


def start(house: House, centre: str = "c1") -> str:
    return house.start("p", {"centre": centre, "bin": "b1"})


def test_the_place_is_by_age_in_the_unit_and_a_claim_does_not_change_it(house: House) -> None:
    house.deploy(two_tasks())
    queries, reader = house.engine.queries, person("dana", parties=frozenset({"b1"}))
    first, elsewhere, second = start(house), start(house, "c2"), start(house)
    (one,), (far,), (two,) = (house.tasks(case, "a") for case in (first, elsewhere, second))
    assert queries.places_in_list(reader, [one, far, two]) == {one: 1, far: 1, two: 2}
    house.execute(ClaimTask(one), person("bolat", "staff"))
    assert queries.places_in_list(reader, [two]) == {two: 2}
    house.complete(first, "a", actor=person("bolat", "staff"))
    assert queries.places_in_list(reader, [two]) == {two: 1}
    (own,) = house.tasks(first, "b")
    assert queries.places_in_list(reader, [own]) == {}, "it is in nobody's list"


def test_a_task_that_ended_or_is_not_seen_has_none(house: House) -> None:
    house.deploy(two_tasks())
    case = start(house)
    (task,) = house.tasks(case, "a")
    stranger = person("dana", parties=frozenset({"b2"}))
    assert house.engine.queries.places_in_list(stranger, [task]) == {}
    house.complete(case, "a")
    assert house.engine.queries.places_in_list(person(), [task]) == {}
