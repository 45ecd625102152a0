"""The log, for operators and process owners."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.commands import ErasePayloads
from engine.errors import BadCommand, NotAllowed, NotFound
from engine.identity import Actor
from tests.support.diagrams import Element
from tests.support.house import OPERATOR, House, person


def test_an_instances_events_come_with_their_payloads_in_order(
    house: House, one_task: Callable[..., Element]
) -> None:
    house.deploy(one_task())
    instance_id = house.start("p", {"x": 1}, person("dana"))
    house.clock.advance(hours=1)
    house.complete(instance_id, "a", {"y": 2}, person("bolat"))
    queries = house.engine.queries
    events = queries.history(OPERATOR, instance_id)
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    assert (events[0].kind, events[0].actor) == ("ProcessInstanceStarted", "dana")
    assert events[0].payload["values"] == {"x": 1}
    completed = next(event for event in events if event.kind == "TaskCompleted")
    assert (completed.actor, completed.at) == ("bolat", house.clock.now)
    assert completed.payload["values"] == {"y": 2}
    assert events[-1].hash == house.instance(instance_id).history_head
    assert queries.history(OPERATOR, instance_id, after=1, limit=2) == events[1:3]


def test_erased_payloads_leave_the_events(house: House, one_task: Callable[..., Element]) -> None:
    house.deploy(one_task())
    instance_id = house.start("p", {"x": 1})
    house.complete(instance_id, "a")
    house.execute(ErasePayloads(instance_id, "by law"), OPERATOR)
    events = house.engine.queries.history(OPERATOR, instance_id)
    assert events[0].kind == "ProcessInstanceStarted"
    assert events[0].payload is None


def test_history_is_for_operators(house: House, one_task: Callable[..., Element]) -> None:
    house.deploy(one_task())
    instance_id = house.start()
    queries = house.engine.queries
    with pytest.raises(NotAllowed):
        queries.history(person("aigul", "staff"), instance_id)
    with pytest.raises(NotFound):
        queries.history(Actor("erlan"), instance_id)
    with pytest.raises(NotFound):
        queries.history(OPERATOR, "nowhere")
    with pytest.raises(BadCommand):
        queries.history(OPERATOR, instance_id, limit=0)


def test_administration_has_a_log_of_its_own(
    house: House, one_task: Callable[..., Element]
) -> None:
    house.deploy(one_task())
    (event,) = house.engine.queries.administration(OPERATOR)
    assert (event.kind, event.actor) == ("Deployed", "operator")
    assert event.payload["definitions"] == [["p", 1]]
    with pytest.raises(NotAllowed):
        house.engine.queries.administration(person("aigul", "staff"))
