"""The engine's own jobs, and an operator's retry."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.commands import (
    CompleteExternalTask,
    FetchAndLockJobs,
    HastenJobs,
    ReportFailure,
    ResolveIncident,
    RetryJob,
    RunJob,
    StartProcessInstance,
)
from engine.errors import BadCommand, NotAllowed, NotFound
from tests.support.diagrams import (
    Element,
    boundary_event,
    call_activity,
    catch_event,
    end_event,
    path,
    process,
    service_task,
    start_event,
    timer,
    user_task,
)
from tests.support.house import OPERATOR, SYSTEM, House, person

REMOTE = {"properties": {"remote": "true"}}


def one(node: Element, *parts: Element) -> Element:
    id = str(node.get("id"))
    return process("p", start_event("s"), node, end_event("e"), *path("s", id, "e"), *parts)


def test_only_a_job_that_failed_can_be_retried(house: House) -> None:
    house.deploy(one(catch_event("wait", timer(duration="P30D"))))
    instance = house.start()
    (job,) = house.rows("job")
    with pytest.raises(BadCommand, match="to have failed"):
        house.execute(RetryJob(job.id), OPERATOR)
    assert house.work() == 0
    assert house.state(instance) == "active"


def test_an_operator_of_another_tenant_knows_nothing_of_it(house: House) -> None:
    house.deploy(one(service_task("a", **REMOTE)))
    house.start()
    (job,) = house.lock("work")
    failed = house.execute(ReportFailure(job.id, job.fencing_token, "down", retries=0), SYSTEM)
    stranger = person("oral", "operator", tenant="elsewhere")
    with pytest.raises(NotFound):
        house.execute(RetryJob(job.id), stranger)
    with pytest.raises(NotFound):
        house.execute(ResolveIncident(failed.incident_id), stranger)
    assert len(house.incidents()) == 1


def test_each_kind_of_job_is_carried_out_in_its_own_way(house: House) -> None:
    house.deploy(one(service_task("a", **REMOTE)))
    house.start()
    (job,) = house.lock("work")
    with pytest.raises(BadCommand, match="external_task"):
        house.execute(RunJob(job.id, job.fencing_token), SYSTEM)
    house.deploy(one(call_activity("call", "nothing")))
    instance = house.execute(StartProcessInstance("p")).instance_id
    (start,) = house.execute(FetchAndLockJobs("w"), SYSTEM).jobs
    with pytest.raises(BadCommand, match="start_child"):
        house.execute(CompleteExternalTask(start.id, start.fencing_token), SYSTEM)
    assert house.state(instance) == "active"


def test_jobs_that_wait_for_their_next_try_are_brought_forward(house: House) -> None:
    house.deploy(one(service_task("a", **REMOTE)))
    waits = [timedelta(hours=1), timedelta(seconds=1), timedelta(hours=2)]
    for _ in waits:
        house.start()
    leased = house.lock("work")
    for job, wait in zip(leased, waits, strict=True):
        house.execute(
            ReportFailure(job.id, job.fencing_token, "down", retries=2, retry_after=wait), SYSTEM
        )
    first, soon, last = (job.id for job in leased)
    in_two, now = timedelta(seconds=2), house.clock.now
    asked = HastenJobs({first: in_two, soon: in_two, last: 2 * in_two, "gone": in_two})
    assert house.execute(asked, SYSTEM).due_at == {first: now + in_two, last: now + 2 * in_two}
    kept = {row.id: (row.due_at, row.retries) for row in house.rows("job")}
    assert kept[first] == (now + in_two, 2)
    assert kept[soon] == (now + waits[1], 2), "it is due sooner anyway"
    house.clock.advance(seconds=2)
    assert {job.id for job in house.lock("work")} == {first, soon}
    again = house.execute(HastenJobs({first: timedelta(0), last: timedelta(0)}), SYSTEM)
    assert set(again.due_at) == {last}, "who is worked off asks anyway"


def test_neither_new_jobs_nor_those_with_an_incident_are_brought_forward(house: House) -> None:
    house.deploy(one(catch_event("wait", timer(duration="P30D"))))
    house.start()
    house.deploy(one(service_task("a", **REMOTE)))
    house.start()
    (job,) = house.lock("work")
    house.execute(ReportFailure(job.id, job.fencing_token, "down", retries=0), SYSTEM)
    everything = {row.id: timedelta(0) for row in house.rows("job")}
    assert len(everything) == 2
    assert house.execute(HastenJobs(everything), SYSTEM).due_at == {}
    assert len(house.incidents()) == 1
    with pytest.raises(NotAllowed):
        house.execute(HastenJobs(everything), OPERATOR)


def reminded(cycle: str) -> Element:
    return one(
        user_task("a", candidate_groups="staff"),
        boundary_event("remind", "a", timer(cycle=cycle), interrupting=False),
        user_task("reminder", candidate_groups="staff"),
        end_event("reminded"),
        *path("remind", "reminder", "reminded"),
    )


def test_a_server_that_was_down_does_not_remind_a_hundred_times_at_once(house: House) -> None:
    house.deploy(reminded("R/PT1H"))
    begun = house.clock.now
    instance = house.start()
    house.clock.advance(days=10, minutes=20)
    assert house.work() == 1
    assert len(house.tasks(instance, "reminder")) == 1
    (job,) = house.rows("job")
    assert (job.due_at - begun).total_seconds() / 3600 == 241


def test_repetitions_that_were_missed_still_come(house: House) -> None:
    house.deploy(reminded("R3/PT1H"))
    instance = house.start()
    house.clock.advance(days=1)
    for _ in range(5):
        house.work()
        house.clock.advance(hours=1)
    assert len(house.tasks(instance, "reminder")) == 3
    assert house.rows("job") == []
