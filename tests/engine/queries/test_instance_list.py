"""The list of instances: states, order, search, pages, what each waits for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.commands import CancelProcessInstance, ClaimTask, CorrelateMessage
from engine.errors import BadCommand
from tests.support.diagrams import (
    Element,
    boundary_event,
    catch_event,
    end_event,
    message,
    parallel_gateway,
    path,
    process,
    receive_task,
    start_event,
    timer,
    user_task,
)
from tests.support.house import OPERATOR, House, person

STARTER = person("dana", "staff", units=frozenset({"c1"}), parties=frozenset({"b1"}))


def ids(house: House, actor: object = OPERATOR, **keywords: object) -> list[str]:
    return [row.id for row in house.engine.queries.instance_list(actor, **keywords).rows]


def test_running_and_ended_are_told_apart_newest_first(
    house: House, one_task: Callable[..., Element]
) -> None:
    house.deploy(one_task())
    first, second, third, fourth = (house.start() for _ in range(4))
    house.complete(second, "a")
    house.execute(CancelProcessInstance(third, "test"), OPERATOR)
    assert ids(house) == [fourth, first]
    assert ids(house, state="ended") == [third, second]
    assert ids(house, state="all") == [fourth, third, second, first]
    states = [row.state for row in house.engine.queries.instance_list(OPERATOR, state="all").rows]
    assert states == ["active", "cancelled", "completed", "active"]


def test_the_list_is_limited_to_a_status_and_a_party(
    house: House, one_task: Callable[..., Element]
) -> None:
    house.deploy(one_task(properties={"party": "${bin}", "inputs": "bin"}))
    first, second = (house.start("p", {"bin": bin}) for bin in ("west", "east"))
    assert ids(house, party="west") == [first]
    assert ids(house, party="east", search="west") == []
    own = person("dana", "staff", parties=frozenset({"west"}))
    assert ids(house, own, party="east") == []
    assert ids(house, status="draft") == []
    house.deploy(
        process(
            "q",
            start_event("s", properties={"status": "draft"}),
            user_task("a", candidate_groups="staff"),
            end_event("e"),
            *path("s", "a", "e"),
        )
    )
    third = house.start("q")
    assert ids(house, status="draft") == [third]
    assert ids(house) == [third, second, first]


def test_a_row_says_what_the_list_shows(house: House, one_task: Callable[..., Element]) -> None:
    house.deploy(one_task(names={"en": "Check"}, properties={"title": "${name}"}))
    house.deploy(one_task(names={"en": "Review"}, properties={"title": "${name}"}))
    instance_id = house.start("p", {"name": "Bakery"}, person("dana"), business_key="A-1")
    (row,) = house.engine.queries.instance_list(OPERATOR).rows
    assert (row.id, row.process_id, row.version) == (instance_id, "p", 2)
    assert (row.business_key, row.title, row.started_by) == ("A-1", "Bakery", "dana")
    assert (row.started_at, row.ended_at, row.incident_count) == (house.clock.now, None, 0)
    house.clock.advance(hours=1)
    house.complete(instance_id, "a")
    (row,) = house.engine.queries.instance_list(OPERATOR, state="ended").rows
    assert row.ended_at == house.clock.now
    assert row.waiting_for == ()


def test_a_row_says_what_is_waited_for(house: House) -> None:
    house.deploy(
        process(
            "p",
            start_event("s"),
            parallel_gateway("split"),
            user_task("a", candidate_groups="staff", due_date="P1D", names={"en": "Check"}),
            boundary_event("reminder", "a", timer(duration="PT1H"), interrupting=False),
            catch_event("pause", timer(duration="P2D"), names={"en": "A pause"}),
            catch_event("answer", message("answer")),
            receive_task("letter", "letter"),
            parallel_gateway("join"),
            end_event("e"),
            end_event("reminded"),
            *path("s", "split", "a", "join", "e"),
            *path("split", "pause", "join"),
            *path("split", "answer", "join"),
            *path("split", "letter", "join"),
            *path("reminder", "reminded"),
        )
    )
    instance_id = house.start(business_key="A-1")
    (row,) = house.engine.queries.instance_list(OPERATOR).rows
    waiting = {each.element_id: each for each in row.waiting_for}
    assert set(waiting) == {"a", "pause", "answer", "letter"}
    task = waiting["a"]
    assert (task.kind, task.names["en"], task.candidate_groups) == (
        "user_task",
        "Check",
        ("staff",),
    )
    assert task.task_id == house.tasks(instance_id, "a")[0]
    assert (task.due_at - house.clock.now).days == 1
    assert (waiting["pause"].kind, waiting["pause"].names["en"]) == ("timer", "A pause")
    assert (waiting["pause"].due_at - house.clock.now).days == 2
    assert {waiting["answer"].kind, waiting["letter"].kind} == {"message"}
    house.execute(ClaimTask(str(task.task_id)), person("bolat"))
    house.execute(CorrelateMessage("answer", "A-1"), OPERATOR)
    (row,) = house.engine.queries.instance_list(OPERATOR).rows
    waiting = {each.element_id: each for each in row.waiting_for}
    assert set(waiting) == {"a", "pause", "letter"}
    assert waiting["a"].assignee == "bolat"


def test_a_task_without_a_term_ends_by_the_timer_that_interrupts_it(house: House) -> None:
    house.deploy(
        process(
            "p",
            start_event("s"),
            user_task("a", candidate_groups="staff"),
            boundary_event("late", "a", timer(duration="P90D")),
            boundary_event("reminder", "a", timer(duration="P1D"), interrupting=False),
            end_event("e"),
            end_event("over"),
            *path("s", "a", "e"),
            *path("late", "over"),
            *path("reminder", "reminded"),
            end_event("reminded"),
        )
    )
    house.start()
    (row,) = house.engine.queries.instance_list(OPERATOR).rows
    (task,) = row.waiting_for
    assert (task.due_at - house.clock.now).days == 90


def test_what_i_started_is_mine_to_see_in_every_state(
    house: House, one_task: Callable[..., Element]
) -> None:
    house.deploy(one_task(), one_task("q"))
    running, ended = house.start(actor=STARTER), house.start(actor=STARTER)
    other = house.start("q", actor=STARTER)
    house.start(actor=person("erlan"))
    house.complete(ended, "a")
    assert ids(house, STARTER) == [other, running]
    assert ids(house, STARTER, state="all") == [other, ended, running]
    assert ids(house, STARTER, state="all", process_id="p") == [ended, running]


@pytest.mark.parametrize("actor", [OPERATOR, STARTER])
def test_leafing_there_and_back_shows_every_instance_once(
    house: House, one_task: Callable[..., Element], actor: object
) -> None:
    house.deploy(one_task(), one_task("q"))
    started = [house.start("pq"[number % 2], actor=STARTER) for number in range(7)]
    house.complete(started[3], "a")
    everything = ids(house, actor, state="all", limit=100)
    assert everything == started[::-1]
    queries = house.engine.queries
    first = queries.instance_list(actor, state="all", limit=3)
    second = queries.instance_list(actor, state="all", limit=3, after=first.next)
    third = queries.instance_list(actor, state="all", limit=3, after=second.next)
    assert [row.id for page in (first, second, third) for row in page.rows] == everything
    assert (first.previous, third.next) == (None, None)
    assert queries.instance_list(actor, state="all", limit=3, before=third.previous) == second


def test_search_and_process_narrow_the_list(house: House, one_task: Callable[..., Element]) -> None:
    house.deploy(one_task(), one_task("q"))
    one = house.start("p", business_key="FK-001")
    two = house.start("q", business_key="FK-002")
    assert ids(house, search="fk-") == [two, one]
    assert ids(house, search="002") == [two]
    assert ids(house, process_id="p") == [one]
    assert ids(house, process_id="unknown") == []


def test_a_state_that_does_not_exist_is_refused(house: House) -> None:
    with pytest.raises(BadCommand):
        house.engine.queries.instance_list(OPERATOR, state="asleep")
