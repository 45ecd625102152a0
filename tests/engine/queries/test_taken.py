"""Which flows tokens took, inferred from activity instances that the engine wrote."""

from __future__ import annotations

from engine.commands import CancelProcessInstance
from engine.queries.taken import Taken
from tests.support.diagrams import (
    catch_event,
    end_event,
    event_based_gateway,
    exclusive_gateway,
    flow,
    message,
    parallel_gateway,
    process,
    start_event,
    timer,
    user_task,
)
from tests.support.house import OPERATOR, House, person


def taken(house: House, instance_id: str) -> Taken:
    return house.engine.queries.instance(person(), instance_id).taken


def test_only_the_way_that_was_taken_counts_also_when_it_leads_to_the_same_place(
    house: House,
) -> None:
    house.deploy(
        process(
            "p",
            start_event("s"),
            exclusive_gateway("g", default="other"),
            exclusive_gateway("detour"),
            user_task("a", candidate_groups="staff"),
            end_event("e"),
            flow("s", "g", id="in"),
            flow("g", "a", "${x == 1}", id="straight"),
            flow("g", "detour", id="other"),
            flow("detour", "a", id="back"),
            flow("a", "e", id="out"),
        )
    )
    straight = taken(house, house.start("p", {"x": 1}))
    assert set(straight.flows) == {"in", "straight"}
    assert set(straight.elements) == {"s", "g"}
    around = house.start("p", {"x": 2})
    assert set(taken(house, around).flows) == {"in", "other", "back"}
    house.complete(around, "a")
    assert set(taken(house, around).flows) == {"in", "other", "back", "out"}


def test_a_loop_is_taken_once_it_was(house: House) -> None:
    house.deploy(
        process(
            "p",
            start_event("s"),
            user_task("a", candidate_groups="staff"),
            exclusive_gateway("g", default="done"),
            end_event("e"),
            flow("s", "a", id="in"),
            flow("a", "g", id="decide"),
            flow("g", "a", "${again}", id="again"),
            flow("g", "e", id="done"),
        )
    )
    instance_id = house.start()
    house.complete(instance_id, "a", {"again": True})
    assert set(taken(house, instance_id).flows) == {"in", "decide", "again"}
    house.complete(instance_id, "a", {"again": False})
    assert set(taken(house, instance_id).flows) == {"in", "decide", "again", "done"}


def test_every_branch_of_a_split_is_taken_and_into_the_join_as_they_come(house: House) -> None:
    house.deploy(
        process(
            "p",
            start_event("s"),
            parallel_gateway("split"),
            user_task("a", candidate_groups="staff"),
            user_task("b", candidate_groups="staff"),
            parallel_gateway("join"),
            end_event("e"),
            flow("s", "split", id="in"),
            flow("split", "a", id="to_a"),
            flow("split", "b", id="to_b"),
            flow("a", "join", id="from_a"),
            flow("b", "join", id="from_b"),
            flow("join", "e", id="out"),
        )
    )
    instance_id = house.start()
    assert set(taken(house, instance_id).flows) == {"in", "to_a", "to_b"}
    house.clock.advance(hours=1)
    house.complete(instance_id, "a")
    assert set(taken(house, instance_id).flows) >= {"in", "to_a", "to_b"}
    assert "from_b" not in taken(house, instance_id).flows
    house.clock.advance(hours=1)
    house.complete(instance_id, "b")
    everything = {"in", "to_a", "to_b", "from_a", "from_b", "out"}
    assert set(taken(house, instance_id).flows) == everything


def test_behind_an_event_gateway_only_what_happened_was_taken(house: House) -> None:
    house.deploy(
        process(
            "p",
            start_event("s"),
            event_based_gateway("g"),
            catch_event("answer", message("answer")),
            catch_event("late", timer(duration="PT1H")),
            end_event("answered"),
            end_event("given_up"),
            flow("s", "g", id="in"),
            flow("g", "answer", id="to_answer"),
            flow("g", "late", id="to_late"),
            flow("answer", "answered", id="thanks"),
            flow("late", "given_up", id="never"),
        )
    )
    instance_id = house.start()
    assert "thanks" not in taken(house, instance_id).flows
    house.clock.advance(hours=2)
    house.work()
    found = taken(house, instance_id).flows
    assert {"in", "to_late", "never"} <= set(found)
    assert not {"to_answer", "thanks"} & set(found)


def test_what_was_cancelled_led_nowhere(house: House) -> None:
    house.deploy(
        process(
            "p",
            start_event("s"),
            user_task("a", candidate_groups="staff"),
            end_event("e"),
            flow("s", "a", id="in"),
            flow("a", "e", id="out"),
        )
    )
    instance_id = house.start()
    house.execute(CancelProcessInstance(instance_id, "test"), OPERATOR)
    found = taken(house, instance_id)
    assert found == Taken(elements=("s",), flows=("in",))
