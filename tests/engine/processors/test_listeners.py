"""Listeners: told after the commit, once each change, tried again, and never holding a token up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine.commands import CompleteExternalTask, RetryJob, StartProcessInstance
from engine.errors import BadCommand
from engine.external_task import BpmnError, TemporaryFailure
from tests.support.consistency import require_consistent
from tests.support.diagrams import (
    Element,
    end_event,
    exclusive_gateway,
    flow,
    path,
    process,
    start_event,
    user_task,
)
from tests.support.house import OPERATOR, SYSTEM, House


def with_statuses() -> Element:
    return process(
        "p",
        start_event("s", properties={"status": "new"}),
        exclusive_gateway("merge"),
        user_task("a", candidate_groups="staff", properties={"status": "at_work"}),
        exclusive_gateway("again", default="done"),
        end_event("e", properties={"status": "over"}),
        *path("s", "merge", "a", "again"),
        flow("again", "merge", "${more}"),
        flow("again", "e", id="done"),
        properties={"statusTopic": "told"},
    )


def listening(make_house: Callable[..., House], told: list[Any], *faults: Exception) -> House:
    pending = list(faults)

    def listen(status: str, changed_at: str, previous_status: str | None = None) -> None:
        if pending:
            raise pending.pop(0)
        told.append((status, previous_status, changed_at))

    return make_house(handlers={"told": listen})


def test_every_change_of_status_is_told_once_in_one_step_too(
    make_house: Callable[..., House],
) -> None:
    told: list[Any] = []
    house = listening(make_house, told)
    house.deploy(with_statuses())
    instance = house.start()
    began = house.clock.now.isoformat()
    assert told == [("new", None, began), ("at_work", "new", began)]
    house.clock.advance(hours=1)
    house.complete(instance, "a", {"more": True})
    assert len(told) == 2, "the status is the same as before"
    house.complete(instance, "a", {"more": False})
    assert told[2:] == [("over", "at_work", house.clock.now.isoformat())]
    assert house.state(instance) == "completed"
    assert house.rows("job") == []
    require_consistent(house, [instance])


def test_history_tells_of_every_change(make_house: Callable[..., House]) -> None:
    house = listening(make_house, [])
    house.deploy(with_statuses())
    instance = house.start()
    assert house.events(instance, "StatusSet") == [
        {"element": "s", "status": "new", "previous_status": None},
        {"element": "a", "status": "at_work", "previous_status": "new"},
    ]


def test_a_listener_that_fails_is_tried_again_and_the_instance_goes_on(
    make_house: Callable[..., House],
) -> None:
    told: list[Any] = []
    house = listening(make_house, told, TemporaryFailure("down"))
    house.deploy(with_statuses())
    instance = house.start()
    assert [status for status, _before, _at in told] == ["at_work"]
    house.complete(instance, "a", {"more": False})
    house.clock.advance(minutes=1)
    house.work()
    assert sorted(status for status, _before, _at in told) == ["at_work", "new", "over"]
    assert house.incidents() == []


def test_one_that_keeps_failing_is_an_incident_that_can_be_retried_after_the_end(
    make_house: Callable[..., House],
) -> None:
    told: list[Any] = []
    house = listening(make_house, told, BpmnError("NO"), ValueError("broken"))
    house.deploy(with_statuses())
    instance = house.start()
    house.complete(instance, "a", {"more": False})
    assert house.state(instance) == "completed"
    first, second = house.incidents(instance_id=instance)
    assert "no BPMN error" in first.message
    assert "broken" in second.message
    for incident in (first, second):
        house.execute(RetryJob(incident.job_id), OPERATOR)
    house.work()
    assert len(told) == 3
    assert house.incidents() == []
    assert house.rows("job") == []


def test_what_a_listener_gives_is_refused(make_house: Callable[..., House]) -> None:
    house = listening(make_house, [])
    house.deploy(with_statuses())
    house.execute(StartProcessInstance("p"))
    job = house.lock("told")[0]
    assert (job.kind, job.variables["status"]) == ("listener", "new")
    with pytest.raises(BadCommand, match="give nothing"):
        house.execute(CompleteExternalTask(job.id, job.fencing_token, {"answer": 42}), SYSTEM)
    house.execute(CompleteExternalTask(job.id, job.fencing_token, {}), SYSTEM)
    assert job.id not in [row.id for row in house.rows("job")]
